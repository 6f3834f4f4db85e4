import { execute, type EntityManager } from '../database/orm.js';
import type { Keyring } from '../call/keyring.js';
import { openSealed, type SealedRow } from './record-key.js';
import { presentRecords, type Topic, type Topics } from './topic.js';

/** One change of one record, as an office publishes it. */
export interface FeedEvent {
  /** `roster`, `consent`, `finding`, `good`, … */
  readonly topic: string;
  /** The record. Order is kept per record by its version, not by time of commit. */
  readonly key: string;
  readonly version: number;
  /** What the record says when it is read, which may be more than it said in this version. */
  readonly payload: Record<string, unknown>;
  /** The record is not there any more, or not for this reader: it is forgotten. Nothing is said of it. */
  readonly gone?: true;
}

/** A place in a feed: transaction, then row. */
export interface FeedPosition {
  readonly xid: string;
  readonly id: string;
}
export const FEED_START: FeedPosition = { xid: '0', id: '0' };

/** What a reader requests. */
export interface FeedRequest {
  readonly topics: readonly string[];
  readonly after: FeedPosition;
  /** Epoch of the position; a reader that has read nothing yet has none. */
  readonly epoch?: string;
  /** How long the answer may wait for something to give; not at all, when nothing is said. */
  readonly waitMs?: number;
}

export interface FeedPage {
  readonly events: readonly FeedEvent[];
  /** How far was read, also past rows of other topics; the reader's own when there is no more. */
  readonly position: FeedPosition;
  /** A source of an earlier version has none. */
  readonly epoch?: string;
  /** Nothing can be given now, but rows wait until older transactions of the server have ended. */
  readonly isHeld: boolean;
  /** The source has waited: the reader may request again at once. */
  readonly hasWaited?: boolean;
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
  select xid::text, id::text, topic, key, version, payload, sealed from (
    select w.xid, w.id, o.topic, o.key, o.version, o.payload, o.sealed
    from wanted w join outbox o on o.id = w.id
    union all
    select xid, id, null, null, null, null, null from last
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

/** A row of the outbox: which record, in which version. */
interface Stored extends FeedPosition {
  readonly topic: string;
  readonly key: string;
  readonly version: number;
  readonly payload: Record<string, unknown>;
  readonly sealed: string | null;
}
type Row = Stored | (FeedPosition & { readonly topic: null });
const isStored = (row: Row): row is Stored => row.topic !== null;
const isSealed = (row: Stored): row is Stored & SealedRow => row.sealed !== null;

/** An office's feed, as its own database holds it. */
export interface Feed {
  readonly em: EntityManager;
  readonly keyring: Keyring;
  readonly topics: Topics;
}

/** What the events of one topic carry, by key; a key that is gone is not in the answer. */
async function contentOf(
  { em, keyring }: Feed,
  topic: string,
  carries: Topic['carries'] | undefined,
  rows: readonly Stored[],
): Promise<Map<string, Record<string, unknown>>> {
  const keys = [...new Set(rows.map(({ key }) => key))];
  if (typeof carries === 'object') return presentRecords(em, carries, keys);
  const sealed = await openSealed(em, keyring, topic, rows.filter(isSealed));
  const inClear = rows.filter((row) => !isSealed(row));
  return new Map([...inClear.map(({ key, payload }) => [key, payload] as const), ...sealed]);
}

async function eventsOf(feed: Feed, rows: readonly Stored[]): Promise<FeedEvent[]> {
  const byTopic = new Map<string, Map<string, Record<string, unknown>>>();
  for (const [topic, own] of Map.groupBy(rows, (row) => row.topic))
    byTopic.set(topic, await contentOf(feed, topic, feed.topics[topic]?.carries, own));
  return rows.map(({ topic, key, version }) => {
    const payload = byTopic.get(topic)?.get(key);
    return payload
      ? { topic, key, version, payload }
      : { topic, key, version, payload: {}, gone: true };
  });
}

/** The next events of some topics after a position of the present epoch. */
export async function readOutbox(
  feed: Feed,
  epoch: string,
  request: Pick<FeedRequest, 'topics' | 'after'>,
): Promise<FeedPage> {
  const { em } = feed;
  const { after } = request;
  const topics = request.topics.join(',');
  const rows = await execute<Row>(em, PAGE, [topics, after.xid, after.id]);
  const stored = rows.filter(isStored);
  const last = stored.length === PAGE_ROWS ? stored.at(-1) : rows.at(-1);
  return {
    epoch,
    events: await eventsOf(feed, stored),
    position: last ? { xid: last.xid, id: last.id } : after,
    isHeld: !last && (await holdsBack(em, topics, after)),
  };
}
