/** Destroys files that prove nothing: the key first, then the bytes (3.6). */
import { appendLine } from '@chengxin/kit/change/operation-log';
import { jobWriter } from '@chengxin/kit/change/writer';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { DAY_MS } from '@chengxin/kit/clock';
import { abandoned, destroyKey, markDestroyed, type StoredFile } from './file.loader.js';
import { storeOf } from './stores.js';

const NAME = 'pruneFiles';
const DAILY = '40 3 * * *';
const AT_ONCE = 100;
/** A file that no entry names is kept so long, for a draft that is still to come. */
const KEPT_DAYS = 30;

const destroy = (
  { orm, config: { keyring } }: OfficeParts,
  { id }: StoredFile,
  at: Date,
): Promise<void> =>
  forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    await destroyKey(em, id);
    await markDestroyed(em, id);
    const writer = jobWriter(NAME, { em, keyring, at });
    await appendLine(writer, {
      action: 'file.prune',
      target: { type: 'File', id },
      studentNo: undefined,
    });
  });

export const pruneFiles: Job = {
  name: NAME,
  cron: DAILY,
  async run(office, at) {
    const { files } = office.config;
    if (!files) return;
    const store = await storeOf(files);
    const before = new Date(at.getTime() - KEPT_DAYS * DAY_MS);
    const em = forkOf(office.orm);
    let some = await abandoned(em, before, AT_ONCE);
    while (some.length) {
      for (const file of some) {
        await destroy(office, file, at);
        await store.remove(file.storedAs);
      }
      some = await abandoned(em, before, AT_ONCE);
    }
  },
};
