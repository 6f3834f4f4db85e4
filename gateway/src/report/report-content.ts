/**
 * What a report says: of each group of its template, what the graph shows an employer. Pure.
 * Source: DOMAIN 3.4 (7), 3.6.
 */
import type { Group } from '@chengxin/kit/privacy/groups';
import { isObject, type Values } from '../objects.js';

/** Selections of the student, by the group under which they stand. */
const SELECTED: Readonly<Partial<Record<Group, string>>> = {
  IDENTITY: `studentNo name cohort enrolmentStatus graduationOn
    collegeOrg { name } majorOrg { name } classOrg { name }`,
  CREDIT_GRADE: 'credit { grade asOf ruleSetVersion }',
  CREDIT_SCORE: 'credit { score }',
  ACADEMIC_SUMMARY: 'academicSummary { gpa creditsEarned rankBand graduationEligibility }',
  ACADEMIC_MISCONDUCT: 'examViolations { indicatorCode } misconductCases { stage }',
  BAD_CONDUCT: 'conductRecords { severity }',
  GOOD_CONDUCT: `goodRecords { occurredOn indicatorCode level summary }
    cadrePosts { org post from to } practices { activity hours } volunteerHours { termCode hours }`,
  GRADUATION_REMARK: 'graduationRemark { text issuedOn }',
  COMMITMENTS: 'commitments { matter state signedAt }',
  SELF_ENTRIES: 'selfEntries { kind title organisation role startOn endOn }',
  GRADES: 'grades { termCode courseName credits gradePoint score { raw scale } }',
};

/** Groups that a report can say something of, in the order in which it does. */
const GROUPS = Object.keys(SELECTED) as Group[];

/** Whether there is a serious bad record, and nothing else of any (note 7). */
type Flag = 'NONE' | 'HAS_ACTIVE_SERIOUS';

/** The content of a report, by group. */
export type ReportContent = Readonly<Partial<Record<Group, Values | Flag>>>;

/** The groups of a report among some. */
export const reportGroups = (among: readonly string[]): Group[] =>
  GROUPS.filter((group) => among.includes(group));

/** The operation that reads some groups of the report of the request. */
export const reportOperation = (groups: readonly Group[]): string =>
  `query CreditReport { employerReport { student {
    ${groups.map((group) => SELECTED[group] ?? '').join('\n')} } } }`;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const flagOf = (...lists: readonly unknown[]): Flag =>
  lists.some((list) => listOf(list).length > 0) ? 'HAS_ACTIVE_SERIOUS' : 'NONE';
const nameOf = (org: unknown): unknown => (isObject(org) ? org['name'] : null);

/** What was read, under its groups. */
const READ: Readonly<Partial<Record<Group, (student: Values) => Values | Flag>>> = {
  IDENTITY: ({ studentNo, name, cohort, enrolmentStatus, graduationOn, ...orgs }) => ({
    studentNo,
    name,
    college: nameOf(orgs['collegeOrg']),
    major: nameOf(orgs['majorOrg']),
    class: nameOf(orgs['classOrg']),
    cohort,
    enrolmentStatus,
    graduationOn,
  }),
  CREDIT_GRADE: ({ credit }) => {
    const { grade, asOf, ruleSetVersion } = (credit ?? {}) as Values;
    return { grade, asOf, ruleSetVersion };
  },
  CREDIT_SCORE: ({ credit }) => ({ score: ((credit ?? {}) as Values)['score'] }),
  ACADEMIC_SUMMARY: ({ academicSummary }) => (academicSummary ?? {}) as Values,
  ACADEMIC_MISCONDUCT: ({ examViolations, misconductCases }) =>
    flagOf(examViolations, misconductCases),
  BAD_CONDUCT: ({ conductRecords }) => flagOf(conductRecords),
  GOOD_CONDUCT: ({ goodRecords, cadrePosts, practices, volunteerHours }) => ({
    goodRecords,
    cadrePosts,
    practices,
    volunteerHours,
  }),
  GRADUATION_REMARK: ({ graduationRemark }) => (graduationRemark ?? {}) as Values,
  COMMITMENTS: ({ commitments }) => ({ commitments }),
  SELF_ENTRIES: ({ selfEntries }) => ({ selfEntries }),
  GRADES: ({ grades }) => ({ grades }),
};

/** The answer to the operation, by group. */
export const contentOf = (student: Values, groups: readonly Group[]): ReportContent =>
  Object.fromEntries(groups.map((group) => [group, READ[group]?.(student) ?? {}]));
