import { office } from '@chengxin/academics/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { openDesk, refusalOf, refusedBy, publishedBy, type Desk } from './office-files.js';
import { found, proposed } from './rows.js';

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

interface Violation {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}
const LIST = `{ examViolations(filter: { student: { studentNo: "2024010305" } }) { nodes { id state version } } }`;
const violations = async () => {
  const { data } = await college.request('T0301', LIST);
  return (data as { examViolations: { nodes: Violation[] } }).examViolations.nodes;
};
const findings = () => publishedBy(college, 'academics', 'finding');
/** State and version of a violation by its number in the books. */
const inTheBooks = (violationNo: string) =>
  asOwner(
    college,
    'academics',
    'select state, version from exam_violation where violation_no = $1',
    [violationNo],
  );
const bring = async (rows: Record<string, string>[]) => {
  const { batchId } = await desk.propose('examViolations', rows, clerk);
  return desk.approve(batchId, reviewer);
};

test('a row without finding stays PROPOSED and is published to nobody (F-13, INV-03)', async () => {
  expect(await bring([proposed({})])).toMatchObject({ rows: 1, changed: 1 });
  expect(await violations()).toEqual([{ id: expect.any(String), state: 'PROPOSED', version: 1 }]);
  expect(await findings()).toEqual([]);
});

test.each([
  ['the document', 'V-LACK', { 处理文号: '', 决定日期: '' }],
  ['evidence', 'V-LACK-2', { 证据编号: '' }],
  ['a delivered notice', 'V-LACK-3', { 通知送达日期: '' }],
])('a row that lacks %s stays PROPOSED (INV-03)', async (_lack, 违纪编号, cells) => {
  await bring([found({ 学号: '2024010322', 违纪编号, ...cells })]);
  expect(await inTheBooks(违纪编号)).toMatchObject([{ state: 'PROPOSED' }]);
  expect(await findings()).toEqual([]);
});

test('with finding, evidence and delivered notice it is FOUND, and coded facts alone are published (INV-03, 2.4)', async () => {
  expect(await bring([found({})])).toMatchObject({ rows: 1, changed: 1 });
  const [row] = await violations();
  expect(row).toEqual({ id: expect.any(String), state: 'FOUND', version: 2 });
  expect(await findings()).toEqual([
    {
      topic: 'finding',
      key: `academics:${row?.id}`,
      version: 2,
      payload: {
        studentNo: '2024010305',
        polarity: 'BAD',
        indicatorCode: 'D1-05',
        severity: 'S3',
        state: 'FOUND',
        occurredOn: '2026-01-12',
        foundOn: '2026-01-26',
        findingBody: '教务处',
        findingDocNo: '教〔2026〕7号',
        findingOn: '2026-01-26',
        noticeDeliveredOn: '2026-01-14',
        recordedBy: 'T0301',
        approvedBy: 'T0302',
        approvedAt: expect.any(String),
        source: { subgraph: 'academics', typename: 'ExamViolation', id: row?.id },
      },
    },
  ]);
});

test('the same file publishes nothing again; a corrected row is published as the next version (F-13)', async () => {
  expect(await bring([found({})])).toMatchObject({ changed: 0 });
  expect(await findings()).toHaveLength(1);
  expect(await bring([found({ 严重程度: '特别严重', 认定机构: '' })])).toMatchObject({
    changed: 1,
  });
  const events = await findings();
  expect(
    events.map(({ version, payload }) => [version, payload['severity'], payload['findingBody']]),
  ).toEqual([
    // Read late, the earlier version says what the later does; the body is not said anew, so it stays.
    [2, 'S4', '教务处'],
    [3, 'S4', '教务处'],
  ]);
});

test('bad rows are listed with line, column and reason (F-13, INV-04)', async () => {
  const report = await desk.propose(
    'examViolations',
    [
      proposed({ 违纪编号: 'V-20' }),
      proposed({ 违纪编号: 'V-21', 严重程度: '一般' }),
      proposed({ 违纪编号: 'V-22', 指标代码: '考场违纪' }),
      proposed({ 违纪编号: 'V-23', 处理文号: '教〔2026〕8号' }),
      proposed({ 违纪编号: 'V-24', 决定日期: '2026-01-26' }),
      found({ 违纪编号: 'V-25', 通知送达日期: '2026-01-11' }),
      found({ 违纪编号: 'V-26', 决定日期: '2026-01-13' }),
      proposed({ 违纪编号: 'V-27', 学号: '2024019999' }),
      found({ 学号: '2024010317' }),
      proposed({ 违纪编号: 'V-20' }),
    ],
    clerk,
  );
  expect(report).toMatchObject({ rows: 1, rejected: 9 });
  const range = ['严重程度不在该指标范围内', 'is not in the range of the indicator'];
  expect(await desk.rejected(report)).toEqual([
    ['3', '严重程度', ...range],
    ['4', '严重程度', ...range],
    ['5', '决定日期', '有文号须有决定日期', 'is needed beside the document number'],
    ['6', '处理文号', '有决定日期须有文号', 'is needed beside the day of decision'],
    ['7', '通知送达日期', '送达不得早于发生日期', 'must not be before the act'],
    ['8', '决定日期', '决定不得早于发生及送达', 'must not be before act and notice'],
    ['11', 'violationNo', '与前面的行重复', 'the same record stands in an earlier row'],
    ['9', 'studentNo', '学号不在册', 'no such student in the roster'],
    ['10', 'studentNo', '该违纪属于另一名学生', 'the violation is of another student'],
  ]);
});

test('a file that says less takes no finding back, one that clears what proves it is refused (2.4, F-13)', async () => {
  const before = await inTheBooks('V-1');
  const less = proposed({ 严重程度: '特别严重' });
  expect(await bring([less])).toMatchObject({ rows: 1, rejected: 0, changed: 0 });
  expect(await inTheBooks('V-1')).toEqual(before);

  const emptyClears = ['通知送达日期'];
  const clearing = await desk.propose('examViolations', [less], clerk, { emptyClears });
  const reason = [
    '该违纪已认定，不得由导入退回或更改',
    'is past this state and is not taken back or changed by a file',
  ];
  expect(await desk.rejected(clearing)).toEqual([['2', 'violationNo', ...reason]]);

  const other = { 违纪编号: 'V-30', 学号: '2023010208' };
  const first = await desk.propose('examViolations', [proposed(other)], clerk, { emptyClears });
  await bring([found(other)]);
  expect(await refusalOf(desk.approve(first.batchId, reviewer))).toBe('STATE_CONFLICT');
  expect(await inTheBooks('V-30')).toEqual([{ state: 'FOUND', version: 1 }]);
});

test('the database itself refuses what is not proved and what is out of range (INV-02, INV-03, INV-04)', async () => {
  const refusal = (change: string) =>
    refusedBy(
      college,
      'academics',
      `update exam_violation set ${change} where violation_no = 'V-LACK'`,
    );
  expect(await refusal(`state = 'ACTIVE', notice_delivered_on = null`)).toBe(
    'exam_violation_founded',
  );
  expect(await refusal(`state = 'NOTIFIED', notice_delivered_on = null`)).toBe(
    'exam_violation_notified',
  );
  expect(await refusal(`severity = 'S2'`)).toBe('exam_violation_severity');
  expect(await refusal(`indicator_code = 'D3-01'`)).toBe('exam_violation_severity');
  expect(await refusal('approved_by = recorded_by')).toBe('exam_violation_second_person');
});
