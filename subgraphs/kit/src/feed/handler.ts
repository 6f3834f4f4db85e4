/** What applies events of a topic, and what reading them needs. */
import type { Keyring } from '../call/keyring.js';
import type { Clock } from '../clock.js';
import type { EntityManager, Orm } from '../database/orm.js';
import type { Log } from '../server/log.js';
import type { FeedEvent } from './outbox.js';

/**
 * Applies events of one topic; it must ignore a version that is not newer than what it has, and forget
 * what is gone.
 */
export type FeedHandler = (
  em: EntityManager,
  events: readonly FeedEvent[],
  at: Date,
) => Promise<void>;

export interface ReaderParts {
  readonly orm: Orm;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly log: Log;
}
