/** A report offered to those who graduate. Pure. Source: Z2.1, G10.1. */
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { ReportOffer } from './report-offer.entity.js';

export type Graduating = Pick<ReportOffer, 'graduationOn' | 'classCode'>;

/** @throws STATE_CONFLICT where nobody is reached: no list of that day is published, or none of the class. */
function requireSome(studentCount: number): void {
  if (studentCount < 1)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '该日该班级没有毕业名单中的学生。 Nobody of this day and class stands on a graduation list.',
    );
}

export function preparedOffer(of: Graduating, studentCount: number): Changes<ReportOffer> {
  requireSome(studentCount);
  return { ...of, studentCount };
}

/** Sent to those who stand on the list by now, who may be others than when it was prepared. */
export function sentOffer(
  studentCount: number,
  { by, now }: Pick<Act, 'by' | 'now'>,
): Changes<ReportOffer> {
  requireSome(studentCount);
  return { studentCount, approvedBy: by.subject, approvedAt: now };
}
