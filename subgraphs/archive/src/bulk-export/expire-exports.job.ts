/** Ends exports whose time is over: the file first, then the row; after three years the row too (3.6, L-12). */
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { appendLine } from '@chengxin/kit/change/operation-log';
import { jobWriter, type Writer } from '@chengxin/kit/change/writer';
import { setInstant } from '@chengxin/kit/database/instant';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { storeOf } from '../file/stores.js';
import { bulkExport } from './bulk-export.noun.js';

const NAME = 'expireExports';
const EVERY_FIVE_MINUTES = '*/5 * * * *';
const AT_ONCE = 100;

const DUE = `
  select id, stored_as as "storedAs" from bulk_export
  where state <> 'GONE' and ends_at <= ?::timestamptz order by ends_at, id limit ${AT_ONCE}`;
/** What was shared, with whom and on whose approval is kept for three years. */
const OVER = `
  delete from bulk_export where id in (select id from bulk_export
    where state = 'GONE' and ends_at < ?::timestamptz - interval '3 years' limit ${AT_ONCE})
  returning id`;

const inTransaction = <T>(
  { orm, config: { keyring } }: OfficeParts,
  at: Date,
  work: (writer: Writer) => Promise<T>,
): Promise<T> =>
  forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    await setInstant(em, at);
    return work(jobWriter(NAME, { em, keyring, at }));
  });

async function expire(office: OfficeParts, at: Date): Promise<number> {
  const due = await execute<{ id: string; storedAs: string | null }>(forkOf(office.orm), DUE, [at]);
  for (const { id, storedAs } of due) {
    // Nobody is handed it any more; should what follows fail, the next run finds the row again.
    if (storedAs) await (await storeOf(office.config.files)).remove(storedAs);
    await inTransaction(office, at, (writer) =>
      changeByJob(writer, 'export.expire', bulkExport, id, () => ({ storedAs: null as never })),
    );
  }
  return due.length;
}

const prune = (office: OfficeParts, at: Date): Promise<number> =>
  inTransaction(office, at, async (writer) => {
    const over = await execute<{ id: string }>(writer.em, OVER, [at]);
    for (const { id } of over) {
      const target = { type: bulkExport.name, id };
      await appendLine(writer, { action: 'export.prune', target, studentNo: undefined });
    }
    return over.length;
  });

export const expireExports: Job = {
  name: NAME,
  cron: EVERY_FIVE_MINUTES,
  async run(office, at) {
    while ((await expire(office, at)) === AT_ONCE);
    while ((await prune(office, at)) === AT_ONCE);
  },
};
