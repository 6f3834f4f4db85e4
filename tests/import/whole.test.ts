/** Files of offices from the clerk's desk into force. */
import { office } from '@chengxin/academics/office';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { found, grade, proposed } from '../academics/rows.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { number, STYLE, typed, workbook, type Cell } from '../support/workbook.js';
import { openDesk, type Desk } from './desk.js';

const clerk = importer('T0301', 'AAO_CLERK');
const colleague = importer('T0303', 'AAO_CLERK');
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

const inOffice = (sql: string) => asOwner(college, 'academics', sql);

type Row = Readonly<Record<string, string>>;
const heads = Object.keys(proposed({}));
const lineOf = (row: Row): string => heads.map((head) => row[head] ?? '').join(',');

const VIOLATIONS = `{ examViolations { nodes { studentNo examType indicatorCode session state version } } }`;
const violations = async () => {
  const { data } = await college.request('T0301', VIOLATIONS);
  const { nodes } = (data as { examViolations: { nodes: { studentNo: string }[] } }).examViolations;
  return nodes.toSorted((one, other) => one.studentNo.localeCompare(other.studentNo));
};
const ACT = {
  examType: 'SCHOOL',
  indicatorCode: 'D1-05',
  session: '2025-1 期末 第3场',
  version: 1,
};

test('of a GB18030 file with 24 kinds of bad row each reports what is wrong, and the good rows are in force (F-13)', async () => {
  const first = await desk.file(
    'first.csv',
    [
      heads.join(','),
      lineOf(found({ 违纪编号: 'V-0', 学号: '2024010322' })),
      lineOf(found({ 违纪编号: 'V-8', 学号: '2024020111' })),
    ].join('\n'),
  );
  await desk.approve((await desk.propose('examViolations', first, clerk)).batchId, reviewer);

  const number_ = '编号被表格软件转成了数字，请将该列设为文本';
  const numberEn = 'was turned into a number by a spreadsheet; format the column as text';
  const BAD: [line: string, ...expected: string[]][] = [
    [lineOf(proposed({ 学号: '' })), '学号', '不得为空', 'must not be empty'],
    [lineOf(proposed({ 学号: '20240103' })), '学号', '学号格式不正确', 'is not a student number'],
    [lineOf(proposed({ 学号: '2.02401E+09' })), '学号', number_, numberEn],
    [lineOf(proposed({ 违纪编号: '7.0' })), '违纪编号', number_, numberEn],
    [
      lineOf(proposed({ 违纪编号: '违-1' })),
      '违纪编号',
      '代码格式不正确',
      'does not have the form of this code',
    ],
    [
      lineOf(proposed({ 考试类型: '期末考试' })),
      '考试类型',
      '应为以下之一：SCHOOL 校内考试、STATE 国家教育考试、CERT 等级证书考试',
      'must be one of: SCHOOL 校内考试, STATE 国家教育考试, CERT 等级证书考试',
    ],
    [
      lineOf(proposed({ 考试场次: '场'.repeat(101) })),
      '考试场次',
      '超过 100 个字',
      'is longer than 100 characters',
    ],
    [
      lineOf(proposed({ 考试场次: '第3\u0007场' })),
      '考试场次',
      '含有不可见字符',
      'holds unprintable characters',
    ],
    [
      lineOf(proposed({ 考试场次: '#REF!' })),
      '考试场次',
      '是表格软件的错误值',
      'is an error value of a spreadsheet',
    ],
    [
      lineOf(proposed({ 考试场次: '第\ufffd场' })),
      '考试场次',
      '含有无法识别的字符',
      'holds a character that could not be read',
    ],
    [
      lineOf(proposed({ 发生日期: '2026-02-30' })),
      '发生日期',
      '日历上没有这一天',
      'is not a day of the calendar',
    ],
    [
      lineOf(proposed({ 发生日期: '12.1.2026' })),
      '发生日期',
      '日期应写作 2025-10-31',
      'must be a date such as 2025-10-31',
    ],
    [
      'V-9,2024010305',
      '',
      '应有 13 个单元格，实有 2 个',
      'The header has 13 cells, this row has 2',
    ],
    [
      `${lineOf(proposed({}))},见备注`,
      '',
      '应有 13 个单元格，实有 14 个',
      'The header has 13 cells, this row has 14',
    ],
    [
      lineOf(proposed({ 考试场次: '第"3"场' })),
      '',
      '引号不完整',
      'The quotes of this row are broken',
    ],
    [
      lineOf(proposed({ 指标代码: 'D1-04', 严重程度: 'S4' })),
      '严重程度',
      '严重程度不在该指标范围内',
      'is not in the range of the indicator',
    ],
    [
      lineOf(found({ 决定日期: '' })),
      '决定日期',
      '有文号须有决定日期',
      'is needed beside the document number',
    ],
    [
      lineOf(found({ 处理文号: '' })),
      '处理文号',
      '有决定日期须有文号',
      'is needed beside the day of decision',
    ],
    [
      lineOf(found({ 通知送达日期: '2026-01-11' })),
      '通知送达日期',
      '送达不得早于发生日期',
      'must not be before the act',
    ],
    [
      lineOf(found({ 决定日期: '2026-01-13' })),
      '决定日期',
      '决定不得早于发生及送达',
      'must not be before act and notice',
    ],
    [
      lineOf(proposed({ 违纪编号: 'V-GOOD-1' })),
      'violationNo',
      '与前面的行重复',
      'the same record stands in an earlier row',
    ],
    [
      lineOf(proposed({ 违纪编号: 'V-10', 学号: '2024019999' })),
      'studentNo',
      '学号不在册',
      'no such student in the roster',
    ],
    [
      lineOf(found({ 违纪编号: 'V-0' })),
      'studentNo',
      '该违纪属于另一名学生',
      'the violation is of another student',
    ],
    [
      lineOf(proposed({ 违纪编号: 'V-8', 学号: '2024020111', 发生日期: '2026-02-01' })),
      'noticeDeliveredOn',
      '与已存日期的先后不符',
      'is before a day that it must follow',
    ],
  ];
  const lines = [
    heads.join(','),
    lineOf(proposed({ 违纪编号: 'V-GOOD-1' })),
    ...BAD.map(([line]) => line),
    lineOf(found({ 违纪编号: 'V-GOOD-2', 学号: '2024010317' })),
    '',
  ];
  const file = await desk.file('bad.csv', iconv.encode(lines.join('\r\n'), 'gb18030'));
  const report = await desk.propose('examViolations', file, clerk);
  expect(report).toMatchObject({ rows: 2, rejected: BAD.length, state: 'PROPOSED' });
  const listed = (await desk.rejected(report)).toSorted(([a], [b]) => Number(a) - Number(b));
  expect(listed).toEqual(BAD.map(([, ...expected], at) => [String(at + 3), ...expected]));

  expect(await desk.approve(report.batchId, reviewer)).toMatchObject({ changed: 2 });
  expect(await violations()).toEqual([
    { ...ACT, studentNo: '2024010305', state: 'PROPOSED' },
    { ...ACT, studentNo: '2024010317', state: 'FOUND' },
    { ...ACT, studentNo: '2024010322', state: 'FOUND' },
    { ...ACT, studentNo: '2024020111', state: 'FOUND' },
  ]);
});

const GRADES = `{ courseGrades(order: COURSE) { nodes { studentNo courseCode score { raw } state version } } }`;
const grades = async () => {
  const { data } = await college.request('T0301', GRADES);
  return (data as { courseGrades: { nodes: unknown[] } }).courseGrades.nodes;
};
const GRADE = { studentNo: '2024010305', state: 'PUBLISHED', version: 1 };

test('of an XLSX workbook the good rows are in force, and bad ones have the numbers of its rows (F-13)', async () => {
  const columns = Object.keys(grade({}));
  const row = (changes: Record<string, Cell>): Cell[] => {
    const cells: Record<string, Cell> = {
      ...grade({}),
      学号: number(2024010305),
      学分: number(4, STYLE.yuan),
      成绩: number('87.5'),
      绩点: number('3.7500000000000004'),
      修读次数: number(1),
      ...changes,
    };
    return columns.map((column) => cells[column] ?? '');
  };
  const file = await desk.file(
    '成绩.xlsx',
    workbook([
      null,
      columns,
      row({ 课程代码: 'XL101' }),
      null,
      row({ 课程代码: 'XL102', 成绩: typed('e', '#N/A') }),
      row({ 课程代码: 'XL103', 学期: number(45931, STYLE.day) }),
      row({ 课程代码: 'XL104', 成绩: { xml: '<c><f>87+3</f><v>90</v></c>' } }),
      row({ 课程代码: 'XL105', 学号: number('20240103050000001') }),
      row({ 课程代码: 'XL101' }),
      [],
    ]),
  );
  const report = await desk.propose('grades', file, clerk);
  expect(report).toMatchObject({ rows: 2, rejected: 4, state: 'PROPOSED' });
  expect(await desk.rejected(report)).toEqual([
    ['5', '成绩', '是表格软件的错误值', 'is an error value of a spreadsheet'],
    [
      '6',
      '学期',
      '学期应写作 2025-1 或 2025-2026-1',
      'must be a term such as 2025-1 or 2025-2026-1',
    ],
    [
      '8',
      '学号',
      '编号被表格软件转成了数字，请将该列设为文本',
      'was turned into a number by a spreadsheet; format the column as text',
    ],
    [
      '9',
      'studentNo, termCode, courseCode, attempt',
      '与前面的行重复',
      'the same record stands in an earlier row',
    ],
  ]);
  expect(await grades()).toEqual([]);
  await desk.approve(report.batchId, reviewer);
  expect(await grades()).toEqual([
    { ...GRADE, courseCode: 'XL101', score: { raw: '87.50' } },
    { ...GRADE, courseCode: 'XL104', score: { raw: '90.00' } },
  ]);
});

test('two clerks import the same file at once: both wait, and whichever comes second changes nothing (F-13)', async () => {
  const before = await grades();
  const codes = Array.from({ length: 3000 }, (_, at) => `ZZ${at}`);
  const all = codes.map((课程代码) => grade({ 课程代码 }));
  const bad = grade({ 课程代码: 'ZZ-BAD', 学号: '2024019999' });
  const columns = Object.keys(bad);
  const lines = [...all, bad].map((row) => columns.map((column) => row[column]).join(','));
  const file = await desk.file('twice.csv', [columns.join(','), ...lines].join('\n'));

  const reports = await Promise.all(
    [clerk, colleague].map((by) => desk.propose('grades', file, by)),
  );
  for (const report of reports) {
    expect(report).toMatchObject({ rows: 3000, rejected: 1, state: 'PROPOSED' });
    expect(await desk.rejected(report)).toEqual([
      ['3002', 'studentNo', '学号不在册', 'no such student in the roster'],
    ]);
  }
  const changed = await Promise.all(
    reports.map(({ batchId }) => desk.approve(batchId, reviewer).then((one) => one.changed ?? 0)),
  );
  expect(changed.toSorted((one, other) => one - other)).toEqual([0, 3000]);
  expect(
    await inOffice(`select count(*)::int as rows, max(version) as version from course_grade`),
  ).toEqual([{ rows: before.length + 3000, version: 1 }]);
  expect(await inOffice('select count(*)::int as waiting from import_row')).toEqual([
    { waiting: 0 },
  ]);
});

test('one clerk imports the same file twice at once: one run is refused and leaves nothing (F-13)', async () => {
  const columns = Object.keys(grade({}));
  const lines = Array.from({ length: 20_000 }, (_, at) => {
    const row = grade({ 课程代码: `YY${at}` });
    return columns.map((column) => row[column]).join(',');
  });
  const file = await desk.file('doubled.csv', [columns.join(','), ...lines].join('\n'));
  let second: Promise<unknown> = Promise.resolve();
  const first = desk.propose('grades', file, clerk, {
    onProgress: (rows) => {
      if (rows === 2000) second = desk.propose('grades', file, clerk);
    },
  });
  await expect(first).rejects.toMatchObject({ extensions: { code: 'STATE_CONFLICT' } });
  const report = (await second) as { batchId: string };
  expect(report).toMatchObject({ rows: 20_000, rejected: 0, state: 'PROPOSED' });
  expect(await inOffice('select distinct batch_id from import_row')).toEqual([
    { batch_id: report.batchId },
  ]);
  expect(await desk.approve(report.batchId, reviewer)).toMatchObject({ changed: 20_000 });
});
