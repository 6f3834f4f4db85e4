/** The root lists of the Youth League: open to its own people, filtered, sorted and paged. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { invalid, refused } from '../academics/refusals.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { countStatements } from '../support/statements.js';
import { asOwner } from '../support/sql.js';
import { cadrePost, practice, volunteering } from './rows.js';

let college: TestCollege;
const STUDENTS = ['2024010305', '2024010317', '2024010322', '2024020111', '2024020130'];

beforeAll(async () => {
  college = await startCollege();
  await college.bring('youthleague', 'cadrePosts', [
    cadrePost({}),
    cadrePost({ 学号: '2024020111', 级别: '院级', 任职开始: '2025-04-01', 考核结果: '优秀' }),
  ]);
  await college.bring('youthleague', 'practices', [
    practice({ 学时: '9.5' }),
    practice({ 学号: '2024020111', 学时: '100.0', 日期: '2025-08-01' }),
  ]);
  await college.bring(
    'youthleague',
    'volunteerHours',
    STUDENTS.map((studentNo, i) => volunteering({ 学号: studentNo, 时长: String(20 + (i % 2)) })),
  );
});
afterAll(() => college.stop());

const nodes = async (query: string) => {
  const { data, errors } = await college.request('T0601', `{ ${query} }`);
  expect(errors).toBeUndefined();
  return (Object.values(data ?? {})[0] as { nodes: unknown[] }).nodes;
};

test('cadre posts are filtered and sorted, and lead back to their student (G6.4)', async () => {
  const one = { post: '学习部部长', student: { name: '张明远' } };
  const two = { post: '学习部部长', student: { name: '陈雨桐' } };
  const request = (args: string) =>
    nodes(`cadrePosts(${args}) { nodes { post student { name } } }`);
  expect(await request('first: 5')).toEqual([two, one]);
  expect(await request('order: STUDENT')).toEqual([one, two]);
  expect(await request('filter: { level: COLLEGE }')).toEqual([two]);
  expect(await request('filter: { appraisal: COMPETENT }')).toEqual([one]);
  expect(await request('filter: { student: { college: "C02" } }')).toEqual([two]);
  expect(await request('filter: { org: "校团委" }')).toEqual([]);
});

test('practices are sorted by hours as numbers, and a revoked one is not in the list (FG14)', async () => {
  const request = (args: string) => nodes(`practices(${args}) { nodes { studentNo hours } }`);
  const long = { studentNo: '2024020111', hours: '100.0' };
  const short = { studentNo: '2024010305', hours: '9.5' };
  expect(await request('order: HOURS')).toEqual([long, short]);
  expect(await request('order: STUDENT')).toEqual([short, long]);
  expect(
    await request('filter: { activity: "暑期三下乡", student: { classCode: "20240103" } }'),
  ).toEqual([short]);
  await asOwner(
    college,
    'youthleague',
    `update practice_record set state = 'REVOKED' where student_no = '2024010305'`,
  );
  expect(await request('order: HOURS')).toEqual([long]);
  expect(await request('filter: { state: REVOKED }')).toEqual([]);
});

const PAGE = `query ($first: Int, $after: String, $filter: VolunteerHoursFilter) {
  volunteerHours(first: $first, after: $after, filter: $filter, order: STUDENT) {
    nodes { studentNo } pageInfo { hasNextPage endCursor } } }`;
interface Page {
  readonly nodes: { studentNo: string }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

test('pages follow one another by cursor in the order of class and student (3.7)', async () => {
  const seen: string[][] = [];
  let after: string | null = null;
  do {
    const { data } = await college.request('T0601', PAGE, { variables: { first: 2, after } });
    const { nodes: rows, pageInfo } = (data as { volunteerHours: Page }).volunteerHours;
    seen.push(rows.map(({ studentNo }) => studentNo));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  expect(seen).toEqual([STUDENTS.slice(0, 2), STUDENTS.slice(2, 4), STUDENTS.slice(4)]);
});

test('a cursor of another person or filter is refused (3.7(1))', async () => {
  const { data } = await college.request('T0601', PAGE, { variables: { first: 1 } });
  const after = (data as { volunteerHours: Page }).volunteerHours.pageInfo.endCursor;
  const refusal = { data: { volunteerHours: null }, errors: [invalid(['volunteerHours'])] };
  expect(await college.request('T0602', PAGE, { variables: { first: 1, after } })).toEqual(refusal);
  const filter = { termCode: '2024-2' };
  expect(await college.request('T0601', PAGE, { variables: { first: 1, after, filter } })).toEqual(
    refusal,
  );
});

test.each(['cadrePosts', 'practices', 'volunteerHours'])(
  '%s is open to its own clerk and reviewer alone (2.7)',
  async (list) => {
    const query = `{ ${list} { nodes { state } } }`;
    const shut = (role: string) => ({
      data: { [list]: null },
      errors: [refused([list], role, 'GOOD_CONDUCT', 'FG12')],
    });
    const review = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
    expect(await college.request('2024010305', query)).toEqual(shut('STU_SELF'));
    expect(await college.request('T0101', query, review)).toEqual(shut('COUNSELLOR'));
    expect(await college.request('T0001', query, review)).toEqual(shut('SCHOOL_ADMIN'));
    expect(await college.request('T0301', query)).toEqual(shut('AAO_CLERK'));
    expect((await college.request('T0602', query)).errors).toBeUndefined();
  },
);

test('one student and all of the class take the same statements in every office (3.7)', async () => {
  const query = (first: number) =>
    `{ students(first: ${first}, filter: { cohort: 2024 }) {
      nodes { studentNo cadrePosts { post } practices { hours } volunteerHours { hours } } } }`;
  const count = (first: number) =>
    countStatements(() =>
      college.request('T0001', query(first), { headers: { 'x-purpose': 'ADMIN_REVIEW' } }),
    );
  await count(2);
  const one = await count(1);
  const all = await count(100);
  const rows = ({ result }: typeof one) =>
    (result.data as { students: { nodes: unknown[] } }).students.nodes.length;
  expect([rows(one), rows(all)]).toEqual([1, 5]);
  expect(all.byOffice).toEqual(one.byOffice);
  // Three read; the archive has written down what is shown (INV-12).
  expect(all.byOffice['youthleague']).toBe(3);
});
