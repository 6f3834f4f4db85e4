import { endingJob } from '@chengxin/kit/change/ending-job';
import { RunDiscarded } from './evaluation-run.entity.js';
import { laterLocked } from './evaluation-run.loader.js';
import { evaluationRun } from './evaluation-run.noun.js';

/** A run that can come to nothing ends, so that none is stuck: nobody is rated, or a later one is locked. */
export const discardRuns = endingJob({
  name: 'discardRuns',
  action: 'run.discard',
  noun: evaluationRun,
  due: `
    select r.run_id as id from evaluation_run r
    where r.state = 'COMPUTED'
        and not exists (select from evaluation_run_part p where p.run_id = r.run_id)
      or r.state in ('PLANNED', 'COMPUTING', 'COMPUTED', 'COLLEGE_CONFIRMED', 'SELF_NOTICE', 'CONFIRMED')
        and exists (select from evaluation_run l where l.kind = r.kind and l.state = 'LOCKED'
          and l.cut_off_at > r.cut_off_at and l.locked_at <= ?::timestamptz)
    order by r.run_id`,
  step: async ({ kind, cutOffAt }, { follow }) => ({
    discardedBecause: (await follow((em) => laterLocked(em, { kind, cutOffAt })))
      ? RunDiscarded.LATER_RUN_LOCKED
      : RunDiscarded.NOBODY_RATED,
  }),
});
