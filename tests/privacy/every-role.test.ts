/**
 * Every role selects every entrance of a student (DOMAIN 3.3): open where the matrix opens it to
 * the relation that the person has, refused by the cell's own name where it does not.
 */
import { readFileSync } from 'node:fs';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { isGroup, type Group } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { refusedByRole } from '@chengxin/kit/privacy/verdict';
import type { Role } from '@chengxin/kit/privacy/roles';
import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  parse,
  buildASTSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aid, bad, entry, ENTRY_KINDS, good, hardship, loan } from '../archive/own-rows.js';
import { liveThrough } from '../archive/whole-life.js';
import { CALLERS, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { policiesOf } from './matrix/walk.js';

/** Cells that are open but hang on facts that do not exist here: aid round (9), appeal (13), consent (33). */
const UNMET_NOTES: readonly number[] = [9, 13, 33];

const schema: GraphQLSchema = buildASTSchema(parse(readFileSync(SUPERGRAPH_FILE, 'utf8')), {
  assumeValidSDL: true,
});
const student = schema.getType('Student') as GraphQLObjectType;

/** A field with the least selection that is valid below it. */
function selectionOf(field: GraphQLField<unknown, unknown>): string {
  return isObjectType(getNamedType(field.type)) ? `${field.name} { __typename }` : field.name;
}

const entrances = Object.values(student.getFields()).filter(
  (field) => policiesOf(field).length > 0 && !field.args.some(isRequiredArgument),
);
const QUERY = `{ student(studentNo: "${STUDENT}") { ${entrances.map(selectionOf).join(' ')} } }`;

const SUPERVISED = 'keyAttention measures supervision warnings';
const OF_SCHOOL = `account agreement aliases appeals archive commitments conductRecords goodRecords
  graduationRemark modelCases repairs ${SUPERVISED}`;
const OF_OFFICE = 'aliases appeals archive conductRecords modelCases notices';
const OF_EVALUATION = 'aliases archive commitments conductRecords goodRecords modelCases';
/**
 * What shows rows of a student who has one of everything in the archive. What is open and not here
 * is empty: of the office's own matters, or before an accusation is notified, there is none.
 */
const SHOWN: Partial<Record<Role, string>> = {
  STU_SELF: `${OF_SCHOOL} closedConductRecords consents notices pendingConduct reportTokens sanctions
    stewards subjectRequests submissions`,
  COUNSELLOR: OF_SCHOOL,
  COLLEGE_ADMIN: `${OF_SCHOOL} notices pendingConduct sanctions stewards`,
  SCHOOL_ADMIN: `${OF_SCHOOL} consents notices pendingConduct sanctions stewards subjectRequests
    submissions`,
  AUDITOR: `${OF_SCHOOL} closedConductRecords consents notices reportTokens sanctions stewards
    subjectRequests submissions`,
  APPEAL_COMMITTEE: `${OF_OFFICE} goodRecords sanctions`,
  AAO_CLERK: `${OF_OFFICE} commitments pendingConduct sanctions warnings`,
  AAO_REVIEWER: `${OF_OFFICE} commitments pendingConduct sanctions warnings`,
  FIN_CLERK: `${OF_OFFICE} commitments warnings`,
  FIN_REVIEWER: `${OF_OFFICE} commitments warnings`,
  SEC_CLERK: `${OF_OFFICE} measures sanctions warnings`,
  SEC_REVIEWER: `${OF_OFFICE} measures sanctions warnings`,
  CYL_CLERK: `${OF_OFFICE} commitments goodRecords`,
  CYL_REVIEWER: `${OF_OFFICE} commitments goodRecords`,
  RDO_STAFF: 'aliases archive commitments modelCases notices pendingConduct warnings',
  DIS_OFFICER: 'aliases archive modelCases notices submissions',
  AEO_STAFF: `${OF_OFFICE} commitments warnings`,
  EV_AWARD: OF_EVALUATION,
  EV_PARTY: `${OF_EVALUATION} sanctions`,
  EV_AID: OF_EVALUATION,
  EV_EMPLOY: `${OF_EVALUATION} graduationRemark`,
  PROV_CONN: 'conductRecords modelCases submissions',
  EMPLOYER_TOKEN:
    'aliases archive commitments conductRecords consents goodRecords graduationRemark modelCases reportTokens',
};
const wordsOf = (text = ''): string[] => text.split(/\s+/).toSorted();
/** The student has them all. */
const NOUNS: ReadonlySet<string> = new Set(wordsOf(SHOWN.STU_SELF));

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  // Where there are rows, an answer is empty because it is refused and not because there is nothing.
  await college.bring(
    'archive',
    'self-entries',
    ENTRY_KINDS.flatMap((kind) => [entry(kind), entry(kind, { 标题: '待审', 审核状态: '待审核' })]),
  );
  await college.bring('archive', 'aid', [aid(), hardship()]);
  await college.bring('archive', 'loans', [loan()]);
  await college.bring('archive', 'conduct-records', [
    bad(),
    bad({ 记录编号: 'BR-2', 通知送达日期: '' }),
  ]);
  await college.bring('archive', 'good-records', [good()]);
  await liveThrough(college, STUDENT);
});
afterAll(() => college.stop());

/** What stands at a path: an error's code and rule, or nothing. */
const refusalAt = (
  errors: readonly { path?: readonly unknown[]; extensions: object }[],
  field: string,
) =>
  errors
    .filter(({ path }) => path?.[0] === 'student' && path[1] === field && path.length === 2)
    .map(({ extensions }) => extensions);

const unmet = (role: Role, group: Group): boolean =>
  UNMET_NOTES.includes(cell(role, group).note ?? 0);

/** Whether a role can ever reach this student (DOMAIN 3.1). */
const reaches = (role: Role): boolean =>
  isOpen(cell(role, 'IDENTITY').effect) && role !== 'TPC_INST';

describe.each(CALLERS.filter(([role]) => !reaches(role)))('%s', (_role, person, headers) => {
  test('never reaches a student: the answer of a number that does not exist', async () => {
    const { data, errors = [] } = await college.request(person, QUERY, { headers });
    expect(data).toEqual({ student: null });
    const ofStudent = errors.filter(({ path }) => path?.length === 1);
    expect(ofStudent.map(({ extensions }) => extensions)).toEqual([{ code: 'NOT_FOUND' }]);
  });
});

describe.each(CALLERS.filter(([role]) => reaches(role)))('%s', (role, person, headers) => {
  test('sees what its cells open, and gets the cell of what they do not', async () => {
    const answer = await college.request(person, QUERY, { headers });
    const errors = answer.errors ?? [];
    const seen = answer.data?.['student'] as Record<string, unknown> | undefined;
    const found = entrances.map((field) => ({
      field: field.name,
      refusals: refusalAt(errors, field.name),
      isNull: seen?.[field.name] === null,
    }));
    const expected = entrances.map((field) => {
      const policies = policiesOf(field);
      const refusal = policies
        .map((policy) => refusedByRole(role, policy, 'Student', field.name))
        .find((one) => one !== null);
      const late = policies.filter(isGroup).find((group) => unmet(role, group));
      const { clause, rule } = cell(role, late ?? 'IDENTITY');
      const code = late === 'LOAN_PERFORMANCE' ? 'CONSENT_REQUIRED' : 'FORBIDDEN_FIELD';
      const refusals = refusal ? [refusal] : late ? [{ code, group: late, clause, rule }] : [];
      const isAbsent = found.find((one) => one.field === field.name)?.isNull ?? false;
      return { field: field.name, refusals, isNull: refusals.length > 0 || isAbsent };
    });
    expect(found).toEqual(expected);
  });
});

const showsRows = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;

test.each(CALLERS.filter(([role]) => reaches(role)))(
  '%s is shown rows where there are any for him',
  async (role, person, headers) => {
    const { data } = await college.request(person, QUERY, { headers });
    const seen = data?.['student'] as Record<string, unknown> | undefined;
    const shown = [...NOUNS].filter((name) => showsRows(seen?.[name]));
    expect(shown.toSorted()).toEqual(wordsOf(SHOWN[role]));
  },
);

test('a student out of scope is not found by any of them', async () => {
  const outside = `{ student(studentNo: "2024020111") { name } }`;
  for (const [role, person, headers] of CALLERS) {
    if (
      ![
        'COUNSELLOR',
        'COLLEGE_ADMIN',
        'STU_SELF',
        'EV_AWARD',
        'EV_PARTY',
        'EV_AID',
        'EV_EMPLOY',
      ].includes(role)
    )
      continue;
    const answer = await college.request(person, outside, { headers });
    expect({ role, ...answer }).toEqual({
      role,
      data: { student: null },
      errors: [
        { message: expect.any(String), path: ['student'], extensions: { code: 'NOT_FOUND' } },
      ],
    });
  }
});
