import { endingJob } from '@chengxin/kit/change/ending-job';
import { evaluationCase } from './evaluation-case.noun.js';

/**
 * Cases whose time is over, decided or not: nobody sees anything in them from that instant on (INV-09).
 * A committee's case whose appeal is not concluded is prolonged, and stays (L-06).
 */
export const closeCases = endingJob({
  name: 'closeCases',
  action: 'case.close',
  noun: evaluationCase,
  due: `
    select case_id as id from evaluation_case
    where closes_at <= ?::timestamptz and (state = 'DECIDED'
      or (state in ('OPEN', 'IN_EVALUATION') and purpose <> 'APPEAL'))
    order by case_id`,
  step: () => ({}),
});
