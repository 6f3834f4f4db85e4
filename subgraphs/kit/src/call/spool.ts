/** Bytes that arrive are kept in a private file while they are used: bounded, and taken away always. */
import { open, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestStream } from './crypto.js';

export interface Spooled {
  readonly path: string;
  readonly bytes: number;
  /** Digest of the bytes as in `crypto`. */
  readonly digest: string;
}

const OWNER_ALONE = 0o600;
/** `chengxin-spool-<process>@<machine>-…`: whose folder it is. */
const PREFIX = 'chengxin-spool-';
const OWNER = /^chengxin-spool-(\d+)@(.*)-[^-]+$/;
const machine = (): string => hostname().slice(0, 16);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
};

/** Take away what processes of this machine left that were killed. */
async function forgetTorn(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid = '', host] = OWNER.exec(name) ?? [];
    if (host === machine() && !isAlive(Number(pid)))
      await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

async function write(path: string, arriving: AsyncIterable<Buffer>): Promise<Spooled> {
  const file = await open(path, 'wx', OWNER_ALONE);
  const hash = digestStream();
  let bytes = 0;
  try {
    for await (const chunk of arriving) {
      hash.update(chunk);
      bytes += chunk.length;
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { path, bytes, digest: hash.digest('base64url') };
}

/**
 * Keep bytes in a file of their own (mode 0600, in a folder that is private too) while something is
 * done with them. How many may come, and how fast they must, is for the route to say.
 */
export async function spooled<T>(
  arriving: AsyncIterable<Buffer>,
  use: (file: Spooled) => Promise<T>,
): Promise<T> {
  await forgetTorn();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}@${machine()}-`));
  try {
    return await use(await write(join(folder, 'file'), arriving));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
