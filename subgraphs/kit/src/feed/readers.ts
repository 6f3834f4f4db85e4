/**
 * How far the readers of an outbox are. A reader that requests what comes after a place has applied
 * all that comes before it: those rows may go in time. A reader that requests from before rows that
 * went, because it is new or was set back, is given every present record again.
 */
import { execute, type EntityManager } from '../database/orm.js';
import { FEED_START, type FeedPosition, type FeedRequest } from './outbox.js';
import type { Records, Topics } from './topic.js';

/** What one reader requests, in the present epoch. */
export interface ReaderRequest {
  readonly reader: string;
  readonly epoch: string;
  readonly requested: FeedRequest;
  readonly at: Date;
}

const PASSED = `
  select topic from feed_reader where reader = ? and topic = any(?::text[])
    and (epoch, xid, id) = (?::uuid, ?::text::xid8, ?::bigint)`;

const PASS = `
  insert into feed_reader (topic, reader, epoch, xid, id) values (?, ?, ?, ?::text::xid8, ?)
  on conflict (topic, reader) do update set epoch = excluded.epoch, xid = excluded.xid,
    id = excluded.id`;

/** The newest row of the topic that went, if it comes after a place. */
const WENT = `
  select xid::text as xid, id::text as id from outbox_pruned
  where topic = ? and (xid, id) > (?::text::xid8, ?::bigint)`;

/**
 * Where every record was last published anew; two readers that request at once wait for each other.
 */
const REPUBLISHED = `
  insert into outbox_republished as t (topic, xid, id) values (?, '0', 0)
  on conflict (topic) do update set topic = excluded.topic
  returning t.xid::text as xid, t.id::text as id`;

const PUBLISH = ({ prefix, id, version, from, where = 'true' }: Records): string => `
  insert into outbox (topic, key, version, at)
  select ?, '${prefix}' || ${id}, ${version}, ? from ${from} where ${where} order by ${id}`;

const DONE = `update outbox_republished set xid = pg_current_xact_id(), id = 0 where topic = ?`;

const isAfter = (one: FeedPosition, other: FeedPosition): boolean =>
  BigInt(one.xid) > BigInt(other.xid) ||
  (BigInt(one.xid) === BigInt(other.xid) && BigInt(one.id) > BigInt(other.id));

/** Publish every record of a topic anew, unless that was done after the newest row that went. */
async function fillGap(
  em: EntityManager,
  topics: Topics,
  topic: string,
  after: FeedPosition,
  at: Date,
): Promise<void> {
  const carries = topics[topic]?.carries;
  if (typeof carries !== 'object') return;
  const [went] = await execute<FeedPosition>(em, WENT, [topic, after.xid, after.id]);
  if (!went) return;
  const [again] = await execute<FeedPosition>(em, REPUBLISHED, [topic]);
  if (again && isAfter(again, went)) return;
  for (const records of carries) await execute(em, PUBLISH(records), [topic, at]);
  await execute(em, DONE, [topic]);
}

/**
 * Note the place from which a reader requests.
 *
 * @returns  The place from which it is to read: the first one, out of another epoch.
 */
export async function notePlace(
  em: EntityManager,
  topics: Topics,
  { reader, epoch, requested: request, at }: ReaderRequest,
): Promise<FeedPosition> {
  const after = (request.epoch ?? epoch) === epoch ? request.after : FEED_START;
  const place = [epoch, after.xid, after.id];
  const stood = await execute<{ topic: string }>(em, PASSED, [reader, request.topics, ...place]);
  const known = new Set(stood.map(({ topic }) => topic));
  const moved = [...new Set(request.topics)].filter((topic) => !known.has(topic)).toSorted();
  if (!moved.length) return after;
  await em.transactional(async (inner) => {
    const tx = inner as EntityManager;
    for (const topic of moved) {
      await execute(tx, PASS, [topic, reader, ...place]);
      await fillGap(tx, topics, topic, after, at);
    }
  });
  return after;
}
