import { endingJob } from '@chengxin/kit/change/ending-job';
import { evaluationCase } from './evaluation-case.noun.js';

/** A draft whose window is over is opened by nobody any more: it ends by itself. */
export const lapseCaseDrafts = endingJob({
  name: 'lapseCaseDrafts',
  action: 'case.lapse',
  noun: evaluationCase,
  due: `
    select case_id as id from evaluation_case
    where state = 'DRAFT' and closes_at <= ?::timestamptz order by case_id`,
  step: () => ({}),
});
