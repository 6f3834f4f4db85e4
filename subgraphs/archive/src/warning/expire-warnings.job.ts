import { dayIn } from '@chengxin/kit/database/day';
import { endingJob } from '@chengxin/kit/change/ending-job';
import { warning } from '../supervision/warning.noun.js';
import { IS_OVER } from './warned-rows.js';

/** So long after its last day nobody handles a warning any more. */
const DAYS_AFTER = 90;

/**
 * Warnings in hand whose last day is long past, and those whose matter is over: a breach that was
 * rectified or unfounded, a bill that was paid, deferred or excused (4.7). The student has it first.
 */
export const expireWarnings = endingJob({
  name: 'expireWarnings',
  action: 'warning.expire',
  noun: warning,
  due: `
    select w.id from warning w
    where (w.state = 'HANDLING'
        and w.due_on + ${DAYS_AFTER} < ${dayIn('?::timestamptz')})
      or (w.state in ('NOTIFIED', 'ACKNOWLEDGED', 'HANDLING') and (${IS_OVER}))
    order by w.id`,
  step: () => ({}),
});
