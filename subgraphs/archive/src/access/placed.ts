/** Where a student belongs: to a college and a class, each an org. */
import type { Student } from '../student/student.entity.js';

/** What of a student says where he belongs. */
export type Placed = Pick<Student, 'studentNo' | 'college' | 'classCode'>;

/** Whether a student belongs to one of some orgs, by their codes. */
export const isPlacedIn = (codes: ReadonlySet<string>, { college, classCode }: Placed): boolean =>
  codes.has(college) || codes.has(classCode);

/** The same, as a where-clause. */
export const placedIn = (codes: Iterable<string>): object => {
  const all = [...codes];
  return { $or: [{ college: { $in: all } }, { classCode: { $in: all } }] };
};
