import type { Group } from '@chengxin/kit/privacy/groups';
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { conductPredicates, NOT_OF_RESEARCH } from './conduct.rules.js';
import { ExamViolation, type ExamViolationState } from './exam-violation.entity.js';

/** Groups that a state takes beside ACADEMIC_MISCONDUCT (DOMAIN 3.2). */
const GROUPS_OF: Readonly<Record<ExamViolationState, readonly Group[]>> = {
  PROPOSED: ['PENDING_CONDUCT'],
  NOTIFIED: ['PENDING_CONDUCT'],
  DISMISSED: ['CLOSED_CONDUCT'],
  FOUND: [],
  ACTIVE: [],
  MITIGATED: [],
  REPAIRED: ['CLOSED_CONDUCT'],
  LIFTED: ['CLOSED_CONDUCT'],
  EXPIRED: ['CLOSED_CONDUCT'],
  REVOKED: ['CLOSED_CONDUCT'],
  SEALED: ['CLOSED_CONDUCT'],
};

/** All groups that a violation takes in its state. */
export const groupsOfViolation = ({ state }: ExamViolation): readonly Group[] => [
  'ACADEMIC_MISCONDUCT',
  ...GROUPS_OF[state],
];

/** How they are read by everybody, the office's own list included. */
export const examViolationRows: StudentRows<ExamViolation> = {
  entity: ExamViolation,
  group: 'ACADEMIC_MISCONDUCT',
  predicates: conductPredicates({
    state: 'state',
    groupsOf: GROUPS_OF,
    ofResearch: NOT_OF_RESEARCH,
  }),
  orderBy: { occurredOn: 'desc', id: 'asc' },
};

/** Exam violations of a student, the latest first. */
export const examViolationsOf = studentRows(examViolationRows);
