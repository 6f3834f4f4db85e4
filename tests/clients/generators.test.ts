/** Code generators take the shipped schema and operations. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OPERATIONS_FOLDER } from '@chengxin/gateway/limits/known-operations';
import { CLIENT_SCHEMA_FILE } from '@chengxin/gateway/supergraph-file';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

let folder: string;
let schema: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clients-'));
  schema = await readFile(CLIENT_SCHEMA_FILE, 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function operations() {
  const names = (await readdir(OPERATIONS_FOLDER)).filter((name) => name.endsWith('.graphql'));
  return Promise.all(
    names.map(async (name) => {
      const rawSDL = await readFile(join(OPERATIONS_FOLDER, name), 'utf8');
      return { location: name, document: parse(rawSDL), rawSDL };
    }),
  );
}

test('the client preset makes types of every shipped operation, and they compile', async () => {
  const documents = await operations();
  const generated = join(folder, 'codegen/');
  await mkdir(generated, { recursive: true });
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: generated,
    schema: parse(schema),
    documents,
    config: {
      useTypeImports: true,
      scalars: { Date: 'string', DateTime: 'string', Decimal: 'string' },
    },
    presetConfig: { fragmentMasking: false },
    plugins: [],
    pluginMap: {},
    pluginContext: {},
  } as never);
  for (const section of sections) await writeFile(section.filename, await codegen(section));
  const types = await readFile(join(generated, 'graphql.ts'), 'utf8');
  const missing = documents
    .flatMap(({ document }) => document.definitions)
    .flatMap((node) => ('name' in node && node.name ? [node.name.value] : []))
    .filter(
      (name) =>
        !types.includes(`export type ${name}Query =`) &&
        !types.includes(`export type ${name}Mutation =`),
    );
  expect(missing).toEqual([]);
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--skipLibCheck',
    '--strict',
    '--module',
    'nodenext',
  ];
  const modules = join(import.meta.dirname, '../../node_modules');
  const paths = join(folder, 'codegen/node_modules');
  await run('ln', ['-s', modules, paths]);
  const done = await run(process.execPath, [tsc, ...options, join(generated, 'graphql.ts')]).catch(
    (error: { stdout: string }) => error,
  );
  expect(done.stdout).toBe('');
}, 120_000);

test('the Relay compiler makes a paged fragment of a list', async () => {
  const project = join(folder, 'relay');
  await cp(join(import.meta.dirname, 'relay'), join(project, 'src'), { recursive: true });
  await writeFile(join(project, 'schema.graphql'), schema);
  await writeFile(
    join(project, 'relay.config.json'),
    JSON.stringify({
      src: './src',
      schema: './schema.graphql',
      language: 'javascript',
      eagerEsModules: true,
    }),
  );
  const compiler = require('relay-compiler') as string;
  await run(compiler, ['./relay.config.json'], { cwd: project });
  const artifacts = await readdir(join(project, 'src/__generated__'));
  expect(artifacts.toSorted()).toEqual([
    'BillListPageQuery.graphql.js',
    'BillListQuery.graphql.js',
    'BillList_query.graphql.js',
  ]);
});
