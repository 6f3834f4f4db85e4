/**
 * The product as it stands on a machine that only runs it: what was compiled, without its sources, and
 * the packages that `npm ci --omit=dev` would install. No compiler, and no package of the tests.
 */
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const LEFT_OUT: ReadonlySet<string> = new Set([
  '.ci',
  '.data',
  '.env',
  '.git',
  'node_modules',
  'src',
  'tests',
]);

interface Locked {
  readonly dev?: boolean;
  /** One of our own workspaces, and which. */
  readonly link?: boolean;
  readonly resolved?: string;
}

/** What the lockfile puts where, packages of packages left out: they lie below theirs. */
async function packages(): Promise<[path: string, locked: Locked][]> {
  const text = await readFile(join(ROOT, 'package-lock.json'), 'utf8');
  const lock = JSON.parse(text) as { packages: Record<string, Locked> };
  return Object.entries(lock.packages).filter(
    ([path]) => path.split('node_modules/').length === 2 && !path.startsWith('tests/'),
  );
}

/** Put one into an empty folder; it must have been compiled. */
export async function install(folder: string): Promise<void> {
  await cp(ROOT, folder, {
    recursive: true,
    filter: (path) => path === ROOT || !LEFT_OUT.has(basename(path)),
  });
  for (const [path, { dev, link, resolved = '' }] of await packages()) {
    const target = join(link ? folder : ROOT, link ? resolved : path);
    // Packages of other platforms are locked and not there.
    if (dev || !existsSync(target)) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(target, join(folder, path));
  }
  await mkdir(join(folder, 'node_modules/.bin'));
  await symlink(process.execPath, join(folder, 'node_modules/.bin/node'));
}
