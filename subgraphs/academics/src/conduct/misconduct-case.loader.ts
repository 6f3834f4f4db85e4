import type { Group } from '@chengxin/kit/privacy/groups';
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { conductPredicates } from './conduct.rules.js';
import { MisconductCase } from './misconduct-case.entity.js';

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

/** Plagiarism, fabrication, falsification and paper trading; homework and transcripts are not research. */
const RESEARCH_CODES = ['D1-02', 'D1-03', 'D1-08', 'D1-09'];

/** How they are read by everybody, the office's own list included. */
export const misconductRows: StudentRows<MisconductCase> = {
  entity: MisconductCase,
  group: 'ACADEMIC_MISCONDUCT',
  predicates: conductPredicates({
    state: 'stage',
    groupsOf: GROUPS_OF,
    ofResearch: { indicatorCode: { $in: RESEARCH_CODES } },
  }),
  orderBy: { reportedOn: 'desc', id: 'asc' },
};

/** Misconduct cases of a student, the latest first. */
export const misconductCasesOf = studentRows(misconductRows);
