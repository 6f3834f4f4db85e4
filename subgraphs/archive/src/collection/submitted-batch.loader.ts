/** What is handed over, and what it is made of. Source: G5.3. */
import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { childrenOf } from '../children.loader.js';
import type { Period } from './collection.rules.js';
import { SubmittedBatch } from './submitted-batch.entity.js';
import type { CameIn } from './submitted-batch.rules.js';

const CAME_IN = `
  select coalesce(array_agg(batch_id::text order by received_at, batch_id), '{}') as runs,
    coalesce(sum(row_count), 0)::int as rows, coalesce(sum(rejected_count), 0)::int as rejected
  from collection_batch
  where coalesce(catalogue_item, '') = ? and state = 'IN_FORCE' and received_on between ? and ?`;

/** The import runs of an item that came in a period and are in force. */
export async function cameIn(
  em: EntityManager,
  item: string,
  { from, until }: Period,
): Promise<CameIn> {
  const [found] = await execute<CameIn>(em, CAME_IN, [item, from, until]);
  return found ?? { runs: [], rows: 0, rejected: 0 };
}

const byId = childrenOf(SubmittedBatch, 'id', { id: 'asc' });

/** One of the submitted batches that entries of the status name. */
export async function submittedBatchOf(ctx: Context, id: string): Promise<SubmittedBatch | null> {
  const [row] = await byId(ctx).load(id);
  return row ?? null;
}
