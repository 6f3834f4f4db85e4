import type { EntityManager } from '@mikro-orm/postgresql';
import { execute } from '../database/orm.js';

/** One change of one record, as an office tells it. */
export interface FeedEvent {
  /** `roster`, `consent`, `finding`, `good`, … */
  readonly topic: string;
  /** The record. Order is kept per record by its version, not by time of commit. */
  readonly key: string;
  readonly version: number;
  readonly payload: Record<string, unknown>;
}

/** A place in a feed: transaction, then row. */
export interface FeedPosition {
  readonly xid: string;
  readonly id: string;
}
export const FEED_START: FeedPosition = { xid: '0', id: '0' };

export interface FeedPage {
  readonly events: readonly FeedEvent[];
  readonly position: FeedPosition;
  /** Nothing can be given now, but rows wait until older transactions of the server have ended. */
  readonly isHeld: boolean;
}

const PAGE_ROWS = 500;

/** Whether committed rows wait behind a transaction that is still open somewhere on the server. */
async function holdsBack(em: EntityManager, topics: string, after: FeedPosition): Promise<boolean> {
  const rows = await execute(
    em,
    `select 1 from outbox where (xid, id) > (?::text::xid8, ?::bigint)
       and topic = any(string_to_array(?, ',')) limit 1`,
    [after.xid, after.id, topics],
  );
  return rows.length > 0;
}

/**
 * The next events after a position. Rows of transactions that began before the oldest one still
 * running are given, and no others: a transaction that commits late is therefore never skipped.
 */
export async function readOutbox(
  em: EntityManager,
  topics: readonly string[],
  after: FeedPosition,
): Promise<FeedPage> {
  const rows = await execute<FeedEvent & FeedPosition>(
    em,
    `select xid::text as xid, id::text as id, topic, key, version, payload from outbox
     where (xid, id) > (?::text::xid8, ?::bigint)
       and xid < pg_snapshot_xmin(pg_current_snapshot())
       and topic = any(string_to_array(?, ','))
     order by outbox.xid, outbox.id limit ${PAGE_ROWS}`,
    [after.xid, after.id, topics.join(',')],
  );
  const last = rows.at(-1);
  const isHeld = !last && (await holdsBack(em, topics.join(','), after));
  return {
    isHeld,
    events: rows.map(({ topic, key, version, payload }) => ({ topic, key, version, payload })),
    position: last ? { xid: last.xid, id: last.id } : after,
  };
}
