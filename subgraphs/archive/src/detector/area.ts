import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { AccessReview } from './access-review.entity.js';
import { AccessReviewMutation } from './access-review.mutation.js';
import { accessReview } from './access-review.noun.js';
import { AccessReviewResolver } from './access-review.resolver.js';
import { runDetectors } from './run-detectors.job.js';

export const detectorArea: Area = {
  entities: [AccessReview],
  resolvers: [AccessReviewResolver, AccessReviewMutation, actionsField(accessReview)],
  jobs: [runDetectors],
};
