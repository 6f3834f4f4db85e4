import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { accept, cheating, fight, rows, consume, volunteering } from './conduct-events.js';

process.env['LOG_LEVEL'] ??= 'fatal';
let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const record = (id: string) =>
  rows(
    college,
    `select student_no, indicator_code, origin_group, source_office, severity,
       occurred_on::text, found_on::text, finding_body, finding_doc_no, legal_basis, state,
       evidence, source_subgraph, source_typename, source_version, version
     from conduct_record where source_id = ?`,
    [id],
  );
const brief = (id: string) =>
  rows(college, `select severity, state, source_version from conduct_record where source_id = ?`, [
    id,
  ]);
const parked = (id: string) =>
  rows(college, `select source, topic, version, payload, reason from parked_event where key = ?`, [
    id,
  ]);

test('what three offices import and approve stands in the archive once it has read them (0.2)', async () => {
  await college.bring('academics', 'examViolations', [
    {
      违纪编号: 'KC-2025-1',
      学号: '2024010317',
      考试类型: '校内考试',
      行为代码: '6-1',
      指标代码: 'D1-05',
      严重程度: 'S3',
      考试场次: '2025 春 高等数学',
      发生日期: '2025-06-24',
      处理文号: 'JW-2025-17',
      决定日期: '2025-07-04',
      证据编号: 'KC-E-1',
      通知送达日期: '2025-06-25',
    },
  ]);
  await college.bring('security', 'lawViolations', [
    {
      案件编号: 'BW-2025-1',
      学号: '2024010317',
      行为日期: '2025-10-11',
      类别: '行政处罚',
      处理机关: '示范市公安局',
      文书编号: 'GA-2025-88',
      法律依据: '治安管理处罚法',
      指标代码: 'D3-03',
      严重程度: 'S2',
      认定日期: '2025-10-20',
      告知日期: '2025-10-15',
    },
  ]);
  await college.bring('youthleague', 'volunteerHours', [
    { 学号: '2024010317', 学期: '2025-1', 时长: '40', 确认日期: '2026-01-15' },
  ]);
  await college.settle();
  const query = `{ student(studentNo: "2024010317") {
    pendingConduct { indicatorCode severity state occurredOn finding { body docNo date } }
    conductRecords { indicatorCode } goodRecords { indicatorCode level occurredOn state } } }`;
  expect(await college.request('2024010317', query)).toEqual({
    data: {
      student: {
        pendingConduct: [
          {
            indicatorCode: 'D3-03',
            severity: 'S2',
            state: 'FOUND',
            occurredOn: '2025-10-11',
            finding: { body: '示范市公安局', docNo: 'GA-2025-88', date: '2025-10-20' },
          },
          {
            indicatorCode: 'D1-05',
            severity: 'S3',
            state: 'FOUND',
            occurredOn: '2025-06-24',
            finding: { body: 'AAO', docNo: 'JW-2025-17', date: '2025-07-04' },
          },
        ],
        conductRecords: [],
        goodRecords: [
          { indicatorCode: 'P-07', level: 'SCHOOL', occurredOn: '2026-01-15', state: 'APPROVED' },
        ],
      },
    },
  });
});

test('a finding comes in once as FOUND with coded facts and a reference, however often it is published (2.4)', async () => {
  await consume(college, 'academics', cheating({ id: 'A-1' }));
  await consume(college, 'academics', cheating({ id: 'A-1' }), cheating({ id: 'A-1' }));
  expect(await record('A-1')).toEqual([
    {
      student_no: '2024010305',
      indicator_code: 'D1-05',
      origin_group: 'ACADEMIC_MISCONDUCT',
      source_office: 'AAO',
      severity: 'S3',
      occurred_on: '2025-06-24',
      found_on: '2025-07-04',
      finding_body: '教务处',
      finding_doc_no: 'JW-2025-17',
      legal_basis: null,
      state: 'FOUND',
      evidence: [{ id: 'A-1', docNo: 'JW-2025-17' }],
      source_subgraph: 'academics',
      source_typename: 'ExamViolation',
      source_version: 1,
      version: 1,
    },
  ]);
});

test('in whatever order versions come, the newest stands (0.2)', async () => {
  const severities = ['', 'S4', 'S4', 'S3'];
  const orders = [
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
    [2, 3, 1],
    [3, 1, 2],
    [3, 2, 1],
  ];
  for (const order of orders)
    for (const version of order)
      await consume(
        college,
        'academics',
        cheating({ id: `O-${order.join('')}`, version, severity: severities[version] }),
      );
  for (const order of orders)
    expect(await brief(`O-${order.join('')}`)).toEqual([
      { severity: 'S3', state: 'FOUND', source_version: 3 },
    ]);
});

test('of several versions in one page the newest stands (0.2)', async () => {
  await consume(
    college,
    'academics',
    cheating({ id: 'P-1', version: 2, severity: 'S4' }),
    cheating({ id: 'P-1', version: 1 }),
  );
  expect(await brief('P-1')).toEqual([{ severity: 'S4', state: 'FOUND', source_version: 2 }]);
});

test('a finding outside the range of its indicator waits, blocks no other, and is judged again when corrected (INV-04)', async () => {
  const wrong = cheating({ id: 'R-1', severity: 'S1' });
  await consume(college, 'academics', wrong, cheating({ id: 'R-2' }));
  expect(await brief('R-1')).toEqual([]);
  expect(await parked('R-1')).toEqual([
    {
      source: 'academics',
      topic: 'finding',
      version: 1,
      payload: wrong.payload,
      reason: 'SEVERITY_OUT_OF_RANGE',
    },
  ]);
  expect(await brief('R-2')).toEqual([{ severity: 'S3', state: 'FOUND', source_version: 1 }]);
  await consume(college, 'academics', cheating({ id: 'R-1', version: 2, severity: 'S4' }));
  expect(await brief('R-1')).toEqual([{ severity: 'S4', state: 'FOUND', source_version: 2 }]);
  expect(await parked('R-1')).toEqual([]);
});

test('a finding on an unknown student waits and comes in with the student, without another word of its office (0.2)', async () => {
  await consume(college, 'academics', cheating({ id: 'U-1', studentNo: '2026010399' }));
  expect(await parked('U-1')).toMatchObject([{ version: 1, reason: 'UNKNOWN_STUDENT' }]);
  await college.bring('archive', 'students', [
    {
      学号: '2026010399',
      姓名: '郑新',
      性别: '男',
      出生日期: '2004-01-02',
      证件类型: '居民身份证',
      证件号码: '990000200401021116',
      学院代码: 'C01',
      班级代码: '20260103',
      专业代码: 'M0101',
      年级: '2026',
      培养类型: '全日制专科',
      入学日期: '2026-03-01',
      学籍状态: '在读',
    },
  ]);
  expect(await brief('U-1')).toEqual([{ severity: 'S3', state: 'FOUND', source_version: 1 }]);
  expect(await parked('U-1')).toEqual([]);
});

test.each([
  ['no such indicator', { indicatorCode: 'D9-01' }, 'UNKNOWN_INDICATOR'],
  ['a good code', { indicatorCode: 'P-05' }, 'UNKNOWN_INDICATOR'],
  ["another office's indicator", { indicatorCode: 'D3-03', severity: 'S2' }, 'OTHER_OFFICE'],
  [
    'a source elsewhere',
    { source: { subgraph: 'finance', typename: 'Bill', id: 'M' } },
    'OTHER_OFFICE',
  ],
  ['no source', { source: null }, 'MALFORMED'],
  ['a day that is none', { occurredOn: '2025-02-30' }, 'MALFORMED'],
  ['a finding before the act', { foundOn: '2025-06-23' }, 'MALFORMED'],
  ['no document number', { findingDocNo: ' ' }, 'MALFORMED'],
  ['an accusation', { state: 'PROPOSED' }, 'UNKNOWN_STATE'],
])(
  'a finding with %s is refused by name and does not stop the feed (G6.0, G2.2)',
  async (_, facts, reason) => {
    const event = { ...cheating({ id: 'M', ...facts }), key: 'M' };
    await consume(college, 'academics', event);
    expect(await parked('M')).toEqual([
      { source: 'academics', topic: 'finding', version: 1, payload: event.payload, reason },
    ]);
    expect(await brief('M')).toEqual([]);
    await rows(college, `delete from parked_event where key = 'M'`);
  },
);

test('what the security office publishes names its law (T-03)', async () => {
  await consume(college, 'security', fight({ id: 'L-1', legalBasis: null }));
  expect(await parked('L-1')).toMatchObject([{ reason: 'NO_LEGAL_BASIS' }]);
  await consume(college, 'security', fight({ id: 'L-1', version: 2 }));
  expect(await record('L-1')).toMatchObject([
    { origin_group: 'LAW_VIOLATIONS', source_office: 'SEC', legal_basis: '治安管理处罚法' },
  ]);
});

test('an act under 18 leaves no security fact in the archive, not even a waiting one (INV-05)', async () => {
  // Born 2005-12-02.
  await consume(college, 'security', fight({ id: 'Y-1', occurredOn: '2023-12-01' }));
  expect(await brief('Y-1')).toEqual([]);
  expect(await parked('Y-1')).toEqual([
    { source: 'security', topic: 'finding', version: 1, payload: null, reason: 'UNDER_AGE' },
  ]);
  await consume(college, 'security', fight({ id: 'Y-2', occurredOn: '2023-12-02' }));
  expect(await brief('Y-2')).toEqual([{ severity: 'S2', state: 'FOUND', source_version: 1 }]);
  await consume(college, 'security', fight({ id: 'Y-2', version: 2, occurredOn: '2023-12-01' }));
  expect(await brief('Y-2')).toEqual([]);
  expect(await parked('Y-2')).toEqual([
    { source: 'security', topic: 'finding', version: 2, payload: null, reason: 'UNDER_AGE' },
  ]);
  await consume(college, 'security', fight({ id: 'Y-2', version: 1, occurredOn: '2023-12-02' }));
  expect(await brief('Y-2')).toEqual([]);
});

test('an accepted record changes no more by the word of its office (2.4)', async () => {
  await consume(college, 'academics', cheating({ id: 'D-1' }));
  await accept(college, 'D-1');
  await consume(college, 'academics', cheating({ id: 'D-1', version: 2, severity: 'S4' }));
  expect(await brief('D-1')).toEqual([{ severity: 'S3', state: 'ACTIVE', source_version: 1 }]);
  expect(await parked('D-1')).toMatchObject([{ version: 2, reason: 'RECORD_DECIDED' }]);
});

test('a finding that its office takes back is dismissed before acceptance and revoked after (2.4)', async () => {
  await consume(college, 'academics', cheating({ id: 'W-1' }), cheating({ id: 'W-2' }));
  await accept(college, 'W-2');
  const taken = { version: 2, state: 'DISMISSED' };
  await consume(
    college,
    'academics',
    cheating({ id: 'W-1', ...taken }),
    cheating({ id: 'W-2', ...taken }),
  );
  expect(await brief('W-1')).toEqual([{ severity: 'S3', state: 'DISMISSED', source_version: 2 }]);
  expect(await brief('W-2')).toEqual([{ severity: 'S3', state: 'REVOKED', source_version: 2 }]);
});

test('a correction that waits does not keep a record that is gone at its office (2.4, 3.6)', async () => {
  const finding = { id: 'E-1' };
  await consume(college, 'academics', cheating(finding));
  await accept(college, 'E-1');
  await consume(college, 'academics', cheating({ ...finding, version: 2, severity: 'S4' }));
  expect(await parked('E-1')).toMatchObject([{ version: 2, reason: 'RECORD_DECIDED' }]);
  // As a restored archive learns of what it holds and its office has no more.
  await consume(college, 'academics', { ...cheating(finding), payload: {}, gone: true });
  expect(await brief('E-1')).toEqual([{ severity: 'S3', state: 'REVOKED', source_version: 1 }]);
  expect(await parked('E-1')).toEqual([]);
});

test('a closed record never comes back, and is sealed when its office seals it (2.4, T-03)', async () => {
  await consume(college, 'security', fight({ id: 'C-1' }));
  await consume(college, 'security', fight({ id: 'C-1', version: 2, state: 'REVOKED' }));
  await consume(college, 'security', fight({ id: 'C-1', version: 3 }));
  expect(await brief('C-1')).toEqual([{ severity: 'S2', state: 'REVOKED', source_version: 2 }]);
  await consume(college, 'security', fight({ id: 'C-1', version: 4, state: 'SEALED' }));
  expect(await brief('C-1')).toEqual([{ severity: 'S2', state: 'SEALED', source_version: 4 }]);
  expect(await parked('C-1')).toEqual([]);
});

test('a withdrawal that overtakes its finding keeps it out (0.2)', async () => {
  await consume(college, 'academics', cheating({ id: 'T-1', version: 2, state: 'DISMISSED' }));
  await consume(college, 'academics', cheating({ id: 'T-1', version: 1 }));
  expect(await brief('T-1')).toEqual([]);
  expect(await parked('T-1')).toMatchObject([{ version: 2, reason: 'UNKNOWN_RECORD' }]);
});

const DELIVERED = `notice_delivered_at = '2025-07-05T00:00:00Z'`;
test.each([
  ['without a finding', `${DELIVERED}, finding_doc_no = null`],
  ['without evidence', `${DELIVERED}, evidence = '[]'`],
  ['without a delivered notice', `notice_delivered_at = null`],
])('no record counts %s (INV-03)', async (_, lack) => {
  await consume(college, 'academics', cheating({ id: 'I-1' }));
  const activate = `update conduct_record set state = 'ACTIVE', ${lack} where source_id = 'I-1'`;
  await expect(rows(college, activate)).rejects.toThrow('conduct_record_proven');
  expect(await brief('I-1')).toEqual([{ severity: 'S3', state: 'FOUND', source_version: 1 }]);
});

test('nobody approves his own record (INV-02)', async () => {
  await consume(college, 'academics', cheating({ id: 'I-2' }));
  await expect(
    rows(
      college,
      `update conduct_record set recorded_by = 'T0001', approved_by = 'T0001' where source_id = 'I-2'`,
    ),
  ).rejects.toThrow('conduct_record_second_person');
});

const good = (id: string) =>
  rows(
    college,
    `select student_no, indicator_code, origin_group, source_office, level, occurred_on::text,
       ended_on::text, amount, state, source_version from good_record where source_id = ?`,
    [id],
  );

test('a good record comes approved, is corrected by a newer version, and revoked for good (2.4, G6.4)', async () => {
  await consume(college, 'youthleague', volunteering({ id: 'G-1' }));
  await consume(college, 'youthleague', volunteering({ id: 'G-1', version: 2, amount: '44.5' }));
  await consume(college, 'youthleague', volunteering({ id: 'G-1' }));
  const row = {
    student_no: '2024010305',
    indicator_code: 'P-07',
    origin_group: 'GOOD_CONDUCT',
    source_office: 'CYL',
    level: 'SCHOOL',
    occurred_on: '2026-01-15',
    ended_on: null,
    amount: '44.50',
    state: 'APPROVED',
    source_version: 2,
  };
  expect(await good('G-1')).toEqual([row]);
  await consume(college, 'youthleague', volunteering({ id: 'G-1', version: 3, state: 'REVOKED' }));
  await consume(college, 'youthleague', volunteering({ id: 'G-1', version: 4 }));
  expect(await good('G-1')).toEqual([{ ...row, state: 'REVOKED', source_version: 3 }]);
  expect(await parked('G-1')).toMatchObject([{ version: 4, reason: 'RECORD_DECIDED' }]);
});

test.each([
  ["a code that is not the Youth League's", { indicatorCode: 'P-03' }, 'OTHER_OFFICE'],
  ['a bad code', { indicatorCode: 'D6-05' }, 'UNKNOWN_INDICATOR'],
  ['a level that is none', { level: 'WORLD' }, 'MALFORMED'],
  ['an amount that is none', { amount: 'many' }, 'MALFORMED'],
  ['a last day before the first', { endedOn: '2026-01-14' }, 'MALFORMED'],
  ['an unknown student', { studentNo: '2024019999' }, 'UNKNOWN_STUDENT'],
])('a good record with %s waits and does not stop the feed (G6.0)', async (_, facts, reason) => {
  const event = volunteering({ id: 'N', ...facts });
  await consume(college, 'youthleague', event);
  expect(await parked('N')).toEqual([
    { source: 'youthleague', topic: 'good', version: 1, payload: event.payload, reason },
  ]);
  expect(await good('N')).toEqual([]);
  await rows(college, `delete from parked_event where key = 'N'`);
});

test('a record and the snapshot that follows from it are one transaction: nobody reads one without the other (4.8)', async () => {
  await consume(college, 'youthleague', volunteering({ id: 'FOLLOWS' }));
  const written = await rows(
    college,
    `select r.xmin = s.xmin as "together" from good_record r
     join credit_snapshot s on s.student_no = r.student_no
     where r.source_id = 'FOLLOWS' and s.full_view->'lines' @>
       jsonb_build_array(jsonb_build_object('recordId', r.id))`,
  );
  expect(written).toEqual([{ together: true }]);
});
