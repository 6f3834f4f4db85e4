/** Files in a folder of this machine that nobody else reads (mode 0700, files 0600). */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file-store.js';

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;
/** Folders of so many digits, so that none grows without end. */
const DIGITS = 2;

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

export function folderStore(folder: string): FileStore {
  const pathOf = (name: string) => join(folder, name.slice(0, DIGITS), name);
  return {
    async put(name, bytes) {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
      // Whole or not at all: a name never stands for half of its bytes.
      const part = `${path}.${randomUUID()}`;
      try {
        const file = await open(part, 'wx', PRIVATE_FILE);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, path);
      } finally {
        await rm(part, { force: true });
      }
    },
    async get(name) {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}
