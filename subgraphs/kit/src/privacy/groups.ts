/** The privacy groups in the order of FG01…FG44. Source: DOMAIN 3.2; `privacy-matrix.csv`. */
export const GROUPS = [
  'IDENTITY',
  'SENSITIVE_IDENTITY',
  'HARDSHIP',
  'ACCOUNT',
  'COMMITMENTS',
  'SELF_ENTRIES',
  'SELF_ENTRY_DRAFTS',
  'GRADES',
  'ACADEMIC_SUMMARY',
  'ACADEMIC_MISCONDUCT',
  'GRADUATION_REMARK',
  'GOOD_CONDUCT',
  'BAD_CONDUCT',
  'CLOSED_CONDUCT',
  'SANCTION_FILES',
  'TUITION',
  'LOANS_AND_AID',
  'LAW_VIOLATIONS',
  'CARD_OVERDRAFTS',
  'PHONE_BILLS',
  'CREDIT_SCORE',
  'CREDIT_GRADE',
  'CREDIT_LEDGER',
  'SUPERVISION',
  'APPEALS',
  'REPAIRS',
  'ACCESS_LOG',
  'OPERATION_LOG',
  'CONSENTS',
  'TEACHER_ARCHIVE',
  'RESEARCH_RECORDS',
  'SUBMISSIONS',
  'STATISTICS',
  'RULES',
  'MODEL_CASES',
  'SUBJECT_REQUESTS',
  'PENDING_CONDUCT',
  'CASES',
  'ADMINISTRATION',
  'GOVERNANCE',
  'COLLECTION',
  'LOAN_PERFORMANCE',
  'STAFF_IDENTITY',
  'NOTICES',
] as const;
export type Group = (typeof GROUPS)[number];

/** What needs a login and nothing more (`me`, page information, payload shells). */
export const AUTHENTICATED = 'AUTHENTICATED';
export type Policy = Group | typeof AUTHENTICATED;

const NAMES: ReadonlySet<string> = new Set(GROUPS);
export const isGroup = (name: string): name is Group => NAMES.has(name);

/**
 * Groups whose rows belong to no student: the role alone decides, the office's predicates narrow.
 * Every other group is about one student and needs the archive's decision on that student.
 */
const ROLE_GROUPS: ReadonlySet<string> = new Set([
  AUTHENTICATED,
  'STATISTICS',
  'RULES',
  'MODEL_CASES',
  'ADMINISTRATION',
  'GOVERNANCE',
  'COLLECTION',
  'CASES',
  'STAFF_IDENTITY',
  'TEACHER_ARCHIVE',
  'OPERATION_LOG',
] satisfies Policy[]);
export const isAboutStudent = (group: Policy): boolean => !ROLE_GROUPS.has(group);

/**
 * Groups that a row may take beside the group of its entrance, by its state or origin (DOMAIN 3.2).
 * The decision on the first also covers the others, so that the office can judge each row.
 */
const ORIGINS: readonly Group[] = [
  'ACADEMIC_MISCONDUCT',
  'TUITION',
  'LAW_VIOLATIONS',
  'CARD_OVERDRAFTS',
  'PHONE_BILLS',
  'LOAN_PERFORMANCE',
  'PENDING_CONDUCT',
  'CLOSED_CONDUCT',
];
/** What an appeal, a notice or a warning may be about: anything that is known of a student. */
const ABOUT: readonly Group[] = GROUPS.filter(isAboutStudent);
export const ROW_GROUPS: Partial<Record<Group, readonly Group[]>> = {
  ACADEMIC_MISCONDUCT: ['PENDING_CONDUCT', 'CLOSED_CONDUCT'],
  LAW_VIOLATIONS: ['PENDING_CONDUCT', 'CLOSED_CONDUCT'],
  GOOD_CONDUCT: ['PENDING_CONDUCT', 'CLOSED_CONDUCT', 'PHONE_BILLS'],
  BAD_CONDUCT: ORIGINS,
  CLOSED_CONDUCT: ['BAD_CONDUCT', ...ORIGINS],
  PENDING_CONDUCT: ['BAD_CONDUCT', ...ORIGINS],
  SELF_ENTRIES: ['SENSITIVE_IDENTITY', 'LOANS_AND_AID', 'SELF_ENTRY_DRAFTS'],
  SELF_ENTRY_DRAFTS: ['SENSITIVE_IDENTITY', 'LOANS_AND_AID'],
  SANCTION_FILES: ['PENDING_CONDUCT', 'CLOSED_CONDUCT'],
  LOANS_AND_AID: ['HARDSHIP'],
  ACCOUNT: ['APPEALS'],
  COMMITMENTS: ['LOANS_AND_AID', 'PENDING_CONDUCT', 'CLOSED_CONDUCT'],
  APPEALS: ABOUT,
  NOTICES: ABOUT,
  SUPERVISION: ABOUT,
  REPAIRS: ['BAD_CONDUCT', ...ORIGINS],
  SUBMISSIONS: ['CLOSED_CONDUCT'],
  SUBJECT_REQUESTS: ['CLOSED_CONDUCT'],
  CREDIT_GRADE: ['CLOSED_CONDUCT'],
  CREDIT_SCORE: ['CREDIT_GRADE', 'CLOSED_CONDUCT'],
  CREDIT_LEDGER: ['CREDIT_GRADE', 'CLOSED_CONDUCT'],
  // An access event also takes the groups that it names.
  ACCESS_LOG: GROUPS.filter((group) => isAboutStudent(group)),
};
