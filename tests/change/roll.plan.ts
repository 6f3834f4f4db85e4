import type { TestCollege } from '../support/college.js';
import { duplicateOf, freeNumber, newStudent } from '../support/new-student.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import type { NounPlan, Seeded } from './plans.js';

/** Another college than that of the students who are transferred here, with one of its classes. */
export const NEW_PLACE = { college: 'C02', classCode: '20240201', majorCode: 'M0201' };

/** A transfer is made, and never changed; each is of a student of his own. */
export const studentTransferPlan: NounPlan = {
  noun: 'StudentTransfer',
  machine: '',
  isOf: (action) => action === 'student.transfer',
  office: 'archive',
  table: 'student_transfer',
  fields: 'id version toCollege',
  seed: () => Promise.reject(new Error('A transfer has no state.')),
  opening: async (college) => ({
    studentNo: await newStudent(college),
    ...NEW_PLACE,
    reason: 'a reason',
  }),
};

/** A change of the number of a student, in a state. */
export async function renumberingOf(
  college: TestCollege,
  studentNo: string,
  state: string,
): Promise<Seeded> {
  const { id = '' } = await put(college, 'archive', 'student_renumbering', {
    id: crypto.randomUUID(),
    student_no: studentNo,
    old_no: studentNo,
    new_no: freeNumber(),
    state,
    recorded_by: 'T9999',
    recorded_at: '2026-03-01T00:00:00Z',
    ...(state === 'APPROVED' && { approved_by: 'T9998', approved_at: '2026-03-02T00:00:00Z' }),
  });
  return { id, version: 1 };
}

/** A student has one that waits at a time: each that is decided on is of a student of his own. */
export const studentRenumberingPlan: NounPlan = {
  noun: 'StudentRenumbering',
  office: 'archive',
  table: 'student_renumbering',
  seed: async (college, _studentNo, state) =>
    renumberingOf(college, await newStudent(college), state),
  async opening(college, studentNo) {
    await asOwner(college, 'archive', `delete from student_renumbering where student_no = $1`, [
      studentNo,
    ]);
    return { studentNo, newNo: freeNumber(), reason: 'a reason' };
  },
};

/** A merge with another number of the same student, in a state. */
export async function mergeOf(
  college: TestCollege,
  studentNo: string,
  state: string,
): Promise<Seeded> {
  const { id = '' } = await put(college, 'archive', 'student_merge', {
    id: crypto.randomUUID(),
    student_no: studentNo,
    duplicate_no: await duplicateOf(college, studentNo),
    state,
    recorded_by: 'T9999',
    recorded_at: '2026-03-01T00:00:00Z',
    ...(state === 'APPROVED' && {
      duplicate_college: NEW_PLACE.college,
      duplicate_class: NEW_PLACE.classCode,
      duplicate_major: NEW_PLACE.majorCode,
      approved_by: 'T9998',
      approved_at: '2026-03-02T00:00:00Z',
    }),
  });
  return { id, version: 1 };
}

/** One that waits at a time, of a student of his own, as above. */
export const studentMergePlan: NounPlan = {
  noun: 'StudentMerge',
  office: 'archive',
  table: 'student_merge',
  fields: 'id version state duplicateNo',
  seed: async (college, _studentNo, state) => mergeOf(college, await newStudent(college), state),
  opening: async (college) => mergeOpening(college, await newStudent(college)),
};

/** Of a student of his own: a case that evaluates the one of DOMAIN §5 keeps him from being merged. */
export const mergeOpening = async (college: TestCollege, studentNo: string) => ({
  studentNo,
  duplicateNo: await duplicateOf(college, studentNo),
  reason: 'a reason',
});
