import { endingJob } from '@chengxin/kit/change/ending-job';
import { evaluationRun } from './evaluation-run.noun.js';

/** A planned run begins once the day that it is of is over (4.8). */
export const startRun = endingJob({
  name: 'startRun',
  action: 'run.start',
  noun: evaluationRun,
  due: `
    select run_id as id from evaluation_run
    where state = 'PLANNED' and cut_off_at < ?::timestamptz order by run_id`,
  step: () => ({}),
});
