/** Files of grades as clerks have them (`cases/`), and what is right for each (F-13). */
import { office } from '@chengxin/academics/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { caseDesk, refusal } from './case-desk.js';

const reviewer = importer('T0302', 'AAO_REVIEWER');
let college: TestCollege;
let desk: Awaited<ReturnType<typeof caseDesk>>;
beforeAll(async () => {
  college = await startCollege();
  desk = await caseDesk(college, office, importer('T0301', 'AAO_CLERK'));
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const FIELDS = ['studentNo', 'termCode', 'courseCode', 'scoreRaw', 'attempt'];

test('01: zeros that say nothing are passed over in credits and grade points, a digit that counts is not (F-13)', async () => {
  const report = await desk.bring('grades', '01-grades-oracle-numbers.csv');
  expect(await desk.waiting(report, 'credits', 'gradePoint', 'scoreRaw')).toEqual([
    [2, '3.0', '3.70', '87.50'],
    [3, '4.0', '4.00', '92.00'],
    [4, '0.5', '2.80', '78.00'],
    [5, '3.5', '0.90', '66.00'],
  ]);
  expect(await desk.rejections(report)).toEqual([
    [6, '学分', 'has more than 1 decimals'],
    [7, '学分', 'is not a number'],
  ]);
});

test('03: the term is read from the file, and what is no first examination or has no mark is rejected (F-13)', async () => {
  const report = await desk.bring('grades', '03-zhengfang-two-terms.csv', {
    map: 'zhengfang-grades.yaml',
  });
  expect(await desk.waiting(report, ...FIELDS)).toEqual([
    [3, '2024010317', '2024-1', 'GE101', '82.00', 1],
    [4, '2024010317', '2024-2', 'GE102', '55.00', 1],
    [5, '2024010317', '2025-1', 'GE102', '61.00', 2],
    [6, '2024010317', '2025-1', 'GE103', '91.00', 1],
  ]);
  expect(await desk.rejections(report)).toEqual([
    [7, '成绩', 'has no result yet and is not imported'],
    [8, '考试性质', 'is not a whole number'],
    [9, '考试性质', 'is not a whole number'],
  ]);
});

test('04: a failed mark and its make-up are two attempts, a 0 of a deferred examination is none (F-13)', async () => {
  const report = await desk.bring('grades', '04-qiangzhi-make-up.csv', {
    map: 'qiangzhi-grades.yaml',
  });
  expect(await desk.waiting(report, ...FIELDS)).toEqual([
    [2, '2024010317', '2025-1', 'GE103', '43.00', 1],
    [3, '2024010317', '2025-1', 'GE103', '72.00', 2],
    [5, '2024010322', '2025-1', 'GE103', '88.00', 1],
  ]);
  expect(await desk.rejections(report)).toEqual([
    [4, '成绩标识', 'has no result yet and is not imported'],
  ]);
});

test('04: without a mapping that says the attempt, neither of two marks stands alone (F-13)', async () => {
  const heads = '学号,学期,课程代码,课程名称,学分,成绩,成绩类型';
  const row = (mark: string) => `2024010317,2025-1,GE103,高等数学,4.0,${mark},百分制`;
  const file = await desk.file('marks.csv', [heads, row('43'), row('72'), ''].join('\n'));
  const report = await desk.propose('grades', file, importer('T0301', 'AAO_CLERK'));
  const key = 'studentNo, termCode, courseCode, attempt';
  const reason = 'another row says something else of the same record; neither is imported';
  expect(await desk.rejections(report)).toEqual([
    [2, key, reason],
    [3, key, reason],
  ]);
});

test('23: 85% of a sheet is 85 of 100 (F-13)', async () => {
  const report = await desk.bring('grades', '23-grades-percent-format.xlsx');
  expect(await desk.waiting(report, 'scoreRaw')).toEqual([
    [2, '85.00'],
    [3, '92.50'],
    [4, '100.00'],
    [5, '85.00'],
  ]);
  expect(report).toMatchObject({ rows: 4, rejected: 0 });
});

test('29: a cover sheet is refused by its name, and the other sheet is named (F-13)', async () => {
  expect(await refusal(desk.bring('grades', '29-grades-cover-sheet.xlsx'))).toBe(
    'VALIDATION: Line 1: Missing columns: studentNo (学号), termCode (学期), courseCode (课程代码), courseName (课程名称), credits (学分), mark (成绩), scoreScale (成绩类型). The sheet that was read: 填表说明. There are also: 成绩; move the sheet to be imported to the front.',
  );
});

test('43: an export without states publishes no annulled grade again, and the default holds for a new one (F-13)', async () => {
  const annulled = await desk.bring('grades', '43a-grades-annulled.csv');
  await desk.approve(annulled.batchId, reviewer);
  const full = await desk.bring('grades', '43b-grades-full-export-without-state.csv');
  const changes = { added: 1, columns: [] };
  expect(full).toMatchObject({ rows: 2, rejected: 0, changes });
  expect(await desk.approve(full.batchId, reviewer)).toMatchObject({ changed: 1, changes });
  expect(
    await asOwner(
      college,
      'academics',
      `select course_code, state, attempt, version from course_grade order by course_code`,
    ),
  ).toEqual([
    { course_code: 'GE102', state: 'WITHDRAWN', attempt: 1, version: 1 },
    { course_code: 'GE103', state: 'PUBLISHED', attempt: 1, version: 1 },
  ]);
});
