/** Bytes of a caller, as they come, in a file that nobody else reads and that is always removed. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestStream } from '@chengxin/kit/call/crypto';
import type { SentFile } from '../fetch/signed-post.js';

const PRIVATE_FILE = 0o600;

async function write(path: string, arriving: AsyncIterable<Buffer>): Promise<SentFile> {
  const file = await open(path, 'wx', PRIVATE_FILE);
  const digest = digestStream();
  let size = 0;
  try {
    for await (const chunk of arriving) {
      digest.update(chunk);
      size += chunk.length;
      await file.write(chunk);
    }
  } finally {
    await file.close();
  }
  return { path, size, digest: digest.digest('base64url') };
}

/** Use the bytes once they are all there; the file is gone afterwards, whatever came of it. */
export async function spooled<T>(
  arriving: AsyncIterable<Buffer>,
  use: (file: SentFile) => Promise<T>,
): Promise<T> {
  // A folder of its own, which the system makes for this user alone (mode 0700).
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-spool-'));
  try {
    return await use(await write(join(folder, 'file'), arriving));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
