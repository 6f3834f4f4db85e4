import { createReadStream } from 'node:fs';
import { digestStream } from '../call/crypto.js';
import { refusedFile } from './reason.js';

/** Digest of a file's bytes as in `kit/crypto`. */
export async function digestOf(path: string): Promise<string> {
  const hash = digestStream();
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('base64url');
}

/** The error for a file that is no longer the one that was opened. */
export const changedMeanwhile = () =>
  refusedFile('文件在读取期间被修改。', 'The file was changed while it was being read.');
