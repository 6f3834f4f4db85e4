/** What students were called before, and how they changed college and number. */
import { studentRows } from '@chengxin/kit/read/rows';
import { FormerName } from './former-name.entity.js';
import { schoolAlone } from './roll.predicates.js';
import { StudentMerge } from './student-merge.entity.js';
import { StudentRenumbering } from './student-renumbering.entity.js';
import { StudentTransfer } from './student-transfer.entity.js';

/** Former names, the latest first. The conditions of IDENTITY are on the student. */
export const formerNamesOf = studentRows<FormerName>({
  entity: FormerName,
  group: 'SUBJECT_REQUESTS',
  predicates: {},
  orderBy: { untilOn: 'desc', id: 'asc' },
});

/** Changes of college, the latest first. */
export const transfersOfStudent = studentRows<StudentTransfer>({
  entity: StudentTransfer,
  group: 'ADMINISTRATION',
  predicates: schoolAlone(),
  orderBy: { recordedAt: 'desc', id: 'asc' },
});

/** Changes of the number in every state, the latest first. */
export const renumberingsOf = studentRows<StudentRenumbering>({
  entity: StudentRenumbering,
  group: 'ADMINISTRATION',
  predicates: schoolAlone(),
  orderBy: { recordedAt: 'desc', id: 'asc' },
});

/** Merges with another archive in every state, the latest first. */
export const mergesOf = studentRows<StudentMerge>({
  entity: StudentMerge,
  group: 'ADMINISTRATION',
  predicates: schoolAlone(),
  orderBy: { recordedAt: 'desc', id: 'asc' },
});
