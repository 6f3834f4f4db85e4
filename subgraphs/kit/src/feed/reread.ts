/** What sources still have, read anew by an office that was restored (docs/decisions/0068). */
import { execute, type EntityManager } from '../database/orm.js';
import type { FeedEvent } from './outbox.js';

/** SQL: whether this office was restored and has not yet erased what went since. */
export const PENDING = 'select 1 from restored where reconciled_at is null';

/** Whether an office was restored and has not yet erased what went since. */
export const isPending = async (em: EntityManager): Promise<boolean> =>
  (await execute(em, PENDING)).length > 0;

const KEEP = `
  insert into reread (source, topic, key)
  select ?, e->>'topic', e->>'key' from jsonb_array_elements(?::jsonb) e
  where exists (${PENDING}) on conflict do nothing`;

/** Keep in mind what a source still has, while what was restored is compared with it. */
export async function noteReread(
  em: EntityManager,
  source: string,
  events: readonly FeedEvent[],
): Promise<void> {
  const there = events.filter(({ gone }) => !gone).map(({ topic, key }) => ({ topic, key }));
  if (there.length) await execute(em, KEEP, [source, JSON.stringify(there)]);
}
