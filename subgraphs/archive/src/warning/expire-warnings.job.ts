import { dayIn } from '@chengxin/kit/database/day';
import { endingJob } from '@chengxin/kit/change/ending-job';
import { warning } from '../supervision/warning.noun.js';

/** So long after its last day nobody handles a warning any more. */
const DAYS_AFTER = 90;

/** Warnings in hand whose last day is long past (4.7). */
export const expireWarnings = endingJob({
  name: 'expireWarnings',
  action: 'warning.expire',
  noun: warning,
  due: `
    select id from warning
    where state = 'HANDLING'
      and due_on + ${DAYS_AFTER} < ${dayIn('?::timestamptz')}
    order by id`,
  step: () => ({}),
});
