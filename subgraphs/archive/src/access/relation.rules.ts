/** How each role stands to students, before any condition note. Source: DOMAIN 3.1 (3), 3.3. */
import type { Role } from '@chengxin/kit/privacy/roles';

/**
 * SELF: the student himself. ORG: the student's class or college lies in the caller's orgs. CASE:
 * an open case lists the student and the caller. AUDIT: the caller's audit is open. TOKEN: the
 * report token opens this student's report. EVERY: every student, by office. MATTER: whoever stands
 * in a matter of the caller's office, which the condition of the cell says (notes 8, 10, 12). NONE:
 * never reaches a student.
 */
export type Relation = 'SELF' | 'ORG' | 'CASE' | 'AUDIT' | 'TOKEN' | 'EVERY' | 'MATTER' | 'NONE';

export const RELATIONS: Readonly<Record<Role, Relation>> = {
  STU_SELF: 'SELF',
  STU_OTHER: 'NONE',
  COUNSELLOR: 'ORG',
  COLLEGE_ADMIN: 'ORG',
  SCHOOL_ADMIN: 'ORG',
  LEADING_GROUP: 'NONE',
  AUDITOR: 'AUDIT',
  SYS_OPERATOR: 'NONE',
  APPEAL_COMMITTEE: 'CASE',
  STAFF_SELF: 'NONE',
  AAO_CLERK: 'EVERY',
  AAO_REVIEWER: 'EVERY',
  FIN_CLERK: 'EVERY',
  FIN_REVIEWER: 'EVERY',
  SEC_CLERK: 'EVERY',
  SEC_REVIEWER: 'EVERY',
  CYL_CLERK: 'EVERY',
  CYL_REVIEWER: 'EVERY',
  HRO_STAFF: 'NONE',
  RDO_STAFF: 'MATTER',
  DIS_OFFICER: 'MATTER',
  AEO_STAFF: 'MATTER',
  EV_AWARD: 'CASE',
  EV_PARTY: 'CASE',
  EV_AID: 'CASE',
  EV_EMPLOY: 'CASE',
  REPORT_SVC: 'NONE',
  TPC_INST: 'NONE',
  EMPLOYER_TOKEN: 'TOKEN',
  PROV_CONN: 'MATTER',
  PUBLIC: 'NONE',
};
