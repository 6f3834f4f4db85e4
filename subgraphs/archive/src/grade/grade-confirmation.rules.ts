/** Who confirms a grade, and in which order. Pure. Source: L-08, DOMAIN 2.4. */
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Role } from '@chengxin/kit/privacy/roles';
import { ConfirmationLevel, type GradeConfirmation } from './grade-confirmation.entity.js';

/** What the archive knows of the snapshot that is named. */
export interface WaitingGrade {
  /** Whether it waits, and is what the student's latest snapshot says. */
  readonly isWaiting: boolean;
  /** Whether the college has confirmed it. */
  readonly isOfCollege: boolean;
}

/** @throws STATE_CONFLICT for a grade that does not wait, or that the college has not confirmed. */
export function confirmedOn(
  snapshotId: string,
  role: Role,
  { isWaiting, isOfCollege }: WaitingGrade,
): Changes<GradeConfirmation> {
  if (!isWaiting)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '没有此编号的待确认等级。 No grade of this number waits.',
    );
  const level = role === 'COLLEGE_ADMIN' ? ConfirmationLevel.COLLEGE : ConfirmationLevel.SCHOOL;
  if (level === ConfirmationLevel.SCHOOL && !isOfCollege)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '须先由学院确认。 The college confirms it first.',
    );
  return { snapshotId, level };
}
