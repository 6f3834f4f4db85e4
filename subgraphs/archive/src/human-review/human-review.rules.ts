/** What each step of a human review writes. Pure. Source: L-08, DOMAIN 3.6. */
import type { Act } from '@chengxin/kit/change/act';
import { filled } from '@chengxin/kit/change/documents.rules';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { STATEMENT_AT_MOST } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import { HumanReviewState, type HumanReview } from './human-review.entity.js';

/** Working days after the day of the request within which a person decides `[P]` (3.6). */
export const REVIEW_WORKING_DAYS = 10;

/** What the archive knows of the grade that a request names. */
export interface ReviewedGrade {
  /** Whether it is what the student's latest snapshot says. */
  readonly stands: boolean;
  /** Whether a person looks at it, or has. */
  readonly isReviewed: boolean;
}

/**
 * Requested by the student himself, of the grade that stands.
 *
 * @throws STATE_CONFLICT for one that does not stand, or that a person looks at or has looked at.
 */
export function requested(
  { snapshotId, grounds }: { readonly snapshotId: string; readonly grounds: string },
  { stands, isReviewed }: ReviewedGrade,
  dueOn: string,
  { now }: Act,
): Changes<HumanReview> {
  const text = filled('grounds', grounds, STATEMENT_AT_MOST);
  if (!stands)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '只能复核现在的等级。 It is the grade of now alone that is reviewed.',
    );
  if (isReviewed)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '该等级已申请人工复核。 A review of this grade was requested already.',
    );
  return { snapshotId, grounds: text, requestedAt: now, dueOn };
}

export interface ReviewDecision {
  readonly upheld: boolean;
  /** What was found; the student reads it. */
  readonly reason?: string;
}

/**
 * Upheld, or computed anew of the records as they are: nobody sets a grade.
 *
 * @param resultSnapshotId  The latest snapshot, where it was computed anew.
 * @throws VALIDATION for a decision without a reason.
 */
export function decided(
  { upheld, reason }: ReviewDecision,
  resultSnapshotId: string | undefined,
  { by, today }: Act,
): Changes<HumanReview> {
  if (!reason?.trim())
    throw invalid('reason', '请写明复核意见，学生可见。 Say what was found; the student reads it.');
  return {
    state: upheld ? HumanReviewState.UPHELD : HumanReviewState.RECOMPUTED,
    answer: reason.trim(),
    decidedBy: by.subject,
    decidedOn: today,
    ...(resultSnapshotId && { resultSnapshotId }),
  };
}
