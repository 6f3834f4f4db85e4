import type { RowPredicate } from '@chengxin/kit/read/rows';
import { SubmissionState, type Submission } from './submission.entity.js';

/** `SUBMITTED`: approved and not disputed, and so the connector's to send (note 8, 4.2). */
export const approvedOnly: RowPredicate<Submission> = () => ({
  state: SubmissionState.APPROVED,
  isDisputed: false,
});

/** `OWN_DOMAIN`: every submission is the discipline office's to approve (note 12, 3.8). */
export const ofDiscipline: RowPredicate<Submission> = () => ({});
