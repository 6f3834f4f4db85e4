/** What a job does to many rows: some in one transaction, so that nobody waits long for it. */
import { forkOf, type EntityManager } from '../database/orm.js';
import { setInstant } from '../database/instant.js';
import { withRetries } from '../database/retry.js';
import type { OfficeParts } from '../server/office-parts.js';
import { jobWriter, type Writer } from './writer.js';

/** Rows of one transaction. */
const AT_ONCE = 100;

export interface ByTurns<Found> {
  /** As the action table names it. */
  readonly job: string;
  readonly at: Date;
  /** Rows that are to be changed, in the order in which the office locks them. */
  readonly found: readonly Found[];
  readonly atOnce?: number;
}

/** Do something with rows that were found, in transactions of some of them. */
export async function inTurn<Found>(
  { orm, config: { keyring } }: OfficeParts,
  { job, at, found, atOnce = AT_ONCE }: ByTurns<Found>,
  some: (writer: Writer, part: readonly Found[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < found.length; from += atOnce) {
    const part = found.slice(from, from + atOnce);
    await withRetries(() =>
      forkOf(orm).transactional(async (inner) => {
        const em = inner as EntityManager;
        await setInstant(em, at);
        await some(jobWriter(job, { em, keyring, at }), part);
      }),
    );
  }
}
