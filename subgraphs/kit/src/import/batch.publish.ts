/**
 * What the archive learns of each import run, published in its transaction: that a batch was
 * received, and that it came into force. Counts and reasons, no values. Source: G5.3, Z2.4, 3.2 FG41.
 */
import { execute, type EntityManager } from '../database/orm.js';
import type { FeedHandler } from '../feed/handler.js';
import type { Problem, Reason } from './reason.js';
import type { RejectedFile } from './rejected.js';

/** Topic of the feed. */
export const COLLECTION = 'collection';
/** So many reasons of a batch are published; its clerk has all of them beside his file (F-13). */
const REPORTED_AT_MOST = 20;

/** Why a row was rejected, without what stands in it. */
export interface BatchError {
  readonly line: number;
  readonly column: string | null;
  readonly reason: Reason;
}

interface BatchCounts {
  /** Name of the import kind; with the office it names the catalogue item. */
  readonly kind: string;
  readonly fileDigest: string;
  readonly receivedAt: Date;
  readonly rows: number;
  readonly rejected: number;
  /** Whether it is one fact by form: it changes what is held, and delivers no catalogue item. */
  readonly byForm?: boolean;
}
export interface BatchReceived extends BatchCounts {
  readonly errors: readonly BatchError[];
}
export interface BatchInForce extends BatchCounts {
  readonly inForceAt: Date;
  /** Rows that changed anything. */
  readonly changed: number;
}

const RECEIVED = 1;
const IN_FORCE = 2;

const PUBLISH = `insert into outbox (topic, key, version, payload, at) values (?, ?, ?, ?::jsonb, ?)`;

/** Publish a batch: over the feed, or straight to where the office itself keeps batches. */
export async function publishBatch(
  em: EntityManager,
  { keepBatch }: { readonly keepBatch?: FeedHandler },
  batchId: string,
  published: BatchReceived | BatchInForce,
): Promise<void> {
  const [version, at] =
    'inForceAt' in published ? [IN_FORCE, published.inForceAt] : [RECEIVED, published.receivedAt];
  const text = JSON.stringify(published);
  if (!keepBatch)
    return void (await execute(em, PUBLISH, [COLLECTION, batchId, version, text, at]));
  const payload = JSON.parse(text) as Record<string, unknown>;
  await keepBatch(em, [{ topic: COLLECTION, key: batchId, version, payload }], at);
}

/** A reject list that remembers its first reasons. */
export interface RememberingList extends RejectedFile {
  readonly first: readonly BatchError[];
}

export function remembering(list: RejectedFile): RememberingList {
  const first: BatchError[] = [];
  const published = (line: number, { column, reason }: Problem): BatchError => ({
    line,
    column,
    reason,
  });
  return {
    ...list,
    first,
    add(line, problems) {
      const room = REPORTED_AT_MOST - first.length;
      first.push(...problems.slice(0, room).map((problem) => published(line, problem)));
      return list.add(line, problems);
    },
  };
}
