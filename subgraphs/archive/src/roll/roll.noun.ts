import { ChangeErrorCode, type ConstraintMeaning } from '@chengxin/kit/change/errors';
import { guardBy } from '@chengxin/kit/change/guard';
import { noun, type ReadRows } from '@chengxin/kit/change/noun';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { lockStudent, lockStudents } from '../lock-order.js';
import { pairsOf } from './pair.loader.js';
import { StudentMerge } from './student-merge.entity.js';
import { requireMergeable } from './student-merge.rules.js';
import { StudentRenumbering } from './student-renumbering.entity.js';
import { StudentTransfer } from './student-transfer.entity.js';
import { NUMBER_TAKEN } from './student-renumbering.rules.js';

/** Whose matter the student stands in was decided with him. */
const decided = () => ({});
const predicates = {
  OWN_MATTER: decided,
  OWN_DOMAIN: decided,
  OWN_PROVIDER: decided,
  SUBMITTED: decided,
};

/** Who sees the student in whole, and may act on him by the table, sees what he has made of it. */
const rows: ReadRows<{ studentNo: string }> = { group: 'IDENTITY', predicates };

const taken: ConstraintMeaning = {
  code: ChangeErrorCode.VALIDATION,
  what: NUMBER_TAKEN,
  path: ['newNo'],
};

/** A change of the number of a student (F-07): proposed, and decided by another person. */
export const studentRenumbering = noun<StudentRenumbering>({
  name: 'StudentRenumbering',
  entity: StudentRenumbering,
  machine: 'StudentRenumbering',
  rows: rows as ReadRows<StudentRenumbering>,
  lockFirst: lockStudent,
  constraints: {
    student_renumbering_one: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该生已有待批准的学号变更。 A change of the number of this student waits already.',
    },
    student_renumbering_number: taken,
    student_pkey: taken,
    student_number_is_new: taken,
    student_renumbering_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});

/** A change of college (G19.1): made at once, and never changed. */
export const studentTransfer = noun<StudentTransfer>({
  name: 'StudentTransfer',
  entity: StudentTransfer,
  actions: [],
  rows: rows as ReadRows<StudentTransfer>,
  lockFirst: lockStudent,
});

const WAITING = `
  select duplicate_no as "duplicateNo" from student_merge
  where student_no = ? and state = 'PROPOSED'`;

/** Both students of what waits, in the order of their numbers. */
async function lockBoth(em: EntityManager, studentNo: string): Promise<void> {
  const waiting = await execute<{ duplicateNo: string }>(em, WAITING, [studentNo]);
  await lockStudents(em, [studentNo, ...waiting.map(({ duplicateNo }) => duplicateNo)]);
}

const merging: ConstraintMeaning = {
  code: ChangeErrorCode.STATE_CONFLICT,
  what: '该学号已有待批准的合并。 A merge of this number waits already.',
};

/** A merge of two archives of one person (F-07): proposed, and decided by another person. */
export const studentMerge = noun<StudentMerge>({
  name: 'StudentMerge',
  entity: StudentMerge,
  machine: 'StudentMerge',
  rows: rows as ReadRows<StudentMerge>,
  lockFirst: lockBoth,
  guards: { 'student.approveMerge': guardBy(pairsOf, (_, pair) => requireMergeable(pair)) },
  constraints: {
    student_merge_one: merging,
    student_merge_duplicate: merging,
    student_merge_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
