import type { EntityManager } from '@chengxin/kit/database/orm';
import { sendNotices } from '../notify/send-notices.js';
import { HumanReviewState, type HumanReview } from './human-review.entity.js';

const KINDS: Readonly<Record<HumanReviewState, string>> = {
  [HumanReviewState.REQUESTED]: 'REVIEW_REQUESTED',
  [HumanReviewState.UPHELD]: 'REVIEW_DECIDED',
  [HumanReviewState.RECOMPUTED]: 'REVIEW_DECIDED',
  [HumanReviewState.LAPSED]: 'REVIEW_LAPSED',
};

/** The student is notified of each state that his request comes to (L-08). */
export const notifyOf = (
  em: EntityManager,
  now: Date,
  { id, studentNo, state }: HumanReview,
  office: string,
): Promise<unknown> =>
  sendNotices(em, now, [
    {
      studentNo,
      kind: KINDS[state],
      subgraph: 'archive',
      type: 'HumanReview',
      id,
      office,
      groups: ['SUBJECT_REQUESTS'],
    },
  ]);
