/** The root lists of academic affairs: open to its own people, filtered, sorted and paged. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { countStatements } from '../support/statements.js';
import { invalid, refused } from './refusals.js';
import { found, grade, proposed, summary } from './rows.js';

let college: TestCollege;

/** A class of 110 students, so that a page of 100 is full. */
const CLASS_OF_110 = Array.from({ length: 110 }, (_, i) => i);
const studentNo = (i: number): string => `2025${300_000 + i}`;
/** The lowest averages of all, some of them twice. */
const gpaOf = (i: number): string => `1.${String(i % 100).padStart(2, '0')}`;
const idNumber = (serial: number): string => {
  const body = `99000020070101${String(serial).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
};

beforeAll(async () => {
  college = await startCollege();
  await college.bring(
    'archive',
    'students',
    CLASS_OF_110.map((i) => ({
      学号: studentNo(i),
      姓名: `学生${i}`,
      性别: '女',
      出生日期: '2007-01-01',
      证件类型: '居民身份证',
      证件号码: idNumber(i),
      学院代码: 'C02',
      班级代码: '20250204',
      专业代码: 'M0201',
      年级: '2025',
      培养类型: '全日制专科',
      入学日期: '2025-09-01',
      学籍状态: '在读',
    })),
  );
  await college.settle();
  await college.bring('academics', 'summaries', [
    summary({}),
    summary({ 学号: '2024010317', 平均绩点: '3.10', 排名区间: '中等' }),
    summary({ 学号: '2024020111', 平均绩点: '3.62' }),
    ...CLASS_OF_110.map((i) => summary({ 学号: studentNo(i), 平均绩点: gpaOf(i) })),
  ]);
  await college.bring('academics', 'grades', [
    grade({ 学号: '2024020111', 课程代码: 'AC100', 学期: '2024-1' }),
    grade({ 学号: '2024010317', 课程代码: 'CS101' }),
    grade({ 学号: '2024010305', 课程代码: 'CS101', 成绩: '不及格', 成绩类型: '五级制' }),
  ]);
  await college.bring('academics', 'examViolations', [
    proposed({}),
    found({ 违纪编号: 'V-2', 学号: '2024020111', 考试类型: '国家教育考试' }),
  ]);
});
afterAll(() => college.stop());

const nodes = async (query: string, person = 'T0301', options: RequestOptions = {}) => {
  const { data, errors } = await college.request(person, `{ ${query} }`, options);
  expect(errors).toBeUndefined();
  return (Object.values(data ?? {})[0] as { nodes: unknown[] }).nodes;
};

test('grades are filtered by what the roster and the grade say, and sorted by either (G6.2)', async () => {
  const one = { studentNo: '2024010305' };
  const two = { studentNo: '2024010317' };
  const three = { studentNo: '2024020111' };
  const request = (args: string) => nodes(`courseGrades(${args}) { nodes { studentNo } }`);
  expect(await request('order: STUDENT')).toEqual([one, two, three]);
  expect(await request('order: COURSE, filter: { courseCode: "AC100" }')).toEqual([three]);
  expect(await request('filter: { student: { college: "C02" } }')).toEqual([three]);
  expect(await request('filter: { student: { name: "李思源" } }')).toEqual([two]);
  expect(
    await request('filter: { student: { classCode: "20240103" }, scoreScale: FIVE_LEVEL }'),
  ).toEqual([one]);
  expect(await request('filter: { state: WITHDRAWN }')).toEqual([]);
});

test('violations are filtered by exam and state, and lead back to their student (G6.2)', async () => {
  const request = (args: string) =>
    nodes(`examViolations(${args}) { nodes { state student { studentNo name } } }`);
  const open = { state: 'PROPOSED', student: { studentNo: '2024010305', name: '张明远' } };
  const done = { state: 'FOUND', student: { studentNo: '2024020111', name: '陈雨桐' } };
  expect(await request('order: STUDENT')).toEqual([open, done]);
  expect(await request('filter: { state: PROPOSED }')).toEqual([open]);
  expect(await request('filter: { examType: STATE }')).toEqual([done]);
  expect(await request('filter: { indicatorCode: "D1-04" }')).toEqual([]);
  expect(await nodes('misconductCases(filter: { stage: FINAL }) { nodes { stage } }')).toEqual([]);
});

interface Page {
  readonly edges: { cursor: string; node: { studentNo: string; gpa: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
const PAGE = `query ($first: Int, $after: String, $filter: AcademicSummaryFilter) {
  academicSummaries(first: $first, after: $after, filter: $filter) {
    edges { cursor node { studentNo gpa } } pageInfo { hasNextPage endCursor } } }`;
const page = async (variables: Record<string, unknown>): Promise<Page> => {
  const { data } = await college.request('T0301', PAGE, { variables });
  return (data as { academicSummaries: Page }).academicSummaries;
};

test('pages follow one another by cursor without gap or repetition, ties included (3.7)', async () => {
  const filter = { student: { status: 'ENROLLED' } };
  const seen: string[] = [];
  let after: string | null = null;
  let pages = 0;
  do {
    const { edges, pageInfo }: Page = await page({ first: 40, after, filter });
    seen.push(...edges.map(({ node }) => node.gpa));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    pages += 1;
  } while (after);
  const expected = ['3.62', '3.62', '3.10', ...CLASS_OF_110.map(gpaOf).toSorted().toReversed()];
  expect(seen).toEqual(expected);
  expect(pages).toBe(3);
});

test('a cursor of another person, list, filter or order is refused, and so is a page of 101 (3.7(1))', async () => {
  const { pageInfo } = await page({ first: 1 });
  const after = pageInfo.endCursor;
  const refusal = {
    data: { academicSummaries: null },
    errors: [invalid(['academicSummaries'])],
  };
  expect(await college.request('T0302', PAGE, { variables: { after } })).toEqual(refusal);
  const filter = { rankBand: 'TOP10' };
  expect(await college.request('T0301', PAGE, { variables: { after, filter } })).toEqual(refusal);
  expect(await college.request('T0301', PAGE, { variables: { after: 'made up' } })).toEqual(
    refusal,
  );
  expect(await college.request('T0301', PAGE, { variables: { first: 101 } })).toEqual(refusal);
  const ordered = `query ($after: String) { academicSummaries(order: STUDENT, after: $after) { nodes { gpa } } }`;
  expect(await college.request('T0301', ordered, { variables: { after } })).toEqual(refusal);
  const other = `query ($after: String) { courseGrades(after: $after) { nodes { termCode } } }`;
  expect(await college.request('T0301', other, { variables: { after } })).toEqual({
    data: { courseGrades: null },
    errors: [invalid(['courseGrades'])],
  });
});

const LISTS = [
  ['courseGrades', 'termCode', 'GRADES', 'FG08'],
  ['academicSummaries', 'gpa', 'ACADEMIC_SUMMARY', 'FG09'],
  ['examViolations', 'state', 'ACADEMIC_MISCONDUCT', 'FG10'],
  ['misconductCases', 'stage', 'ACADEMIC_MISCONDUCT', 'FG10'],
] as const;

test.each(LISTS)(
  '%s is open to its own clerk and reviewer alone (2.7)',
  async (list, field, group, clause) => {
    const query = `{ ${list} { nodes { ${field} } } }`;
    const shut = (role: string) => ({
      data: { [list]: null },
      errors: [refused([list], role, group, clause)],
    });
    const review = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
    expect(await college.request('2024010305', query)).toEqual(shut('STU_SELF'));
    expect(await college.request('T0101', query, review)).toEqual(shut('COUNSELLOR'));
    expect(await college.request('T0110', query, review)).toEqual(shut('COLLEGE_ADMIN'));
    expect(await college.request('T0001', query, review)).toEqual(shut('SCHOOL_ADMIN'));
    expect(await college.request('T0401', query)).toEqual(shut('FIN_CLERK'));
    expect((await college.request('T0302', query)).errors).toBeUndefined();
  },
);

test('ten students and a hundred take the same statements in every office (3.7)', async () => {
  const query = (first: number) =>
    `{ students(first: ${first}, filter: { classCode: "20250204" }) {
      nodes { studentNo academicSummary { gpa gpaMasked warningLevel } } } }`;
  const count = (first: number) =>
    countStatements(() =>
      college.request('T0210', query(first), { headers: { 'x-purpose': 'ADMIN_REVIEW' } }),
    );
  await count(5);
  const ten = await count(10);
  const hundred = await count(100);
  const rows = (answer: typeof ten) =>
    (answer.result.data as { students: { nodes: unknown[] } }).students.nodes.length;
  expect([rows(ten), rows(hundred)]).toEqual([10, 100]);
  const refusedAt = (at: number) => ({
    ...ten.result.errors?.[0],
    path: ['students', 'nodes', at, 'academicSummary', 'warningLevel'],
  });
  expect(hundred.result.errors).toEqual(Array.from({ length: 100 }, (_, at) => refusedAt(at)));
  expect(hundred.byOffice).toEqual(ten.byOffice);
  // One reads; the archive has written down what is shown (INV-12).
  expect(hundred.byOffice['academics']).toBe(1);
});
