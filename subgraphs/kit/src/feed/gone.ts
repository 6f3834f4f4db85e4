/** What a reader does with records that are gone at their source: it forgets its copy (DOMAIN 3.6). */
import { execute, type EntityManager } from '../database/orm.js';
import type { FeedEvent } from './outbox.js';

const isGone = ({ gone }: FeedEvent): boolean => gone === true;

/** Events of records that are there. */
export const present = (events: readonly FeedEvent[]): FeedEvent[] =>
  events.filter((event) => !isGone(event));

/** Events of records that are gone. */
export const gone = (events: readonly FeedEvent[]): FeedEvent[] => events.filter(isGone);

/**
 * Delete the copies of what is gone.
 *
 * @param table  A projection with a version.
 * @param key    SQL: what its rows are called in the feed.
 */
export async function forget(
  em: EntityManager,
  table: string,
  key: string,
  events: readonly FeedEvent[],
): Promise<void> {
  const keys = gone(events).map((event) => ({ key: event.key, version: event.version }));
  if (!keys.length) return;
  await execute(
    em,
    `delete from ${table} t using jsonb_to_recordset(?::jsonb) as e(key text, version integer)
     where ${key} = e.key and t.version <= e.version`,
    [JSON.stringify(keys)],
  );
}
