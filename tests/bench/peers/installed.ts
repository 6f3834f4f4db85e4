/** The peers, in a folder of their own beside the sources: installed when they are first measured. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Built, this file lies in `tests/dist/bench/peers`. */
const FOLDER = join(import.meta.dirname, '../../../bench/peers');
const INSTALL_MS = 15 * 60_000;
const run = promisify(execFile);

const require = createRequire(join(FOLDER, 'package.json'));

/** A package of the peers'; its types are those of what the tests have. */
export const fromPeers = <Module>(name: string): Module => require(name) as Module;

/** File of a package of the peers', whether it exports it or not. */
export const fileOfPeers = (path: string): string => join(FOLDER, 'node_modules', path);

interface Package {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}
const packageIn = (folder: string): Package =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;

/** Whether each of them is there, in the version that is wanted. */
function areThere(): boolean {
  try {
    return Object.entries(packageIn(FOLDER).dependencies).every(
      ([name, version]) => packageIn(fileOfPeers(name)).version === version,
    );
  } catch {
    return false;
  }
}

/** @returns Why it could not be done; nothing when they are there. */
export async function installPeers(): Promise<string | undefined> {
  if (areThere()) return undefined;
  try {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: FOLDER,
      timeout: INSTALL_MS,
    });
    return undefined;
  } catch (error) {
    return `not installed (${error instanceof Error ? error.message.split('\n')[0] : 'npm failed'})`;
  }
}
