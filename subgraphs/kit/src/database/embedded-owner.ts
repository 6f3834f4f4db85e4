import { execFileSync } from 'node:child_process';
import { closeSync, openSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

/** The user of the operating system under whom the embedded server runs. */
export type Owner = Readonly<{ uid: number; gid: number }>;

/** Number of `nobody` where there is no `id` command. */
const NOBODY = 65534;
const FIRST_DESCRIPTOR = 3;

/**
 * Under whom the server runs: PostgreSQL refuses root, so root hands it to whoever owns the data
 * already, and new data to `nobody`.
 *
 * @returns `undefined` for the user of this process.
 */
export function serverOwner(data: string): Owner | undefined {
  const me = process.getuid?.();
  const found = statSync(data, { throwIfNoEntry: false });
  if (me === 0 && found?.uid === 0) {
    throw new Error(
      `The database in ${data} belongs to root, under whom PostgreSQL does not run: give it to another user with "chown -R nobody".`,
    );
  }
  if (me === 0) return found ? { uid: found.uid, gid: found.gid } : nobody();
  if (me !== undefined && found && found.uid !== me) {
    throw new Error(
      `The database in ${data} belongs to another user: start as that user, or name another folder in CHENGXIN_DATA.`,
    );
  }
  return undefined;
}

function nobody(): Owner {
  const idOf = (flag: string): number =>
    Number(execFileSync('id', [flag, 'nobody'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    return { uid: NOBODY, gid: NOBODY };
  }
}

/** Whether a user may enter a folder, which means every folder above it too. */
export function mayEnter(owner: Owner, folder: string): boolean {
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    if (!mayPass(owner, statSync(at))) return false;
    if (at === dirname(at)) return true;
  }
}

function mayPass(owner: Owner, folder: Stats): boolean {
  if (folder.uid === owner.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === owner.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

/** Paths as a child process sees them, and the descriptors that it must inherit from 3 on. */
export interface Passage {
  readonly seen: readonly string[];
  readonly descriptors: readonly number[];
  close(): void;
}

/**
 * Let the server's user at its files. A project below a home folder of mode 0700 cannot be entered
 * by `nobody`; there root opens the files, and the child names them through its inherited
 * descriptors, which needs no passage through folders. Data so stays where its owner put it, and no
 * folder's mode is changed.
 */
export function passageTo(owner: Owner | undefined, paths: readonly string[]): Passage {
  if (!owner || paths.every((path) => mayEnter(owner, dirname(path)))) {
    return { seen: paths, descriptors: [], close() {} };
  }
  if (process.platform !== 'linux') {
    throw new Error(
      `User ${owner.uid}, under whom PostgreSQL runs, cannot enter the folders above ${paths[0]}: name another folder in CHENGXIN_DATA, or start as an ordinary user.`,
    );
  }
  const descriptors = paths.map((path) => openSync(path, 'r'));
  return {
    seen: paths.map((_, at) => `/proc/self/fd/${at + FIRST_DESCRIPTOR}`),
    descriptors,
    close: () => descriptors.forEach((descriptor) => closeSync(descriptor)),
  };
}
