/** The office that a role works for, as facts and matters name offices. Source: DOMAIN 0.1, 3.3. */
import type { Role } from '@chengxin/kit/privacy/roles';

/** Code of Student Affairs. */
export const STUDENT_AFFAIRS = 'SAO';

const OFFICES: Partial<Record<Role, string>> = {
  COLLEGE_ADMIN: 'COL',
  SCHOOL_ADMIN: STUDENT_AFFAIRS,
  AAO_CLERK: 'AAO',
  AAO_REVIEWER: 'AAO',
  FIN_CLERK: 'FIN',
  FIN_REVIEWER: 'FIN',
  SEC_CLERK: 'SEC',
  SEC_REVIEWER: 'SEC',
  CYL_CLERK: 'CYL',
  CYL_REVIEWER: 'CYL',
  HRO_STAFF: 'HRO',
  RDO_STAFF: 'RDO',
  DIS_OFFICER: 'DIS',
  AEO_STAFF: 'AEO',
};

/** Code of the office; nothing for those who work for none (students, evaluators, services). */
export const officeOf = (role: Role): string | undefined => OFFICES[role];

/** Whose matters are a role's own (note 10). The archive's own records are proposed by the college (3.8). */
export const matterOfficeOf = (role: Role): string | undefined =>
  role === 'COLLEGE_ADMIN' ? STUDENT_AFFAIRS : OFFICES[role];
