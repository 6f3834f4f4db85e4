/** The mappings that stand in docs/import, each with a file of the shape that it is for. */
import { office as academics } from '@chengxin/academics/office';
import { office as finance } from '@chengxin/finance/office';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { number, workbook } from '../support/workbook.js';
import { openDesk, type Desk } from './desk.js';

const grading = {
  clerk: importer('T0301', 'AAO_CLERK'),
  reviewer: importer('T0302', 'AAO_REVIEWER'),
};
const paying = {
  clerk: importer('T0401', 'FIN_CLERK', ['FIN']),
  reviewer: importer('T0402', 'FIN_REVIEWER', ['FIN']),
};

let college: TestCollege;
let grades: Desk;
let payments: Desk;
beforeAll(async () => {
  college = await startCollege();
  grades = await openDesk(college, academics);
  payments = await openDesk(college, finance);
});
afterAll(async () => {
  await grades.close();
  await payments.close();
  await college.stop();
});

const gradesOf = async (studentNo: string) => {
  const { data } = await college.request(
    'T0301',
    `query ($studentNo: ID!) { courseGrades(filter: { student: { studentNo: $studentNo } }, order: COURSE) { nodes {
      termCode courseCode courseName credits score { raw scale } gradePoint attempt state } } }`,
    { variables: { studentNo } },
  );
  return (data as { courseGrades: { nodes: unknown[] } }).courseGrades.nodes;
};
const namesOfFiles = (office: string) =>
  asOwner(college, office, 'select file_name from import_batch order by recorded_at, file_name');

const CS101 = {
  termCode: '2025-1',
  courseCode: 'CS101',
  courseName: '程序设计基础',
  credits: '4.0',
  score: { raw: '87.50', scale: 'PERCENT' },
  gradePoint: '3.75',
  attempt: 1,
  state: 'PUBLISHED',
};
const EN201 = { ...CS101, courseCode: 'EN201', courseName: '大学英语', credits: '3.0' };

test('grades of a Zhengfang export are in force: levels, kinds of examination, a title above the headings (F-13, G6.2)', async () => {
  const file = await grades.file(
    'zf.csv',
    iconv.encode(
      [
        '"示范学院 2025-2026学年第1学期 成绩表',
        '学年,学期,学号,姓名,课程代码,课程名称,课程性质,学分,平时成绩,成绩,绩点,成绩标志,考试性质',
        '2025-2026,1,2024010305,张明远,CS101,程序设计基础,必修,4.0,90,87.5,3.75,,正常考试',
        '2025-2026,1,2024010305,张明远,EN201,大学英语,必修,3.0,良好,优秀,,有效,补考',
        '2025-2026,1,2024010305,张明远,PE101,体育,必修,1.0,,缓考,,,正常考试',
        '2025-2026,1,2024010305,张明远,MA101,高等数学,必修,5.0,,不及格,0,作废,重修',
      ].join('\r\n'),
      'gb18030',
    ),
  );
  const report = await grades.proposeBy('zhengfang-grades', 'grades', file, grading.clerk);
  expect(report).toMatchObject({ rows: 3, rejected: 1, state: 'PROPOSED' });
  expect(await grades.rejected(report)).toEqual([
    ['5', '成绩', '尚无结果，未导入', 'has no result yet and is not imported'],
  ]);
  await grades.approve(report.batchId, grading.reviewer);
  expect(await gradesOf('2024010305')).toEqual([
    CS101,
    { ...EN201, score: { raw: '95.00', scale: 'PERCENT' }, gradePoint: null, attempt: 2 },
    {
      ...CS101,
      courseCode: 'MA101',
      courseName: '高等数学',
      credits: '5.0',
      score: { raw: '50.00', scale: 'PERCENT' },
      gradePoint: '0.00',
      attempt: 3,
      state: 'WITHDRAWN',
    },
  ]);
  expect(await namesOfFiles('academics')).toEqual([
    { file_name: 'zf.csv (zhengfang-grades.yaml)' },
  ]);
});

test('grades of a Qiangzhi workbook are in force: terms of its own, scales, numbers as numbers (F-13, G6.2)', async () => {
  const file = await grades.file(
    'qz.xlsx',
    workbook([
      [
        '序号',
        '开课学期',
        '课程编号',
        '课程名称',
        '学号',
        '总成绩',
        '成绩方式',
        '学分',
        '绩点',
        '成绩标识',
        '考试性质',
      ],
      [
        number(1),
        '2025-2026-1',
        'CS101',
        '程序设计基础',
        number(2024010317),
        number('87.5'),
        '百分制',
        number(4),
        number('3.75'),
        '',
        '正常考试',
      ],
      [
        number(2),
        '2025-2026-1',
        'EN201',
        '大学英语',
        number(2024010317),
        '良好',
        '五级制',
        number(3),
        '',
        '',
        '补考一',
      ],
      [
        number(3),
        '2023-2025-1',
        'PE101',
        '体育',
        number(2024010317),
        '合格',
        '二级制',
        number(1),
        '',
        '',
        '正常考试',
      ],
    ]),
  );
  const report = await grades.proposeBy('qiangzhi-grades', 'grades', file, grading.clerk);
  expect(report).toMatchObject({ rows: 2, rejected: 1, state: 'PROPOSED' });
  expect(await grades.rejected(report)).toEqual([
    [
      '4',
      '开课学期',
      '学期应写作 2025-1 或 2025-2026-1',
      'must be a term such as 2025-1 or 2025-2026-1',
    ],
  ]);
  await grades.approve(report.batchId, grading.reviewer);
  expect(await gradesOf('2024010317')).toEqual([
    CS101,
    { ...EN201, score: { raw: '4.00', scale: 'FIVE_LEVEL' }, gradePoint: null, attempt: 2 },
  ]);
});

test("a bank's semicolon separated statement is in force: lines above the headings, its dates (F-13, G6.3)", async () => {
  const bill = {
    学年: '2025-2026',
    收费项目: '学费',
    应缴金额: '9800',
    缴费截止日期: '2025-10-31',
  };
  await college.bring('finance', 'bills', [
    { 账单编号: 'B-1', 学号: '2024010317', ...bill },
    { 账单编号: 'B-2', 学号: '2024010305', ...bill },
  ]);
  const file = await payments.file(
    '对账单.csv',
    iconv.encode(
      [
        '账户;990000000000000001',
        '期间;20251001-20251031',
        '币种;人民币',
        '交易日期;交易流水号;客户编号;客户名称;缴费编号;交易金额;余额;摘要',
        '20251030 083000;F2025103000001;2024010317;李思源;B-1;9,800.00;1,009,800.00;学费',
        '20251031 235959;F2025103100002;2024010305;张明远;B-2;4,900.00;1,014,700.00;"学费;首期"',
        '20251031;F2025103100003;2024010305;张明远;B-2;100.00;1,014,800.00;学费',
        '20251031 120000;F2025103100004;2024010305;张明远;B-9;100.00;1,014,900.00;学费',
      ].join('\r\n'),
      'gb18030',
    ),
  );
  const report = await payments.proposeBy(
    'bank-statement-payments',
    'payments',
    file,
    paying.clerk,
  );
  expect(report).toMatchObject({ rows: 2, rejected: 2, state: 'PROPOSED' });
  expect(await payments.rejected(report)).toEqual([
    ['7', '交易日期', '日期应写作 YYYYMMDD HHmmss', 'must be a date written as YYYYMMDD HHmmss'],
    ['8', 'billNo', '没有该学生的此账单', 'the student has no such bill in force'],
  ]);
  await payments.approve(report.batchId, paying.reviewer);
  const { data } = await college.request(
    'T0401',
    '{ payments { nodes { billNo studentNo amountFen paidOn } } }',
  );
  expect(data).toEqual({
    payments: {
      nodes: [
        { billNo: 'B-2', studentNo: '2024010305', amountFen: 490000, paidOn: '2025-10-31' },
        { billNo: 'B-1', studentNo: '2024010317', amountFen: 980000, paidOn: '2025-10-30' },
      ],
    },
  });
});
