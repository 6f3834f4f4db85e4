/** What academic affairs adds to a student, selected by each kind of reader (DOMAIN 3.3). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { maskedAt } from '../support/masked-at.js';
import { countStatements } from '../support/statements.js';
import { masked, refused } from './refusals.js';
import { grade, summary } from './rows.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await college.bring('academics', 'grades', [
    grade({}),
    grade({
      学期: '2024-2',
      课程代码: 'EN201',
      课程名称: '大学英语',
      成绩: '良好',
      成绩类型: '五级制',
    }),
    grade({ 学号: '2024020111' }),
  ]);
  await college.bring('academics', 'summaries', [
    summary({ 学业预警: '黄色' }),
    summary({ 学号: '2024010317', 平均绩点: '2.99', 已获学分: '59.5', 排名区间: '中等' }),
  ]);
  await college.bring(
    'archive',
    'cases',
    [
      ['EC-1', '评优', 'T0701'],
      ['EC-2', '资助', 'T0703'],
    ].map(([id = '', purpose = '', evaluator = '']) => ({
      评审编号: id,
      用途: purpose,
      名称: purpose,
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: '2024010305;2024010317',
      评审人工号: evaluator,
    })),
  );
});
afterAll(() => college.stop());

const ADMIN_REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const QUERY = `{ student(studentNo: "2024010305") {
  grades { termCode courseCode score { raw scale } gradePoint student { studentNo } }
  academicSummary { gpa gpaMasked creditsEarned creditsEarnedMasked rankBand warningLevel
    graduationEligibility } } }`;
const WHOLE = {
  grades: [
    {
      termCode: '2025-1',
      courseCode: 'CS101',
      score: { raw: '87.50', scale: 'PERCENT' },
      gradePoint: '3.75',
      student: { studentNo: '2024010305' },
    },
    {
      termCode: '2024-2',
      courseCode: 'EN201',
      score: { raw: '4.00', scale: 'FIVE_LEVEL' },
      gradePoint: '3.75',
      student: { studentNo: '2024010305' },
    },
  ],
  academicSummary: {
    gpa: '3.62',
    gpaMasked: '3.50-4.00',
    creditsEarned: '64.5',
    creditsEarnedMasked: 'ON_TRACK',
    rankBand: 'TOP10',
    warningLevel: 'YELLOW',
    graduationEligibility: 'NOT_YET',
  },
};

test.each([
  ['the student himself', '2024010305', {}],
  ['his counsellor', 'T0101', ADMIN_REVIEW],
  ['the administrator of his college', 'T0110', ADMIN_REVIEW],
  ['the clerk of academic affairs', 'T0301', {}],
])('%s reads grades and summary whole (FG08, FG09)', async (_who, person, options) => {
  expect(await college.request(person, QUERY, options)).toEqual({ data: { student: WHOLE } });
});

test('a student without facts has no grade and no summary', async () => {
  const query = `{ student(studentNo: "2024010322") { grades { courseCode } academicSummary { gpa } } }`;
  expect(await college.request('2024010322', query)).toEqual({
    data: { student: { grades: [], academicSummary: null } },
  });
});

test('a clerk of finance reads neither, and no statement reaches academic affairs (SC-08)', async () => {
  const { result, byOffice } = await countStatements(() => college.request('T0401', QUERY));
  expect(byOffice['academics']).toBeUndefined();
  expect(result).toEqual({
    data: { student: { grades: null, academicSummary: null } },
    errors: [
      refused(['student', 'grades'], 'FIN_CLERK', 'GRADES', 'FG08'),
      refused(['student', 'academicSummary'], 'FIN_CLERK', 'ACADEMIC_SUMMARY', 'FG09'),
    ],
  });
});

test('the administrator of another college finds no such student (SC-01)', async () => {
  expect(await college.request('T0210', QUERY, ADMIN_REVIEW)).toEqual({
    data: { student: null },
    errors: [{ message: expect.any(String), path: ['student'], extensions: { code: 'NOT_FOUND' } }],
  });
});

const under = ['student', 'academicSummary'];

test('an awards evaluator reads the average in his case, no course and no warning (SC-04, FG24)', async () => {
  const options = { headers: { 'x-case': 'EC-1' } };
  expect(await college.request('T0701', QUERY, options)).toEqual({
    data: {
      student: { grades: null, academicSummary: { ...WHOLE.academicSummary, warningLevel: null } },
    },
    errors: [
      refused(['student', 'grades'], 'EV_AWARD', 'GRADES', 'FG08'),
      refused([...under, 'warningLevel'], 'EV_AWARD', 'SUPERVISION', 'FG24'),
    ],
  });
});

test('an aid evaluator reads bands instead of numbers (3.5, masks.csv)', async () => {
  const options = { headers: { 'x-case': 'EC-2' } };
  const inBands = maskedAt(
    { shown: 'BAND', group: 'ACADEMIC_SUMMARY', rule: 'EV_AID.FG09' },
    [...under, 'gpaMasked'],
    [...under, 'creditsEarnedMasked'],
  );
  const shut = { gpa: null, creditsEarned: null, warningLevel: null, graduationEligibility: null };
  expect(await college.request('T0703', QUERY, options)).toEqual({
    data: { student: { grades: null, academicSummary: { ...WHOLE.academicSummary, ...shut } } },
    errors: [
      refused(['student', 'grades'], 'EV_AID', 'GRADES', 'FG08'),
      ...Object.keys(shut).map((field) =>
        masked([...under, field], 'EV_AID', 'ACADEMIC_SUMMARY', 'FG09'),
      ),
    ],
    ...inBands,
  });
  const other = `{ student(studentNo: "2024010317") { academicSummary { gpaMasked creditsEarnedMasked rankBand } } }`;
  expect(await college.request('T0703', other, options)).toEqual({
    data: {
      student: {
        academicSummary: {
          gpaMasked: '2.00-2.99',
          creditsEarnedMasked: 'BEHIND',
          rankBand: 'MIDDLE',
        },
      },
    },
    ...inBands,
  });
});

test('a list of students shows the summary and no course (3.3, LIST)', async () => {
  const query = `{ students(first: 2, filter: { classCode: "20240103" }) {
    nodes { studentNo academicSummary { gpa } grades { courseCode } } } }`;
  expect(await college.request('T0101', query, ADMIN_REVIEW)).toEqual({
    data: {
      students: {
        nodes: [
          { studentNo: '2024010305', academicSummary: { gpa: '3.62' }, grades: null },
          { studentNo: '2024010317', academicSummary: { gpa: '2.99' }, grades: null },
        ],
      },
    },
    errors: [0, 1].map((i) =>
      refused(['students', 'nodes', i, 'grades'], 'COUNSELLOR', 'GRADES', 'FG08'),
    ),
  });
});
