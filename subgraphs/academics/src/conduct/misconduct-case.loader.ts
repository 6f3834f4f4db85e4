import type { Group } from '@chengxin/kit/privacy/groups';
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { conductPredicates } from './conduct.rules.js';
import { MisconductCase } from './misconduct-case.entity.js';
import { RESEARCH_CODES } from './misconduct-case.rules.js';

/** Groups that a stage takes beside ACADEMIC_MISCONDUCT: before FINAL it is pending (field-groups.csv). */
const GROUPS_OF: Readonly<Record<string, readonly Group[]>> = {
  REPORTED: ['PENDING_CONDUCT'],
  PRELIMINARY: ['PENDING_CONDUCT'],
  FORMAL: ['PENDING_CONDUCT'],
  FOUND: ['PENDING_CONDUCT'],
  NOT_FOUND: ['CLOSED_CONDUCT'],
  DECIDED: ['PENDING_CONDUCT'],
  FINAL: [],
};

/** All groups that a case takes at its stage. */
export const groupsOfCase = ({ stage }: MisconductCase): readonly Group[] => [
  'ACADEMIC_MISCONDUCT',
  ...(GROUPS_OF[stage] ?? []),
];

/** How they are read by everybody, the office's own list included. */
export const misconductRows: StudentRows<MisconductCase> = {
  entity: MisconductCase,
  group: 'ACADEMIC_MISCONDUCT',
  predicates: conductPredicates({
    state: 'stage',
    groupsOf: GROUPS_OF,
    ofResearch: { indicatorCode: { $in: [...RESEARCH_CODES] } },
  }),
  orderBy: { reportedOn: 'desc', id: 'asc' },
};

/** Misconduct cases of a student, the latest first. */
export const misconductCasesOf = studentRows(misconductRows);
