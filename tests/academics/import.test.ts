import { office } from '@chengxin/academics/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { openDesk, refusalOf, refusedBy, type Desk } from './office-files.js';
import { grade, summary } from './rows.js';

const clerk = importer('T0301', 'AAO_CLERK');
const reviewer = importer('T0302', 'AAO_REVIEWER');

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege();
  desk = await openDesk(college, office);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const GRADES = `{ courseGrades(order: COURSE) { nodes {
  studentNo termCode courseCode courseName credits score { raw scale } gradePoint attempt state version } } }`;
const grades = async () => {
  const { data } = await college.request('T0301', GRADES);
  return (data as { courseGrades: { nodes: unknown[] } }).courseGrades.nodes;
};

const FILE = [
  grade({}),
  grade({ 课程代码: 'EN201', 课程名称: '大学英语', 学分: '3', 成绩: '良好', 成绩类型: '五级制' }),
  grade({
    课程代码: 'PE101',
    课程名称: '体育',
    学分: '1.0',
    成绩: '合格',
    成绩类型: '两级制',
    绩点: '',
    修读次数: '',
    成绩状态: '已撤销',
  }),
];
const FIRST = {
  studentNo: '2024010305',
  termCode: '2025-1',
  courseCode: 'CS101',
  courseName: '程序设计基础',
  credits: '4.0',
  score: { raw: '87.50', scale: 'PERCENT' },
  gradePoint: '3.75',
  attempt: 1,
  state: 'PUBLISHED',
  version: 1,
};
const OTHERS = [
  {
    ...FIRST,
    courseCode: 'EN201',
    courseName: '大学英语',
    credits: '3.0',
    score: { raw: '4.00', scale: 'FIVE_LEVEL' },
  },
  {
    ...FIRST,
    courseCode: 'PE101',
    courseName: '体育',
    credits: '1.0',
    score: { raw: '1.00', scale: 'PASS_FAIL' },
    gradePoint: null,
    state: 'WITHDRAWN',
  },
];

test('a GB18030 file with Chinese headers waits for the reviewer, then its grades are in force (G6.2, F-13)', async () => {
  const staged = await desk.propose('grades', FILE, clerk);
  expect(staged).toEqual({
    batchId: expect.any(String),
    kind: 'grades',
    rows: 3,
    rejected: 0,
    changes: { added: 3, columns: [] },
    notes: [],
    state: 'PROPOSED',
  });
  expect(await grades()).toEqual([]);
  expect(await desk.approve(staged.batchId, reviewer)).toEqual({
    ...staged,
    changed: 3,
    state: 'APPROVED',
  });
  expect(await grades()).toEqual([FIRST, ...OTHERS]);
});

test('the same file changes nothing, and a corrected row is the next version (F-13)', async () => {
  const again = await desk.propose('grades', FILE, clerk);
  expect(await desk.approve(again.batchId, reviewer)).toMatchObject({ rows: 3, changed: 0 });
  expect(await grades()).toEqual([FIRST, ...OTHERS]);

  const corrected = FILE.map((row, i) => (i === 0 ? { ...row, 成绩: '90' } : row));
  const second = await desk.propose('grades', corrected, clerk);
  const changes = {
    added: 0,
    columns: [{ field: 'mark', heading: '成绩', changed: 1, cleared: 0 }],
  };
  expect(second).toMatchObject({ changes });
  expect(await desk.approve(second.batchId, reviewer)).toMatchObject({
    rows: 3,
    changed: 1,
    changes,
  });
  const now = { ...FIRST, score: { raw: '90.00', scale: 'PERCENT' }, version: 2 };
  expect(await grades()).toEqual([now, ...OTHERS]);
});

test('neither a clerk nor the same person as reviewer approves his own batch, and nothing changes (INV-02)', async () => {
  const before = await grades();
  const own = await desk.propose('grades', [grade({ 课程代码: 'CS999' })], clerk);
  expect(await refusalOf(desk.approve(own.batchId, clerk))).toBe('FORBIDDEN_ACTION');
  const himself = importer('T0301', 'AAO_REVIEWER');
  expect(await refusalOf(desk.approve(own.batchId, himself))).toBe('SOD_VIOLATION');
  expect(await grades()).toEqual(before);
  const foreign = importer('T0401', 'FIN_CLERK');
  expect(await refusalOf(desk.propose('grades', FILE, foreign))).toBe('FORBIDDEN_ACTION');
});

test('bad rows of a file of grades are listed with line, column and reason, the good one is staged (F-13)', async () => {
  const report = await desk.propose(
    'grades',
    [
      grade({ 学号: '2024010317' }),
      grade({ 学号: '2024019999' }),
      grade({ 学期: '2025-4', 学分: '4.05', 绩点: '4.10', 修读次数: '0' }),
      grade({ 学号: '2024010322', 成绩: '100.5' }),
      grade({ 学号: '2024010322', 成绩: '合格' }),
      grade({ 学号: '2024010322', 成绩: '87', 成绩类型: '五级制' }),
      grade({ 学号: '2024010322', 成绩类型: '十分制' }),
      grade({ 学号: '2024010317' }),
      grade({ 学号: '2023010208' }),
      grade({ 学号: '2023010208', 成绩: '60' }),
    ],
    clerk,
  );
  expect(report).toMatchObject({ rows: 1, rejected: 9, state: 'PROPOSED' });
  const scale = 'PERCENT 百分制、FIVE_LEVEL 五级制、PASS_FAIL 两级制';
  const levels = '5.00 优秀、4.00 良好、3.00 中等、2.00 及格、1.00 不及格';
  expect(await desk.rejected(report)).toEqual([
    [
      '4',
      '学期',
      '学期应写作 2025-1 或 2025-2026-1',
      'must be a term such as 2025-1 or 2025-2026-1',
    ],
    ['4', '学分', '最多 1 位小数', 'has more than 1 decimals'],
    ['4', '绩点', '应在 0 至 4 之间', 'must be between 0 and 4'],
    ['4', '修读次数', '应在 1 至 9 之间', 'must be between 1 and 9'],
    ['5', '成绩', '应在 0 至 100 之间', 'must be between 0 and 100'],
    ['6', '成绩', '不是数字', 'is not a number'],
    ['7', '成绩', `应为以下之一：${levels}`, `must be one of: ${levels.replaceAll('、', ', ')}`],
    ['8', '成绩类型', `应为以下之一：${scale}`, `must be one of: ${scale.replaceAll('、', ', ')}`],
    ...['10', '11'].map((line) => [
      line,
      'studentNo, termCode, courseCode, attempt',
      '另一行对同一记录的内容不同，两行均未导入',
      'another row says something else of the same record; neither is imported',
    ]),
    [
      '9',
      'studentNo, termCode, courseCode, attempt',
      '与前面的行重复',
      'the same record stands in an earlier row',
    ],
    ['3', 'studentNo', '学号不在册', 'no such student in the roster'],
  ]);
});

test('a summary is one a student: a second file replaces it as its next version (G6.2)', async () => {
  const SUMMARY = `{ academicSummaries { nodes { studentNo gpa creditsEarned creditsEarnedMasked rankBand
    warningLevel graduationEligibility version } } }`;
  const bring = async (row: Record<string, string>) => {
    const { batchId } = await desk.propose('summaries', [summary(row)], clerk);
    await desk.approve(batchId, reviewer);
    return (await college.request('T0302', SUMMARY)).data;
  };
  const first = {
    studentNo: '2024010305',
    gpa: '3.62',
    creditsEarned: '64.5',
    creditsEarnedMasked: 'ON_TRACK',
    rankBand: 'TOP10',
    warningLevel: 'NONE',
    graduationEligibility: 'NOT_YET',
    version: 1,
  };
  expect(await bring({})).toEqual({ academicSummaries: { nodes: [first] } });
  // Credits that the plan requires are not said anew, so they stay.
  expect(await bring({ 应获学分: '', 排名区间: '前30%', 学业预警: '黄色' })).toEqual({
    academicSummaries: {
      nodes: [
        {
          ...first,
          rankBand: 'TOP30',
          warningLevel: 'YELLOW',
          version: 2,
        },
      ],
    },
  });
});

test('the database itself refuses a second person who is the first, and a score off its scale (INV-02)', async () => {
  const refusal = (statement: string) => refusedBy(college, 'academics', statement);
  expect(await refusal('update course_grade set approved_by = recorded_by')).toBe(
    'course_grade_second_person',
  );
  expect(await refusal('update academic_summary set approved_by = recorded_by')).toBe(
    'academic_summary_second_person',
  );
  expect(await refusal(`update course_grade set score_scale = 'PASS_FAIL'`)).toBe(
    'course_grade_score',
  );
});
