/** What a new number of a student must be. Pure. Source: F-07. */
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { STUDENT_NO } from '@chengxin/kit/student-no';
import type { StudentRenumbering } from './student-renumbering.entity.js';

export const NUMBER_TAKEN =
  '该学号正在使用或曾被使用，学号不得再用。 The number is in use or was once; none is given twice.';

/**
 * A proposed change of the number.
 *
 * @param isTaken  Whether the new number is or was that of a student.
 * @throws VALIDATION naming `newNo`.
 */
export function proposedNumber(
  { studentNo }: { readonly studentNo: string },
  newNo: string,
  isTaken: boolean,
): Changes<StudentRenumbering> {
  if (!STUDENT_NO.test(newNo))
    throw invalid('newNo', '学号为十位数字。 A student number has ten digits.');
  if (newNo === studentNo)
    throw invalid('newNo', '与现学号相同。 It is the number that the student has.');
  requireFree(isTaken);
  return { oldNo: studentNo, newNo };
}

/** @throws VALIDATION naming `newNo`, for a number that is or was that of a student. */
export function requireFree(isTaken: boolean): void {
  if (isTaken) throw invalid('newNo', NUMBER_TAKEN);
}
