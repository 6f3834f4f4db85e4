import { dayIn } from '@chengxin/kit/database/day';
import { endingJob } from '@chengxin/kit/change/ending-job';
import { DAYS_TO_ESCALATE } from './appeal-change.rules.js';
import { appeal } from './appeal.noun.js';

/**
 * Decided appeals that cannot be taken further: a rejected one once its time is over, any other, and one
 * that was reviewed further, from the day after. Of those decided before days were kept, the last day on
 * which they were to be decided counts. Appeals against sanctions have an end of their own (2.4).
 */
export const closeAppeals = endingJob({
  name: 'closeAppeals',
  action: 'appeal.close',
  noun: appeal,
  due: `
    select id from appeal
    where state = 'DECIDED' and kind <> 'SANCTION'
      and ${dayIn('?::timestamptz')} > coalesce(decided_on, due_on)
        + case when outcome = 'REJECT' and escalated_at is null then ${DAYS_TO_ESCALATE} else 0 end
    order by student_no, id`,
  step: () => ({}),
});
