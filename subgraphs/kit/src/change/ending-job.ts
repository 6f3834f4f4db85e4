/** Jobs that end rows whose end has come. */
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import { setInstant } from '../database/instant.js';
import { withRetries } from '../database/retry.js';
import type { Job } from '../server/jobs.js';
import { changeByJob } from './change-by-job.js';
import type { After, Step } from './door.js';
import type { ChangeableRow, Noun } from './noun.js';
import { jobWriter } from './writer.js';

const EVERY_FIVE_MINUTES = '*/5 * * * *';
/** Rows of one transaction. */
const AT_ONCE = 100;

export interface Ending<Row extends ChangeableRow> {
  readonly name: string;
  /** Action of the table that the job takes. */
  readonly action: string;
  readonly noun: Noun<Row>;
  /** SQL: numbers of rows that are to end at an instant, which is the one parameter. */
  readonly due: string;
  readonly step: Step<Row>;
  readonly after?: After<Row>;
}

/** A job that ends rows by an action of the table, some in a transaction until none is left. */
export const endingJob = <Row extends ChangeableRow>(one: Ending<Row>): Job => ({
  name: one.name,
  cron: EVERY_FIVE_MINUTES,
  async run({ orm, config }, at) {
    const some = () =>
      forkOf(orm).transactional(async (inner) => {
        const em = inner as EntityManager;
        await setInstant(em, at);
        const writer = jobWriter(one.name, { em, keyring: config.keyring, at });
        const due = await execute<{ id: string }>(em, `${one.due} limit ${AT_ONCE}`, [at]);
        for (const { id } of due)
          await changeByJob(writer, one.action, one.noun, id, one.step, one.after);
        return due.length;
      });
    while ((await withRetries(some)) === AT_ONCE);
  },
});
