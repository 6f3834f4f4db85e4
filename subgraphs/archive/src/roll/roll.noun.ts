import { ChangeErrorCode, type ConstraintMeaning } from '@chengxin/kit/change/errors';
import { noun, type ReadRows } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
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
