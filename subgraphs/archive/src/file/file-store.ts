/** Where the encrypted bytes of files lie: by the hash of what is stored, which is checked on return. */
import { createHash } from 'node:crypto';
import type { FileSettings } from '@chengxin/kit/server/file-settings';
import { folderStore } from './folder-store.js';

export interface FileStore {
  /** Put bytes under their name; to put the same again is no fault. */
  put(name: string, bytes: Buffer): Promise<void>;
  /** The bytes of a name; undefined where nothing lies. */
  get(name: string): Promise<Buffer | undefined>;
  /** What is not there is removed already. */
  remove(name: string): Promise<void>;
}

/** The name of bytes in every store: SHA-256, 64 hexadecimal digits. */
export const nameOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The same with what returns compared with its name: bytes that were changed are not there. */
const checked = (store: FileStore): FileStore => ({
  ...store,
  async get(name) {
    const bytes = await store.get(name);
    return bytes && nameOf(bytes) === name ? bytes : undefined;
  },
});

/** The store that the settings name. The client of a bucket is loaded where one is named. */
export async function openStore({ store }: FileSettings): Promise<FileStore> {
  if ('folder' in store) return checked(folderStore(store.folder));
  const { bucketStore } = await import('./bucket-store.js');
  return checked(bucketStore(store));
}
