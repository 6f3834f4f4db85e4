import { endingJob } from '@chengxin/kit/change/ending-job';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import { humanReview } from './human-review.noun.js';
import { notifyOf } from './notify-review.js';

/** The grade of a request is not what is said of the student any more: he may request a review of the new one. */
export const lapseHumanReviews = endingJob({
  name: 'lapseHumanReviews',
  action: 'humanReview.lapse',
  noun: humanReview,
  due: `
    select h.id from human_review h join credit_snapshot s on s.snapshot_id = h.snapshot_id
    where h.state = 'REQUESTED' and h.requested_at <= ?::timestamptz
      and s.grade || s.school_view::text is distinct from (
        select l.grade || l.school_view::text from credit_snapshot l
        where l.student_no = s.student_no and l.kind = s.kind order by l.seq desc limit 1)
    order by h.id`,
  step: () => ({}),
  after: (row, { follow }) => follow((em, now) => notifyOf(em, now, row, STUDENT_AFFAIRS)),
});
