/** The store that the settings name. */
import type { FileSettings } from '@chengxin/kit/server/file-settings';
import { fault } from '@chengxin/kit/errors';
import { nameOf, type FileStore } from './file-store.js';
import { folderStore } from './folder-store.js';

/** What returns is compared with its name: bytes that were changed are not there. */
const checked = (store: FileStore): FileStore => ({
  ...store,
  async get(name) {
    const bytes = await store.get(name);
    return bytes && nameOf(bytes) === name ? bytes : undefined;
  },
});

/** Open the store of some settings. The client of a bucket is loaded where one is named. */
export async function openStore({ store }: FileSettings): Promise<FileStore> {
  if ('folder' in store) return checked(folderStore(store.folder));
  const { bucketStore } = await import('./bucket-store.js');
  return checked(bucketStore(store));
}

const stores = new WeakMap<FileSettings, Promise<FileStore>>();

/**
 * The store of some settings, opened once.
 *
 * @throws SUBGRAPH_UNAVAILABLE where none is named.
 */
export function storeOf(settings: FileSettings | undefined): Promise<FileStore> {
  if (!settings)
    throw fault('SUBGRAPH_UNAVAILABLE', '本校未启用文件上传。 No store of files is set up.');
  const known = stores.get(settings) ?? openStore(settings);
  stores.set(settings, known);
  return known;
}
