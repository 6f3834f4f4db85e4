/** What a change of college comes to. Pure. Source: G19.1, F-07. */
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { EnrolmentStatus, type Student } from '../student/student.entity.js';
import type { StudentTransfer } from './student-transfer.entity.js';

/** Where a student is to belong, by codes; his major stays where none is given. */
export interface NewPlace {
  readonly college: string;
  readonly classCode: string;
  readonly majorCode?: string;
}

const STUDYING: readonly EnrolmentStatus[] = [EnrolmentStatus.ENROLLED, EnrolmentStatus.SUSPENDED];

type Placed = Pick<Student, 'college' | 'classCode' | 'majorCode' | 'enrolmentStatus'>;

/**
 * A change of college.
 *
 * @throws STATE_CONFLICT for who has left; VALIDATION for the college in which the student is.
 */
export function transferred(
  { college, classCode, majorCode, enrolmentStatus }: Placed,
  to: NewPlace,
): Changes<StudentTransfer> & NewPlaceOf {
  if (!STUDYING.includes(enrolmentStatus))
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '该生已离校，不能转院系。 The student has left and changes no college.',
    );
  if (to.college === college)
    throw invalid('college', '该生已在此学院。 The student is in this college already.');
  return {
    fromCollege: college,
    fromClass: classCode,
    fromMajor: majorCode,
    toCollege: to.college,
    toClass: to.classCode,
    toMajor: to.majorCode ?? majorCode,
  };
}

/** The new place, as the row of a transfer says it. */
export type NewPlaceOf = Pick<StudentTransfer, 'toCollege' | 'toClass' | 'toMajor'>;

/** The same in the columns of a student. */
export const placeOf = ({ toCollege, toClass, toMajor }: NewPlaceOf) => ({
  college: toCollege,
  classCode: toClass,
  majorCode: toMajor,
});
