/** What each role reads of one student, whole: for tests that compare answers before and after. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELATIONS } from '@chengxin/archive/access/relation.rules';
import type { Role } from '@chengxin/kit/privacy/roles';
import { buildASTSchema, parse } from 'graphql';
import { CALLERS, STUDENT } from './callers.js';
import type { TestCollege } from './college.js';
import { selectAll } from './selection.js';

export type Answers = Readonly<Partial<Record<Role, string>>>;

/** The log grows with each question, and so do the views of a token. */
const LEFT_OUT = ['AccessEvent', 'ReportToken'];

/** Who has no relation to any student reaches none, whatever stands of one. */
const REACHING = CALLERS.filter(([role]) => RELATIONS[role] !== 'NONE');

const SCHEMA = join(import.meta.dirname, '../../subgraphs/archive/schema.graphql');

/** Everything of the archive that names the student, in one operation; read from its schema. */
function question(): string {
  const schema = buildASTSchema(parse(readFileSync(SCHEMA, 'utf8')), { assumeValidSDL: true });
  const student = selectAll(schema, 'Student', LEFT_OUT).replace(/ access /, ' ');
  return `{
    student(studentNo: "${STUDENT}") ${student}
    students(first: 100) { nodes { studentNo } pageInfo { hasNextPage } }
    caseDossier(studentNo: "${STUDENT}") { purposeBlock { code } }
    employerReport { newerReportExists issuedOn }
    myNotices { kind subjectRef subjectGroup }
    cases(first: 100) { nodes { caseId students } }
  }`;
}

/** The answer of every role, or of some, with its errors, as one text each. */
export async function requestAll(college: TestCollege, roles?: readonly Role[]): Promise<Answers> {
  const query = question();
  const answers: [Role, string][] = [];
  for (const [role, person, headers] of REACHING) {
    if (roles && !roles.includes(role)) continue;
    const { data, errors } = await college.request(person, query, { headers });
    if (data === undefined) throw new Error(`${role}: ${JSON.stringify(errors)}`);
    answers.push([role, JSON.stringify({ data, errors })]);
  }
  return Object.fromEntries(answers);
}

/** The roles whose answers differ, of those that requested both times. */
export const differing = (before: Answers, after: Answers): Role[] =>
  REACHING.map(([role]) => role).filter(
    (role) => after[role] !== undefined && before[role] !== after[role],
  );
