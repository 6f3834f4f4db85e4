/** Bad and good records by file: own findings, accepted ones, malice (F-13, INV-02–04, T-01, T-04). */
import { office } from '@chengxin/archive/office';
import { followRecords } from '@chengxin/archive/conduct/follow';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, refusalOf, type Desk } from '../academics/office-files.js';
import { follow } from './accepted.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { bad, good, hardship, loan, malice, OWN_STUDENT } from './own-rows.js';
import { cheating, fight, rows, consume } from './conduct-events.js';

const OTHER = '2024010305';
const CLERK = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);
const REVIEWER = importer('T0002', 'SCHOOL_ADMIN', ['SCHOOL']);

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

const recordsOf = (sourceId: string) =>
  rows(
    college,
    `select indicator_code, origin_group, source_office, severity, state, found_on::text,
       finding_body, finding_doc_no, notice_delivered_at, evidence, recorded_by, approved_by, version
     from conduct_record where source_id = ?`,
    [sourceId],
  );
const stateOf = async (sourceId: string) =>
  (await rows(college, 'select state from conduct_record where source_id = ?', [sourceId])).map(
    ({ state }) => state,
  );
const countOf = (table: string) =>
  asOwner(college, 'archive', `select count(*)::int as n from ${table}`);
const scoreOf = async (studentNo: string) => {
  const query = `{ student(studentNo: "${studentNo}") { credit { score } } }`;
  const { data } = await college.request(studentNo, query);
  const student = data?.['student'] as { credit: { score: number } };
  return student.credit.score;
};
/** What is rejected of a file, as line and column; nothing of it is kept. */
async function rejected(kind: string, file: Record<string, string>[]): Promise<string[]> {
  const table = kind === 'good-records' ? 'good_record' : 'conduct_record';
  const before = await countOf(table);
  const report = await desk.propose(kind, file, CLERK);
  expect(report).toMatchObject({ rows: 0, rejected: file.length });
  expect(await countOf(table)).toEqual(before);
  return (await desk.rejected(report)).map(([line, column]) => `${line} ${column}`);
}

describe("Student Affairs' own findings", () => {
  test('with finding, evidence and delivered notice a record counts, and the credit follows', async () => {
    expect(await scoreOf(OWN_STUDENT)).toBe(10_000);
    await college.bring('archive', 'conduct-records', [bad()]);
    expect(await recordsOf('BR-1')).toEqual([
      {
        indicator_code: 'D3-06',
        origin_group: 'BAD_CONDUCT',
        source_office: 'SAO',
        severity: 'S1',
        state: 'ACTIVE',
        found_on: '2026-03-10',
        finding_body: 'SAO',
        finding_doc_no: '学处〔2026〕1号',
        notice_delivered_at: '2026-03-03 16:00:00+00',
        evidence: [
          { id: 'ZJ-1', docNo: 'ZJ-1' },
          { id: 'ZJ-2', docNo: 'ZJ-2' },
        ],
        recorded_by: 'T0001',
        approved_by: 'T0002',
        version: 1,
      },
    ]);
    expect(await scoreOf(OWN_STUDENT)).toBe(9850);
  });

  test.each([
    ['finding', { 认定文号: '', 认定日期: '' }],
    ['evidence', { 证据编号: '' }],
    ['notice', { 通知送达日期: '' }],
  ])('without %s it stays PROPOSED and does not count (F-13, INV-03)', async (what, lacking) => {
    const number = `BR-${what}`;
    await college.bring('archive', 'conduct-records', [bad({ 记录编号: number, ...lacking })]);
    expect(await stateOf(number)).toEqual(['PROPOSED']);
    expect(await scoreOf(OWN_STUDENT)).toBe(9850);
  });

  test('what was lacking makes it count when it comes', async () => {
    await college.bring('archive', 'conduct-records', [
      bad({ 记录编号: 'BR-notice', 学号: OWN_STUDENT }),
    ]);
    expect(await stateOf('BR-notice')).toEqual(['ACTIVE']);
    expect(await scoreOf(OWN_STUDENT)).toBe(9662);
  });

  test('the same file changes nothing, and one that says otherwise of what counts is rejected', async () => {
    const same = await college.bring('archive', 'conduct-records', [bad()]);
    expect(same).toMatchObject({ rows: 1, changed: 0 });
    expect(await rejected('conduct-records', [bad({ 严重程度: '一般' })])).toEqual(['2 recordNo']);
    // What the file leaves out stays as it is.
    const less = await college.bring('archive', 'conduct-records', [bad({ 通知送达日期: '' })]);
    expect(less).toMatchObject({ rows: 1, rejected: 0, changed: 0 });
    expect(await rejected('conduct-records', [bad({ 学号: OTHER })])).toEqual(['2 studentNo']);
  });

  test('a record that is over is not put back by its file, and nobody learns that it is over (2.4, FG14)', async () => {
    await asOwner(
      college,
      'archive',
      `update conduct_record set state = 'REPAIRED' where source_id = 'BR-1'`,
    );
    await follow(college, OWN_STUDENT);
    const same = await college.bring('archive', 'conduct-records', [bad()]);
    expect(same).toMatchObject({ rejected: 0, changed: 1, changes: { added: 1 } });
    expect(await stateOf('BR-1')).toEqual(['REPAIRED']);
  });

  test('one person does not do both halves, and then nothing is in force (INV-02)', async () => {
    const before = await countOf('conduct_record');
    const { batchId } = await desk.propose('conduct-records', [bad({ 记录编号: 'BR-2' })], CLERK);
    expect(await refusalOf(desk.approve(batchId, CLERK))).toBe('SOD_VIOLATION');
    expect(await countOf('conduct_record')).toEqual(before);
  });

  test('a row that breaks the rules is rejected with its column', async () => {
    expect(
      await rejected('conduct-records', [
        bad({ 记录编号: 'X-1', 指标代码: 'D9-99' }),
        bad({ 记录编号: 'X-2', 指标代码: 'D3-99' }),
        bad({ 记录编号: 'X-3', 指标代码: 'D3-08', 严重程度: 'S2' }),
        bad({ 记录编号: 'X-4', 结束日期: '2026-02-28' }),
        bad({ 记录编号: 'X-5', 认定日期: '' }),
        bad({ 记录编号: 'X-6', 认定文号: '' }),
        bad({ 记录编号: 'X-7', 通知送达日期: '2026-02-28' }),
        bad({ 记录编号: 'X-8', 认定日期: '2026-03-03' }),
        bad({ 记录编号: 'X-9', 账单编号: 'B-1' }),
        bad({ 记录编号: 'X-10', 学号: '2099999999' }),
        bad({ 记录编号: 'X-11', 发生日期: '2026-04-13', 通知送达日期: '', 认定日期: '2026-04-14' }),
      ]),
    ).toEqual([
      '2 指标代码',
      '3 指标代码',
      '4 严重程度',
      '5 结束日期',
      '6 认定日期',
      '7 认定文号',
      '8 通知送达日期',
      '9 认定日期',
      '10 账单编号',
      '11 studentNo',
      '12 occurredOn',
    ]);
  });
});

describe('Findings of other offices', () => {
  const cheated = (changes: Record<string, string> = {}) =>
    bad({
      记录编号: 'AC-1',
      学号: OTHER,
      指标代码: 'D1-05',
      严重程度: 'S3',
      发生日期: '2025-06-24',
      认定文号: 'JW-2025-17',
      认定日期: '2025-07-04',
      证据编号: '',
      通知送达日期: '2025-06-26',
      ...changes,
    });

  test('that the office has not published, are rejected', async () => {
    expect(await rejected('conduct-records', [cheated()])).toEqual(['2 findingDocNo']);
  });

  test.each([
    ['student', { 学号: OWN_STUDENT }],
    ['document', { 认定文号: 'JW-2025-18' }],
    ['act', { 发生日期: '2025-06-25' }],
    ['severity', { 严重程度: 'S4' }],
    ['code', { 指标代码: 'D1-04', 严重程度: 'S2' }],
  ])('so is one of another %s than was published', async (_, changes) => {
    await consume(college, 'academics', cheating({ id: 'A-1' }));
    expect(await rejected('conduct-records', [cheated(changes)])).toEqual(['2 findingDocNo']);
    expect(await stateOf('A-1')).toEqual(['FOUND']);
  });

  test('a row accepts what was published: it counts from then on, once (2.4)', async () => {
    expect(await scoreOf(OTHER)).toBe(10_000);
    await college.bring('archive', 'conduct-records', [cheated()]);
    const [record] = await recordsOf('A-1');
    expect(record).toEqual({
      indicator_code: 'D1-05',
      origin_group: 'ACADEMIC_MISCONDUCT',
      source_office: 'AAO',
      severity: 'S3',
      state: 'ACTIVE',
      found_on: '2025-07-04',
      finding_body: '教务处',
      finding_doc_no: 'JW-2025-17',
      notice_delivered_at: '2025-06-25 16:00:00+00',
      evidence: [{ id: 'A-1', docNo: 'JW-2025-17' }],
      recorded_by: 'T0001',
      approved_by: 'T0002',
      version: 2,
    });
    expect(await stateOf('AC-1')).toEqual([]);
    expect(await scoreOf(OTHER)).toBe(7000);
    const again = await college.bring('archive', 'conduct-records', [cheated()]);
    expect(again).toMatchObject({ rows: 1, changed: 0 });
  });

  test('the day of the notice comes with the finding when the office knows it', async () => {
    await consume(college, 'security', fight({ id: 'S-1', noticeDeliveredOn: '2025-10-15' }));
    await consume(college, 'security', fight({ id: 'S-2', findingDocNo: 'GA-2025-89' }));
    const fought = (number: string, docNo: string) =>
      bad({
        记录编号: number,
        学号: OTHER,
        指标代码: 'D3-03',
        严重程度: 'S2',
        发生日期: '2025-10-11',
        认定文号: docNo,
        认定日期: '2025-10-20',
        证据编号: '',
        通知送达日期: '',
      });
    expect(await rejected('conduct-records', [fought('AC-3', 'GA-2025-89')])).toEqual([
      '2 noticeDeliveredOn',
    ]);
    await college.bring('archive', 'conduct-records', [fought('AC-2', 'GA-2025-88')]);
    expect(
      (await recordsOf('S-1')).map((one) => [one['state'], one['notice_delivered_at']]),
    ).toEqual([['ACTIVE', '2025-10-14 16:00:00+00']]);
    expect(await stateOf('S-2')).toEqual(['FOUND']);
  });

  test('a day of notice that is none keeps the event waiting', async () => {
    await consume(college, 'security', fight({ id: 'S-3', noticeDeliveredOn: '2025-02-30' }));
    expect(await stateOf('S-3')).toEqual([]);
    expect(await rows(college, `select reason from parked_event where key = 'S-3'`)).toEqual([
      { reason: 'MALFORMED' },
    ]);
  });

  test('what academic affairs import carries the day of their notice', async () => {
    await college.bring('academics', 'examViolations', [
      {
        违纪编号: 'KC-1',
        学号: OTHER,
        考试类型: '校内考试',
        行为代码: '5-1',
        指标代码: 'D1-04',
        严重程度: 'S1',
        考试场次: '2025 秋',
        发生日期: '2026-01-10',
        处理文号: 'JW-2026-1',
        决定日期: '2026-01-20',
        证据编号: 'KC-E-1',
        通知送达日期: '2026-01-12',
      },
    ]);
    expect(
      await rows(
        college,
        `select state, notice_delivered_at from conduct_record where finding_doc_no = 'JW-2026-1'`,
      ),
    ).toEqual([{ state: 'FOUND', notice_delivered_at: '2026-01-11 16:00:00+00' }]);
  });

  test.each(['D2-02', 'D2-03', 'D4-05'])(
    '%s is found by a third party and never entered by the school (T-04)',
    async (indicator) => {
      const severity = indicator === 'D4-05' ? 'S2' : 'S1';
      expect(
        await rejected('conduct-records', [
          bad({ 记录编号: 'TP-1', 指标代码: indicator, 严重程度: severity }),
        ]),
      ).toEqual(['2 指标代码']);
    },
  );
});

describe('Malicious arrears (D2-01, T-01)', () => {
  test('the archive finds it on bill, three tests, finding and notice', async () => {
    await college.bring('archive', 'conduct-records', [malice({ 学号: OTHER })]);
    expect(await recordsOf('BR-M1')).toEqual([
      expect.objectContaining({
        indicator_code: 'D2-01',
        origin_group: 'TUITION',
        source_office: 'FIN',
        state: 'ACTIVE',
        evidence: [
          { id: 'B2025T1', docNo: 'B2025T1', title: '账单' },
          { id: 'T-1', docNo: 'T-1', title: '有能力缴纳' },
          { id: 'T-2', docNo: 'T-2', title: '无正当理由' },
          { id: 'T-3', docNo: 'T-3', title: '超过缴费期限' },
        ],
      }),
    ]);
  });

  test('without the notice it stays PROPOSED', async () => {
    await college.bring('archive', 'conduct-records', [
      malice({ 学号: OTHER, 记录编号: 'BR-M2', 账单编号: 'B2025D1', 通知送达日期: '' }),
    ]);
    expect(await stateOf('BR-M2')).toEqual(['PROPOSED']);
  });

  test('each of the three tests and the bill is needed, and a bill is found malicious once', async () => {
    const of = (changes: Record<string, string>) => malice({ 学号: OTHER, ...changes });
    expect(
      await rejected('conduct-records', [
        of({ 记录编号: 'X-1', 账单编号: '' }),
        of({ 记录编号: 'X-2', 账单编号: 'B-2', 有能力缴纳证据编号: '' }),
        of({ 记录编号: 'X-3', 账单编号: 'B-3', 无正当理由证据编号: '' }),
        of({ 记录编号: 'X-4', 账单编号: 'B-4', 超过期限证据编号: '' }),
        of({ 记录编号: 'X-5' }),
      ]),
    ).toEqual([
      '2 账单编号',
      '3 有能力缴纳证据编号',
      '4 无正当理由证据编号',
      '5 超过期限证据编号',
      '6 billNo',
    ]);
  });

  test('a pending loan, or hardship in the year, goes with no malice (T-01)', async () => {
    const late = (number: string) =>
      malice({ 学号: '2024020111', 记录编号: number, 账单编号: number });
    await college.bring('archive', 'loans', [loan({ 学号: '2024020111', 贷款状态: '已签约' })]);
    expect(await rejected('conduct-records', [late('BM-1')])).toEqual(['2 billNo']);
    await college.bring('archive', 'loans', [loan({ 学号: '2024020111', 贷款状态: '已放款' })]);
    await college.bring('archive', 'aid', [hardship({ 学号: '2024020111', 学年: '2024-2025' })]);
    await college.bring('archive', 'conduct-records', [late('BM-2')]);
    expect(await stateOf('BM-2')).toEqual(['ACTIVE']);
    await college.bring('archive', 'aid', [hardship({ 学号: '2024020111', 资助编号: 'AID-H2' })]);
    expect(await rejected('conduct-records', [late('BM-3')])).toEqual(['2 billNo']);
  });

  test('what came up between the file and its approval still stands against it', async () => {
    const { batchId } = await desk.propose(
      'conduct-records',
      [malice({ 学号: '2023010208', 记录编号: 'BM-4', 账单编号: 'BM-4' })],
      CLERK,
    );
    await college.bring('archive', 'loans', [
      loan({ 贷款编号: 'LN-9', 学号: '2023010208', 贷款状态: '已申请' }),
    ]);
    expect(await refusalOf(desk.approve(batchId, REVIEWER))).toBe('STATE_CONFLICT');
    expect(await stateOf('BM-4')).toEqual([]);
  });
});

describe('Good records of the archive (P-01 to P-04, P-08)', () => {
  const STUDENT = '2025020415';
  test('come in approved with their proofs, and the credit follows', async () => {
    await college.bring('archive', 'good-records', [
      good({ 学号: STUDENT }),
      good({ 学号: STUDENT, 记录编号: 'GR-2', 指标代码: 'P-03', 级别: '省级' }),
    ]);
    const query = `{ student(studentNo: "${STUDENT}") {
      goodRecords { indicatorCode level state sourceOffice evidence { docNo } } credit { score } } }`;
    const { data } = await college.request(STUDENT, query);
    const student = data?.['student'] as {
      goodRecords: { indicatorCode: string }[];
      credit: object;
    };
    const common = { state: 'APPROVED', sourceOffice: 'SAO', evidence: [{ docNo: 'ZM-9' }] };
    expect(
      student.goodRecords.toSorted((a, b) => a.indicatorCode.localeCompare(b.indicatorCode)),
    ).toEqual([
      { indicatorCode: 'P-01', level: null, ...common },
      { indicatorCode: 'P-03', level: 'PROVINCE', ...common },
    ]);
    expect(student.credit).toEqual({ score: 10_500 });
  });

  test('what breaks the rules or is of the Youth League is rejected; what was revoked stays so, unsaid', async () => {
    await asOwner(
      college,
      'archive',
      `update good_record set state = 'REVOKED' where source_id = 'GR-2'`,
    );
    expect(
      await rejected('good-records', [
        good({ 记录编号: 'X-1', 指标代码: 'P-05' }),
        good({ 记录编号: 'X-2', 指标代码: 'P-04', 级别: '省级' }),
        good({ 记录编号: 'X-3', 结束日期: '2026-02-28' }),
        good({ 记录编号: 'X-4', 证明材料编号: '' }),
        good({ 记录编号: 'X-5', 发生日期: '2026-04-13' }),
        good({ 学号: OTHER }),
      ]),
    ).toEqual([
      '2 指标代码',
      '3 级别',
      '4 结束日期',
      '5 证明材料编号',
      '6 occurredOn',
      '7 studentNo',
    ]);
    const revoked = good({ 学号: STUDENT, 记录编号: 'GR-2', 指标代码: 'P-03', 级别: '省级' });
    const said = await college.bring('archive', 'good-records', [revoked]);
    expect(said).toMatchObject({ rejected: 0, changed: 1, changes: { added: 1 } });
    const states = `select state from good_record where source_id = 'GR-2'`;
    expect(await asOwner(college, 'archive', states)).toEqual([{ state: 'REVOKED' }]);
    // The next file that changes a record of him computes his credit without what was revoked.
    await college.bring('archive', 'good-records', [
      good({ 学号: STUDENT, 证明材料编号: 'ZM-更正' }),
    ]);
    expect(await scoreOf(STUDENT)).toBe(10_200);
  });
});

test('every latest snapshot is what a recomputation of all students gives', async () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  const em = forkOf(running.orm);
  const students = await execute<{ no: string }>(em, 'select student_no as no from student');
  const numbers = students.map(({ no }) => no);
  const before = await countOf('credit_snapshot');
  await followRecords(em, college.clock.now(), numbers);
  expect(await countOf('credit_snapshot')).toEqual(before);
});
