import { setInstant } from '../database/instant.js';
import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { request } from 'undici';
import { CALL_HEADER, signCall } from '../call/call.js';
import { execute, forkOf } from '../database/orm.js';
import { withRetries } from '../database/retry.js';
import { applyOrPark, applyParked } from './failed-event.js';
import type { FeedHandler, ReaderParts } from './handler.js';
import { noteReread } from './reread.js';
import { FEED_START, type FeedPage, type FeedPosition, type FeedRequest } from './outbox.js';

/** What an office reads from another one. */
export interface FeedSource {
  /** Name of the office that publishes. */
  readonly source: string;
  /** Where it answers; read anew each time, since a source may move or start later. */
  readonly address: () => string | undefined;
  readonly handlers: Readonly<Record<string, FeedHandler>>;
}

export interface FeedReader {
  /** Read all there is now; returns how many events were read. */
  drain(): Promise<number>;
  /** Read until nothing waits any more, not even behind a transaction that is still open. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const FEED_PATH = '/feed';
const TIMEOUT_MS = 5000;
/** A source that sends hints answers when there is something, or after. */
const WAIT_MS = 10_000;
/** Pause before another source is requested again; the promise is 2 seconds. */
const PAUSE_MS = 500;
/** How soon a reader that waits for rows that are held back requests them again. */
const HELD_MS = 20;

/** How a page is read. */
interface Reading {
  readonly signal: AbortSignal;
  /** How long the source may wait for something to give. */
  readonly waitMs: number;
}

async function fetchPage(
  parts: ReaderParts,
  from: FeedSource,
  { xid, id, epoch }: Cursor,
  { signal, waitMs }: Reading,
): Promise<FeedPage> {
  const address = from.address();
  if (!address) throw new Error(`Nobody said where ${from.source} answers.`);
  const wanted = {
    topics: Object.keys(from.handlers),
    after: { xid, id },
    ...(epoch && { epoch }),
    ...(waitMs > 0 && { waitMs }),
  };
  const body = JSON.stringify(wanted satisfies FeedRequest);
  const signedRequest = { to: from.source, path: FEED_PATH, body };
  const call = await signCall(parts.keyring, parts.clock, signedRequest);
  const response = await request(new URL(FEED_PATH, address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CALL_HEADER]: call },
    body,
    headersTimeout: waitMs + TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    signal,
  });
  if (response.statusCode !== 200) {
    await response.body.dump();
    throw new Error(`The feed of ${from.source} answered ${response.statusCode}.`);
  }
  return (await response.body.json()) as FeedPage;
}

/** How far a source was read, in which epoch of it; none before the first page. */
interface Cursor extends FeedPosition {
  readonly epoch: string | null;
}
const CURSOR = `select xid::text as xid, id::text as id, epoch from feed_cursor where source = ?`;
const START: Cursor = { ...FEED_START, epoch: null };
const isSame = (one: Cursor, other: Cursor): boolean =>
  one.xid === other.xid && one.id === other.id && one.epoch === other.epoch;

async function readCursor(em: EntityManager, source: string): Promise<Cursor> {
  const [row] = await execute<Cursor>(em, CURSOR, [source]);
  return row ?? START;
}

/** Lock the cursor of a source; two readers of one office wait for each other. */
async function lockCursor(em: EntityManager, source: string): Promise<Cursor> {
  const first = `insert into feed_cursor (source, xid, id) values (?, '0', 0) on conflict do nothing`;
  await execute(em, first, [source]);
  const [row] = await execute<Cursor>(em, `${CURSOR} for update`, [source]);
  return row ?? START;
}

const MOVE = `update feed_cursor set xid = ?::text::xid8, id = ?, epoch = ? where source = ?`;

async function applyPage(
  em: EntityManager,
  parts: ReaderParts,
  from: FeedSource,
  { events, position, epoch }: FeedPage,
): Promise<void> {
  for (const [topic, handler] of Object.entries(from.handlers)) {
    const ofTopic = events.filter((event) => event.topic === topic);
    await applyOrPark(em, parts, from.source, handler, ofTopic);
  }
  await noteReread(em, from.source, events);
  await execute(em, MOVE, [position.xid, position.id, epoch ?? null, from.source]);
}

/** Try again what was parked: this start may be that of a version that can apply it. */
const applyAllParked = (parts: ReaderParts, { source, handlers }: FeedSource): Promise<void> =>
  withRetries(() =>
    forkOf(parts.orm).transactional(async (inner) => {
      const em = inner as EntityManager;
      await lockCursor(em, source);
      for (const entry of Object.entries(handlers)) await applyParked(em, parts, source, entry);
    }),
  );

/** There is nothing more that can be had now. */
type End = Pick<Required<FeedPage>, 'isHeld' | 'hasWaited'>;

/**
 * Apply the next page. The cursor moves in the same transaction, so nothing is lost or doubled; the
 * page is fetched before it, so that a slow source holds no transaction open.
 *
 * @returns  How many events were read: none of a page that another reader of this office has applied
 *           meanwhile, or of rows of other topics. At the end, whether rows are held back, and whether
 *           the source has waited for more.
 */
async function readPage(
  parts: ReaderParts,
  from: FeedSource,
  reading: Reading,
): Promise<{ applied: number } | End> {
  const em = forkOf(parts.orm);
  const after = await readCursor(em, from.source);
  const page = await fetchPage(parts, from, after, reading);
  const { isHeld, hasWaited = false } = page;
  if (isSame(after, { ...page.position, epoch: page.epoch ?? null })) return { isHeld, hasWaited };
  return withRetries(() =>
    forkOf(parts.orm).transactional(async (inner) => {
      const tx = inner as EntityManager;
      if (!isSame(after, await lockCursor(tx, from.source))) return { applied: 0 };
      await setInstant(tx, parts.clock.now());
      await applyPage(tx, parts, from, page);
      return { applied: page.events.length };
    }),
  );
}

/** Keep reading a source until stopped. A source that is down is called again after a pause. */
export function startFeedReader(parts: ReaderParts, from: FeedSource): FeedReader {
  const stopping = new AbortController();
  const { signal } = stopping;
  let wake = (): void => {};
  let down = false;
  let hasTriedParked = false;

  /** Read on to the last page that can be had now. */
  async function readOn(waitMs = 0): Promise<{ total: number } & End> {
    let total = 0;
    while (!signal.aborted) {
      const read = await readPage(parts, from, { signal, waitMs });
      if ('isHeld' in read) return { total, ...read };
      total += read.applied;
    }
    return { total, isHeld: false, hasWaited: false };
  }
  const drain = async () => (await readOn()).total;
  async function settle(): Promise<void> {
    while ((await readOn()).isHeld) await setTimeout(HELD_MS, undefined, { signal });
  }
  /** @returns Whether the next one may follow at once. */
  async function round(): Promise<boolean> {
    // Offices of one process start one after the other.
    if (!from.address()) return false;
    try {
      if (!hasTriedParked) await applyAllParked(parts, from);
      hasTriedParked = true;
      const { hasWaited } = await readOn(down ? 0 : WAIT_MS);
      if (down) parts.log.info({ source: from.source }, 'feed is read again');
      down = false;
      return hasWaited;
    } catch (error) {
      if (!down && !signal.aborted)
        parts.log.warn({ source: from.source, err: error }, 'feed not read');
      down = true;
      return false;
    }
  }
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = globalThis.setTimeout(resolve, PAUSE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!signal.aborted) {
      const isNext = await round();
      if (!isNext && !signal.aborted) await pause();
    }
  })();
  return {
    drain,
    settle,
    async stop() {
      stopping.abort();
      wake();
      await loop;
    },
  };
}
