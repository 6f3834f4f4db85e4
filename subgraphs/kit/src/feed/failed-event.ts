/** Events that a handler cannot apply: they stop no other, and are tried again at the next start. */
import { deriveKey, open, seal } from '../call/crypto.js';
import { execute, type EntityManager } from '../database/orm.js';
import { sqlState } from '../database/retry.js';
import { isFault } from '../errors.js';
import type { FeedEvent } from './outbox.js';
import type { FeedHandler, ReaderParts } from './handler.js';
import { withCurrentNumbers } from './renumber.js';

/** SQLSTATE classes that speak of the values of an event: a data exception, a violated constraint. */
const OF_VALUES = /^2[23]/;

/**
 * What is wrong with an event, or nothing when the fault is not in it (the database stops, another
 * transaction holds its rows): then it is read again. No value stands in it: it is logged.
 */
function reasonOf(error: unknown): string | undefined {
  const state = sqlState(error);
  if (state) {
    const { constraint = '' } = error as { constraint?: string };
    return OF_VALUES.test(state) ? `${state} ${constraint}`.trim() : undefined;
  }
  const isOfShape =
    error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  if (isFault(error)) return String(error.extensions['code']);
  return isOfShape ? error.name : undefined;
}

const boundTo = (source: string, { topic, key, version }: FeedEvent): string =>
  [source, topic, key, version].join('/');
const keyOf = ({ keyring }: ReaderParts): Buffer => deriveKey(keyring.dataKey, 'failed events');

const PUT = `
  insert into failed_event (source, topic, key, version, payload, reason, at)
  values (?, ?, ?, ?, ?, ?, ?) on conflict (source, topic, key, version)
  do update set reason = excluded.reason, at = excluded.at`;

async function park(
  em: EntityManager,
  parts: ReaderParts,
  source: string,
  event: FeedEvent,
  reason: string,
): Promise<void> {
  const { topic, key, version, payload, gone } = event;
  const text = JSON.stringify(gone ? null : payload);
  const sealed = seal(keyOf(parts), text, boundTo(source, event));
  await execute(em, PUT, [source, topic, key, version, sealed, reason, parts.clock.now()]);
  parts.log.error({ source, topic, key, version, reason }, 'event parked');
}

/** Apply events of one topic; those that cannot be applied are parked, and the rest goes on. */
export async function applyOrPark(
  em: EntityManager,
  parts: ReaderParts,
  source: string,
  handler: FeedHandler,
  events: readonly FeedEvent[],
): Promise<void> {
  const [first] = events;
  if (!first) return;
  try {
    await em.transactional(async (inner) => {
      const tx = inner as EntityManager;
      await handler(tx, await withCurrentNumbers(tx, events), parts.clock.now());
    });
  } catch (error) {
    const reason = reasonOf(error);
    if (!reason) throw error;
    if (events.length === 1) return park(em, parts, source, first, reason);
    // Halves of halves: one bad event among 500 is found in 18 attempts.
    const middle = Math.ceil(events.length / 2);
    await applyOrPark(em, parts, source, handler, events.slice(0, middle));
    await applyOrPark(em, parts, source, handler, events.slice(middle));
  }
}

const TAKE = `
  delete from failed_event where source = ? and topic = ?
  returning topic, key, version, payload`;

/** Try again what is parked of a topic, in the order of its versions. */
export async function applyParked(
  em: EntityManager,
  parts: ReaderParts,
  source: string,
  [topic, handler]: readonly [topic: string, handler: FeedHandler],
): Promise<void> {
  const rows = await execute<FeedEvent & { payload: string }>(em, TAKE, [source, topic]);
  const events = rows.map((row) => {
    const text = open(keyOf(parts), row.payload, boundTo(source, row));
    const payload = JSON.parse(text) as FeedEvent['payload'] | null;
    const event = { ...row, payload: payload ?? {} };
    return payload ? event : { ...event, gone: true as const };
  });
  const inOrder = events.toSorted((a, b) => a.version - b.version);
  await applyOrPark(em, parts, source, handler, inOrder);
}
