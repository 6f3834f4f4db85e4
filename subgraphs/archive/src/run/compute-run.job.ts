import { dayIn } from '@chengxin/kit/database/day';
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { jobWriter } from '@chengxin/kit/change/writer';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { computeNext, makeParts, type Planned } from './compute-run.js';
import { evaluationRun } from './evaluation-run.noun.js';

const NAME = 'computeRun';

const COMPUTING = `
  select run_id as "runId", rule_set as "ruleSet", rule_set_sha256 as "ruleSetSha256",
    ${dayIn('cut_off_at')}::text as "onDay"
  from evaluation_run where state = 'COMPUTING' order by run_id`;

const inTransaction = <T>({ orm }: OfficeParts, work: (em: EntityManager) => Promise<T>) =>
  withRetries(() => forkOf(orm).transactional((em) => work(em as EntityManager)));

/** The run is computed; its colleges are next. */
const complete =
  ({ config: { keyring } }: OfficeParts, at: Date, runId: string) =>
  (em: EntityManager): Promise<unknown> =>
    changeByJob(
      jobWriter(NAME, { em, keyring, at }),
      'run.compute',
      evaluationRun,
      runId,
      () => ({}),
      (_, act) => act.follow(() => makeParts(em, runId)),
    );

/** Runs that have begun: some students in a transaction until all are done, whoever began it (4.8). */
export const computeRun: Job = {
  name: NAME,
  cron: '*/5 * * * *',
  async run(office, at) {
    for (const run of await execute<Planned>(forkOf(office.orm), COMPUTING)) {
      while (await inTransaction(office, (em) => computeNext(em, at, run)));
      await inTransaction(office, complete(office, at, run.runId));
    }
  },
};
