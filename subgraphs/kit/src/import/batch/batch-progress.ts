/** How far the job has come with a large batch, for whoever may read the batch meanwhile (F-13). */
import { execute, forkOf, type EntityManager } from '../../database/orm.js';
import type { OfficeParts } from '../../server/office-parts.js';

const BEGIN = `
  insert into batch_progress (batch_id) select id from import_batch
  where id = ?::uuid and state = 'APPROVING'
  on conflict (batch_id) do update set applied_rows = 0`;
const GO_ON = `update batch_progress set applied_rows = ? where batch_id = ?::uuid`;
const END = `delete from batch_progress where batch_id = ?::uuid`;

export interface BatchProgress {
  /** Called as rows were applied: it waits for nothing, since the transaction must not wait for it. */
  readonly onApplied: (rows: number) => void;
  /** Once the transaction has ended: all is written. */
  readonly written: () => Promise<void>;
}

/**
 * Begin anew, be it after a run that crashed. Each number is written by a connection of its own, in
 * their order; one that cannot be written stops no batch.
 */
export async function beginProgress(
  { orm, config: { log } }: OfficeParts,
  batchId: string,
): Promise<BatchProgress> {
  await execute(forkOf(orm), BEGIN, [batchId]);
  let last: Promise<unknown> = Promise.resolve();
  return {
    onApplied(rows) {
      last = last
        .then(() => execute(forkOf(orm), GO_ON, [rows, batchId]))
        .catch((error: unknown) => log.warn({ err: error, batchId }, 'progress of a batch'));
    },
    written: async () => void (await last),
  };
}

/** The batch says itself how it ended. */
export const endProgress = (em: EntityManager, batchId: string): Promise<unknown> =>
  execute(em, END, [batchId]);
