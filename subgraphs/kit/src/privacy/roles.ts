/** The roles of the privacy matrix. Source: DOMAIN 3.3; `privacy-matrix.csv`. */
export const ROLES = [
  'STU_SELF',
  'STU_OTHER',
  'COUNSELLOR',
  'COLLEGE_ADMIN',
  'SCHOOL_ADMIN',
  'LEADING_GROUP',
  'AUDITOR',
  'SYS_OPERATOR',
  'APPEAL_COMMITTEE',
  'STAFF_SELF',
  'AAO_CLERK',
  'AAO_REVIEWER',
  'FIN_CLERK',
  'FIN_REVIEWER',
  'SEC_CLERK',
  'SEC_REVIEWER',
  'CYL_CLERK',
  'CYL_REVIEWER',
  'HRO_STAFF',
  'RDO_STAFF',
  'DIS_OFFICER',
  'AEO_STAFF',
  'EV_AWARD',
  'EV_PARTY',
  'EV_AID',
  'EV_EMPLOY',
  'REPORT_SVC',
  'TPC_INST',
  'EMPLOYER_TOKEN',
  'PROV_CONN',
  'PUBLIC',
] as const;
export type Role = (typeof ROLES)[number];

const NAMES: ReadonlySet<string> = new Set(ROLES);
export const isRole = (name: string): name is Role => NAMES.has(name);
