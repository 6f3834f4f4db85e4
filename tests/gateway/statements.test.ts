import { OFFICES } from '@chengxin/gateway/offices';
import type { GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { summary } from '../academics/rows.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { schemaOf, selectAll } from '../support/selection.js';
import { countStatements, type Statement } from '../support/statements.js';
import { studentRows } from '../support/student-rows.js';
import { cadrePost } from '../youthleague/rows.js';

const AT = '2026-04-12T10:00:00+08:00';
const OWN = '2024010317';
/** Of another class, another college and no case. */
const OTHER = '2025020415';
const NOBODY = '2099999999';
const PAGE = 100;

let college: TestCollege;
let schema: GraphQLSchema;
const students = studentRows(PAGE + 10, { college: 'C01', classCode: '20240103', major: 'M0101' });

beforeAll(async () => {
  college = await startCollege({ at: AT });
  await college.bring('archive', 'students', students);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-AWARD',
      用途: '评优',
      名称: '年度评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: OWN,
      评审人工号: 'T0701',
    },
  ]);
  await college.settle();
  await college.bring(
    'finance',
    'bills',
    students.map((row) => ({
      账单编号: `B-${row['学号']}`,
      学号: row['学号'] ?? '',
      学年: '2025-2026',
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: '2025-10-31',
    })),
  );
  await college.bring(
    'academics',
    'summaries',
    students.map((row) => summary({ 学号: row['学号'] ?? '' })),
  );
  await college.bring(
    'youthleague',
    'cadrePosts',
    students.map((row) => cadrePost({ 学号: row['学号'] ?? '' })),
  );
  await college.settle();
  schema = await schemaOf(college);
});
afterAll(() => college.stop());

/** Everything that can be selected of one student. */
const whole = (studentNo: string) =>
  `{ student(studentNo: "${studentNo}") ${selectAll(schema, 'Student')} }`;
const page = (first: number) => `{
  students(first: ${first}, filter: { classCode: "20240103" }) {
    nodes ${selectAll(schema, 'Student')}
    pageInfo { hasNextPage }
  }
}`;

/** Statements of a request, when the caller is cached already. */
async function statementsOf(person: string, query: string, options: object) {
  await college.request(person, '{ __typename }', options);
  return countStatements(() => college.request(person, query, options));
}

const ADMIN = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const CASE = { headers: { 'x-case': 'EC-AWARD' } };

test.each([
  ['finance', 'T0401', {}, ['archive', 'finance']],
  ['academic affairs', 'T0301', {}, ['academics', 'archive']],
  ['the security office', 'T0501', {}, ['archive']],
  ['the youth league', 'T0601', {}, ['archive', 'youthleague']],
  ['student affairs', 'T0001', ADMIN, ['academics', 'archive', 'finance', 'youthleague']],
  ['a counsellor', 'T0101', ADMIN, ['academics', 'archive', 'finance', 'youthleague']],
] as const)(
  'a page of 100 costs %s the statements of a page of 10, whatever is selected of the students',
  async (_, person, options, offices) => {
    const ten = await statementsOf(person, page(10), options);
    const hundred = await statementsOf(person, page(PAGE), options);

    expect([shown(ten.result), shown(hundred.result)]).toEqual([10, PAGE]);
    expect(hundred.byOffice).toEqual(ten.byOffice);
    expect(Object.keys(hundred.byOffice).sort()).toEqual(offices);
  },
);
const shown = ({ data }: Answer) =>
  (data?.['students'] as { nodes: unknown[] } | undefined)?.nodes.length;

test('one student over all offices is one call to the archive, then one to each other office (ARCH §4)', async () => {
  await college.request(OWN, '{ __typename }');
  const { caller } = college.gateway;
  const post = caller.post;
  const calls: { office: string; path: string; from: number; to: number }[] = [];
  let step = 0;
  const watched = vi.spyOn(caller, 'post').mockImplementation(async (office, path, ...rest) => {
    const from = (step += 1);
    const answer = await post(office, path, ...rest);
    calls.push({ office, path, from, to: (step += 1) });
    return answer;
  });

  await college.request(OWN, whole(OWN));
  watched.mockRestore();

  const [archive, ...others] = calls;
  expect(archive).toEqual({ office: 'archive', path: '/graphql', from: 1, to: 2 });
  expect(others.map(({ office, path }) => `${office} ${path}`).sort()).toEqual(
    OFFICES.filter(({ name }) => name !== 'archive')
      .map(({ name }) => `${name} /graphql`)
      .sort(),
  );
  // All the others were called before any of them had answered.
  expect(Math.max(...others.map(({ from }) => from))).toBeLessThan(
    Math.min(...others.map(({ to }) => to)),
  );
});

test.each([
  ['a counsellor', 'T0101', ADMIN],
  ['a college administrator', 'T0110', ADMIN],
  ['an evaluator', 'T0701', CASE],
  ['a student', OWN, {}],
] as const)(
  'for %s a student who is not there and one who is not his cost the same, and read the same (DOMAIN 3.7(4))',
  async (_, person, options) => {
    const notHis = await statementsOf(person, whole(OTHER), options);
    const notThere = await statementsOf(person, whole(NOBODY), options);

    expect(notThere.result).toEqual(notHis.result);
    expect(notThere.result.data).toEqual({ student: null });
    expect(textsOf(notThere)).toEqual(textsOf(notHis));
    expect(Object.keys(notThere.byOffice)).toEqual(['archive']);
  },
);

test('a list that finds a student who is not his and one that finds nobody cost a counsellor the same', async () => {
  const named = (name: string) =>
    `{ students(filter: { name: "${name}" }) { nodes { studentNo } pageInfo { hasNextPage endCursor } } }`;

  const notHis = await statementsOf('T0101', named('赵文博'), ADMIN);
  const notThere = await statementsOf('T0101', named('无名氏'), ADMIN);

  const nothing = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  expect([notHis.result, notThere.result]).toEqual([
    { data: { students: nothing } },
    { data: { students: nothing } },
  ]);
  expect(textsOf(notThere)).toEqual(textsOf(notHis));
});

test.each([`' or '1'='1`, `\\' or 1=1 --`, '";drop table student;--'])(
  'a name is a value, whatever stands in it: %s',
  async (name) => {
    const query = 'query ($name: String) { students(filter: { name: $name }) { nodes { name } } }';

    expect(await college.request('T0101', query, { ...ADMIN, variables: { name } })).toEqual({
      data: { students: { nodes: [] } },
    });
  },
);

/** The driver is handed texts with the values in them; what is compared is what remains. */
const textsOf = ({ statements }: { statements: readonly Statement[] }) =>
  statements.map(({ database, text }) => `${database} ${text.replaceAll(/'(?:[^']|'')*'/g, '?')}`);
