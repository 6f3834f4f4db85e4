/**
 * The first thing that start, test and the commands do: an old Node is told so, and what changed since
 * it was compiled is compiled. Where nothing changed no compiler is asked for, and none need be installed.
 *
 *     node build.cjs [project]      a folder with a tsconfig.json; without one, this folder
 */
require('./node-version.cjs');
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, relative, resolve } = require('node:path');

/** Beside what was compiled: the digest of what it was compiled from. Times of files say nothing once they were copied. */
const STAMP = 'sources.sha256';
const NOT_SOURCES = new Set(['dist', 'node_modules']);

/** A project and those that it needs, by their folders. */
function projectsOf(folder, seen = new Map()) {
  if (seen.has(folder)) return seen;
  const config = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'));
  seen.set(folder, config);
  for (const { path } of config.references || []) projectsOf(resolve(folder, path), seen);
  return seen;
}

function sourcesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_SOURCES.has(entry.name) ? [] : sourcesIn(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Digest of what a project is compiled from; none where its sources were left out. */
function digestOf(folder, config) {
  const sources = sourcesIn(join(folder, config.compilerOptions.rootDir));
  if (sources.length === 0) return undefined;
  const settings = [join(folder, 'tsconfig.json'), join(folder, config.extends)];
  const digest = createHash('sha256');
  for (const file of [...sources, ...settings].toSorted((one, other) => (one < other ? -1 : 1)))
    digest
      .update(`${relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return digest.digest('hex');
}

/** A project with an output of its own, and whether that is what its sources would give. */
function look([folder, config]) {
  const output = join(folder, config.compilerOptions.outDir);
  const stamp = join(output, STAMP);
  const digest = digestOf(folder, config);
  const isBuilt = existsSync(output);
  const isFresh =
    isBuilt &&
    (digest === undefined || (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest));
  return { name: basename(folder), stamp, digest, isBuilt, isFresh };
}

function compilerNear(folder) {
  try {
    const file = require.resolve('typescript/package.json', { paths: [folder] });
    return join(dirname(file), JSON.parse(readFileSync(file, 'utf8')).bin.tsc);
  } catch {
    return undefined;
  }
}

/** @returns Exit code. */
function build(folder) {
  const projects = [...projectsOf(folder)].filter(([, { compilerOptions }]) => compilerOptions);
  // What is needed before what needs it.
  const stale = projects
    .toReversed()
    .map(look)
    .filter(({ isFresh }) => !isFresh);
  if (stale.length === 0) return 0;
  const compiler = compilerNear(folder);
  if (compiler === undefined) {
    const { name, isBuilt } = stale.find((one) => !one.isBuilt) || stale[0];
    const what = isBuilt ? 'was compiled from other sources' : 'is not compiled';
    process.stderr.write(
      `${name} ${what}, and no compiler is installed here: run npm ci && npm run build where there is one, and bring the dist folders along.\n`,
    );
    return 1;
  }
  // What a command writes on its standard output is its own.
  const { status } = spawnSync(process.execPath, [compiler, '-b', folder], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) return status || 1;
  for (const { stamp, digest } of stale) writeFileSync(stamp, digest);
  return 0;
}

process.exitCode = build(resolve(process.argv[2] || '.'));
