import { endingJob } from '@chengxin/kit/change/ending-job';
import { readRuleBook } from '../credit/rule-book.js';
import { evaluationRun } from './evaluation-run.noun.js';
import { begun } from './evaluation-run.rules.js';

/** A planned run begins once the day that it is of is over; the rules of that day are pinned (4.8). */
export const startRun = endingJob({
  name: 'startRun',
  action: 'run.start',
  noun: evaluationRun,
  due: `
    select run_id as id from evaluation_run
    where state = 'PLANNED' and cut_off_at < ?::timestamptz order by run_id`,
  step: async (run, { follow }) => begun(run, await follow(readRuleBook)),
});
