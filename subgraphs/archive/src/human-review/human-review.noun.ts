import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { withRelated } from '../staff/declaration.loader.js';
import { HumanReview } from './human-review.entity.js';
import { confirmersOf, humanReviewRows } from './human-review.loader.js';

/** A person reviews a grade (L-08): never one who confirmed it, or declared a relation. */
export const humanReview = noun<HumanReview>({
  name: 'HumanReview',
  entity: HumanReview,
  machine: 'HumanReview',
  rows: humanReviewRows,
  lockFirst: lockStudent,
  people: withRelated(async (em, rows) => {
    const confirmers = await confirmersOf(
      em,
      rows.map(({ snapshotId }) => snapshotId),
    );
    return confirmers.map((people) => ({ 'grade.confirm': people }));
  }),
  constraints: {
    human_review_once: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该等级已申请人工复核。 A review of this grade was requested already.',
    },
    human_review_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    human_review_apart: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
