import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { HumanReview } from './human-review.entity.js';
import { HumanReviewMutation } from './human-review.mutation.js';
import { humanReview } from './human-review.noun.js';
import { HumanReviewResolver, StudentReviewResolver } from './human-review.resolver.js';
import { lapseHumanReviews } from './lapse-human-reviews.job.js';

export const humanReviewArea: Area = {
  entities: [HumanReview],
  resolvers: [
    StudentReviewResolver,
    HumanReviewResolver,
    HumanReviewMutation,
    actionsField(humanReview),
  ],
  jobs: [lapseHumanReviews],
};
