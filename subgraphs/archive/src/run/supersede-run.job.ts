import { endingJob } from '@chengxin/kit/change/ending-job';
import { evaluationRun } from './evaluation-run.noun.js';

/** A locked run makes way for the one that was locked after it; its cases keep it (2.4, INV-08). */
export const supersedeRun = endingJob({
  name: 'supersedeRun',
  action: 'run.supersede',
  noun: evaluationRun,
  due: `
    select r.run_id as id from evaluation_run r
    where r.state = 'LOCKED' and exists (select from evaluation_run n
      where n.kind = r.kind and n.state = 'LOCKED' and n.locked_at > r.locked_at
        and n.locked_at <= ?::timestamptz)
    order by r.run_id`,
  step: (_, { now }) => ({ supersededAt: now }),
});
