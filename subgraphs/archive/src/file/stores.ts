import type { FileSettings } from '@chengxin/kit/server/file-settings';
import { fault } from '@chengxin/kit/errors';
import { openStore, type FileStore } from './file-store.js';

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
