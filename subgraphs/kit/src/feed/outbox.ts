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

/** What a reader asks for. */
export interface FeedRequest {
  readonly topics: readonly string[];
  readonly after: FeedPosition;
  /** Epoch of the position; a reader that has read nothing yet has none. */
  readonly epoch?: string;
}

export interface FeedPage {
  readonly events: readonly FeedEvent[];
  /** How far was read, also past rows of other topics; the reader's own when there is no more. */
  readonly position: FeedPosition;
  /** A source of an earlier version has none. */
  readonly epoch?: string;
  /** Nothing can be given now, but rows wait until older transactions of the server have ended. */
  readonly isHeld: boolean;
}

const PAGE_ROWS = 500;
/** Rows of any topic that one page looks at. */
const SCANNED_ROWS = 5000;

/**
 * Rows of transactions that began before the oldest one still running are given, and no others: a
 * transaction that commits late is therefore never skipped. The last row has no topic: so far was read.
 */
const PAGE = `
  with scanned as materialized (
    select xid, id, topic = any(string_to_array(?, ',')) as is_wanted from outbox
    where (xid, id) > (?::text::xid8, ?::bigint)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, id limit ${SCANNED_ROWS}
  ), wanted as (
    select xid, id from scanned where is_wanted order by xid, id limit ${PAGE_ROWS}
  ), last as (
    select xid, id from scanned order by xid desc, id desc limit 1
  )
  select xid::text, id::text, topic, key, version, payload from (
    select w.xid, w.id, o.topic, o.key, o.version, o.payload
    from wanted w join outbox o on o.id = w.id
    union all
    select xid, id, null, null, null, null from last
  ) page order by page.xid, page.id, topic nulls last`;

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

type Row = FeedPosition & (FeedEvent | { readonly topic: null });
const isEvent = (row: Row): row is FeedPosition & FeedEvent => row.topic !== null;

/** The next events after a position of the present epoch; from the beginning in another one. */
export async function readOutbox(
  em: EntityManager,
  epoch: string,
  asked: FeedRequest,
): Promise<FeedPage> {
  const after = (asked.epoch ?? epoch) === epoch ? asked.after : FEED_START;
  const topics = asked.topics.join(',');
  const rows = await execute<Row>(em, PAGE, [topics, after.xid, after.id]);
  const events = rows.filter(isEvent);
  const last = events.length === PAGE_ROWS ? events.at(-1) : rows.at(-1);
  return {
    epoch,
    events: events.map(({ topic, key, version, payload }) => ({ topic, key, version, payload })),
    position: last ? { xid: last.xid, id: last.id } : after,
    isHeld: !last && (await holdsBack(em, topics, after)),
  };
}
