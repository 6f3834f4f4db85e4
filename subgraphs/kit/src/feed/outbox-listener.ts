/**
 * Hints of the database that something was published, so that readers who wait need not request again
 * and again (docs/decisions/0054). Hints may be lost: whoever waits looks again after a while.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Log } from '../server/log.js';

const CHANNEL = 'outbox';
const LISTEN = `listen ${CHANNEL}`;
/** The database answers a listener within, or counts as gone. */
const ANSWER_MS = 1000;
/** A database that does not notify is tried again after. */
const AGAIN_MS = 5000;

/** What a reader waits for. */
export interface Awaited {
  readonly topics: readonly string[];
  /** `mark` before the reader looked. */
  readonly since: number;
  readonly withinMs: number;
  /** Aborted when nobody waits any more. */
  readonly gone: AbortSignal;
}

export interface OutboxListener {
  /** How much was published so far. */
  mark(): number;
  /**
   * Waits for the next event of some topics, or the time.
   *
   * @returns Whether it could wait: not where the database sends no hints.
   */
  wait(awaited: Awaited): Promise<boolean>;
  stop(): Promise<void>;
}

interface ListenerParts {
  readonly databaseUrl: string;
  /** Notifies the channel over another connection: a pooler may keep the hints of this one. */
  readonly notify: (channel: string, topic: string) => Promise<unknown>;
  readonly log: Pick<Log, 'warn'>;
}

/** Counts what is published of each topic, and wakes who waits for it. */
function createCounts() {
  const last = new Map<string, number>();
  const waiters = new Set<{ readonly look: () => void; readonly end: () => void }>();
  let count = 0;
  return {
    mark: () => count,
    published(topic: string): void {
      last.set(topic, ++count);
      for (const { look } of waiters) look();
    },
    forget: (topic: string) => last.delete(topic),
    /** Nobody waits any longer. */
    endAll(): void {
      for (const { end } of waiters) end();
    },
    /** Whether one of the topics came, before the time or the wait was over. */
    until: ({ topics, since, withinMs, gone }: Awaited): Promise<boolean> =>
      new Promise((resolve) => {
        const isThere = () => topics.some((topic) => (last.get(topic) ?? 0) > since);
        const end = () => {
          waiters.delete(waiter);
          clearTimeout(timer);
          gone.removeEventListener('abort', end);
          resolve(isThere());
        };
        const look = () => {
          if (isThere()) end();
        };
        const waiter = { look, end };
        waiters.add(waiter);
        const timer = setTimeout(end, withinMs);
        gone.addEventListener('abort', end);
        if (gone.aborted || isThere()) end();
      }),
  };
}

/** Listens from the first wait on. */
export function listenToOutbox({ databaseUrl, notify, log }: ListenerParts): OutboxListener {
  const counts = createCounts();
  let isStopped = false;
  let triedAt = -Infinity;
  let connection: Promise<pg.Client | null> = Promise.resolve(null);
  let looking: Promise<boolean> | undefined;

  /** Whether a hint that another connection sends arrives. */
  async function arrives(): Promise<boolean> {
    const proof = randomUUID();
    const { signal: gone } = new AbortController();
    const awaited = { topics: [proof], since: counts.mark(), withinMs: ANSWER_MS, gone };
    await notify(CHANNEL, proof);
    const isThere = await counts.until(awaited);
    counts.forget(proof);
    return isThere;
  }

  async function connect(): Promise<pg.Client | null> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    });
    const lose = () => {
      connection = Promise.resolve(null);
      counts.endAll();
    };
    client.on('notification', ({ payload = '' }) => counts.published(payload));
    client.on('error', lose);
    client.on('end', lose);
    try {
      await client.connect();
      await client.query(LISTEN);
      if (await arrives()) return client;
      throw new Error('The database sends no hints.');
    } catch (error) {
      if (!isStopped)
        log.warn({ err: error }, 'no hints of the outbox: its readers request more often');
      await client.end().catch(() => {});
      return null;
    }
  }

  async function look(): Promise<boolean> {
    if (isStopped) return false;
    const now = performance.now();
    if (!(await connection) && now - triedAt >= AGAIN_MS) {
      triedAt = now;
      connection = connect();
    }
    const client = await connection;
    try {
      // To listen again changes nothing, and is answered by a connection that lives.
      await client?.query(LISTEN);
      return client !== null && !isStopped;
    } catch {
      connection = Promise.resolve(null);
      return false;
    }
  }

  /** Whether hints arrive now; whoever waits at the same time shares the answer. */
  function isListening(): Promise<boolean> {
    looking ??= look().finally(() => (looking = undefined));
    return looking;
  }

  return {
    mark: counts.mark,
    async wait(awaited) {
      if (!(await isListening())) return false;
      await counts.until(awaited);
      return true;
    },
    async stop() {
      isStopped = true;
      counts.endAll();
      await (await connection)?.end();
    },
  };
}
