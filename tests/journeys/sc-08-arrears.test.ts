/** SC-08: finance clerk; arrears are not malice, and malice fades once it is paid (G6.3, T-01). */
import { followCalendar } from '@chengxin/archive/conduct/calendar';
import { requestAuthorization } from '@chengxin/kit/import/authority';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accept, creditOf, maliciousArrears } from '../archive/accepted.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2025020415';
const BILL = 'B-2025-0415';
const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

let college: TestCollege;
async function openCollege(): Promise<void> {
  college = await startCollege({ at: '2025-11-01T10:00:00+08:00' });
  await college.bring('finance', 'bills', [
    {
      账单编号: BILL,
      学号: STUDENT,
      学年: '2025-2026',
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: '2025-10-31',
    },
  ]);
}
const of = (fields: string): string => `{ student(studentNo: "${STUDENT}") { ${fields} } }`;
const rules = ({ errors }: Answer): string[] =>
  (errors ?? []).map(({ path, extensions }) => `${path?.join('.')} ${String(extensions['rule'])}`);
/** Category and amount as somebody reads them. */
const arrears = async (person: string, options = {}): Promise<unknown> => {
  const answer = await college.request(person, of('arrears { category outstandingFen }'), options);
  return (answer.data?.['student'] as { arrears: unknown } | null)?.arrears;
};
const owed = (category: string, outstandingFen: number | null = 980_000) => [
  { category, outstandingFen },
];

describe('Case a: a proper reason', () => {
  beforeAll(openCollege);
  afterAll(() => college.stop());

  test('2. the clerk reads name and amount, neither grades nor credit', async () => {
    const answer = await college.request(
      'T0401',
      of('name arrears { category outstandingFen } grades { courseName } credit { grade }'),
    );
    expect(answer.data).toEqual({
      student: {
        name: '赵文博',
        arrears: owed('UNEXPLAINED'),
        grades: null,
        credit: { grade: null },
      },
    });
    expect(rules(answer)).toEqual([
      'student.grades FIN_CLERK.FG08',
      'student.credit.grade FIN_CLERK.FG22',
    ]);
  });

  test('3. the counsellor reads UNEXPLAINED and no amount', async () => {
    expect(await arrears('T0201', REVIEW)).toEqual(owed('UNEXPLAINED', null));
  });

  test.each([
    ['the clerk', 'T0401'],
    ['the student', STUDENT],
  ])('3. approving a deferral is refused to %s', async (_, person) => {
    await expect(leaveToApprove(person)).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN_ACTION' },
    });
    expect(await leaveToApprove('T0402')).toMatchObject({ subject: 'T0402', role: 'FIN_REVIEWER' });
  });

  test('4. with a pending loan or hardship it is EXCUSED, and nobody reads which', async () => {
    await publishExcuse(1, true);
    for (const person of ['T0401', 'T0402']) expect(await arrears(person)).toEqual(owed('EXCUSED'));
    expect(await arrears('T0201', REVIEW)).toEqual(owed('DEFERRED', null));
    await publishExcuse(2, false);
    expect(await arrears('T0401')).toEqual(owed('UNEXPLAINED'));
  });

  test('4. a deferral until 28 February makes it DEFERRED until then', async () => {
    await college.bring('finance', 'deferrals', [
      { 账单编号: BILL, 学号: STUDENT, 缓交原因: '家庭困难', 缓交至: '2026-02-28' },
    ]);
    college.clock.set('2026-02-28T23:59:00+08:00');
    expect(await arrears('T0401')).toEqual(owed('DEFERRED'));
    college.clock.set('2026-03-01T00:00:00+08:00');
    expect(await arrears('T0401')).toEqual(owed('UNEXPLAINED'));
  });

  test('none of it costs a point', async () => {
    expect(await creditOf(college, STUDENT)).toEqual({ score: 10_000, grade: 'A', ledger: [] });
  });
});

/** What the gateway signs for whoever puts a batch of deferrals in force. */
async function leaveToApprove(person: string) {
  const { config } = college.started.offices.get('finance')!;
  return requestAuthorization(config, college.gateway.origin, await college.token(person), {
    office: 'finance',
    actions: ['finance.approveImport'],
    target: 'a batch of deferrals',
  });
}

/** As the archive publishes to finance of a student and academic year (T-01). */
async function publishExcuse(version: number, excused: boolean): Promise<void> {
  await asOwner(
    college,
    'archive',
    `with excuse as (
       insert into excuse_told (student_no, academic_year, excused, version)
       values ($1, '2025-2026', $2, $3)
       on conflict (student_no, academic_year) do update set excused = excluded.excused,
         version = excluded.version
       returning *
     )
     insert into outbox (topic, key, version, at)
     select 'excuse', student_no || ':' || academic_year, version, now() from excuse`,
    [STUDENT, excused, version],
  );
  await college.settle();
}

describe('Case b: malice', () => {
  beforeAll(openCollege);
  afterAll(() => college.stop());

  /** The archive's job of a day, at ten past midnight. */
  async function dayOf(day: string): Promise<unknown> {
    college.clock.set(`${day}T00:10:00+08:00`);
    const archive = college.started.offices.get('archive');
    if (!archive) throw new Error('There is no archive.');
    await followCalendar(archive.orm, college.clock.now());
    return creditOf(college, STUDENT);
  }
  const OPEN = { score: 9040, grade: 'B', ledger: [{ points: -960 }] };

  test('5. found on 20 December it costs 9.60, and finance learns that it was found', async () => {
    college.clock.set('2025-12-20T10:00:00+08:00');
    await accept(college, maliciousArrears(STUDENT, BILL));
    expect(await creditOf(college, STUDENT)).toEqual(OPEN);
    expect(await arrears('T0401')).toEqual(owed('MALICIOUS'));
    expect(await arrears('T0201', REVIEW)).toEqual(owed('UNEXPLAINED', null));
  });

  test('5. while it is unpaid it stays at 90.40 B', async () => {
    expect(await dayOf('2026-03-14')).toEqual(OPEN);
  });

  test('5. paid on 15 March it is 95.20 B on 1 October: an S2 still counts', async () => {
    college.clock.set('2026-03-16T09:00:00+08:00');
    await college.bring('finance', 'payments', [
      { 流水号: 'P-1', 账单编号: BILL, 学号: STUDENT, 实缴金额: '9800.00', 缴费日期: '2026-03-15' },
    ]);
    expect(await arrears('T0401')).toEqual(owed('CLEARED', 0));
    expect(await creditOf(college, STUDENT)).toEqual(OPEN);
    expect(await dayOf('2026-10-01')).toEqual({
      score: 9520,
      grade: 'B',
      ledger: [{ points: -480 }],
    });
  });

  test('of the aid evaluator and the awards evaluator, the first reads the code alone', async () => {
    for (const [caseId, purpose, person] of [
      ['EC-AID', '资助', 'T0703'],
      ['EC-AWARD', '评优', 'T0701'],
    ] as const)
      await college.bring('archive', 'cases', [
        {
          评审编号: caseId,
          用途: purpose,
          名称: purpose,
          主办部门: 'SAO',
          开始时间: '2026-09-25 00:00:00',
          结束时间: '2026-10-09 00:00:00',
          学生学号: STUDENT,
          评审人工号: person,
        },
      ]);
    const records = of('conductRecords { indicatorCode } arrears { outstandingFen }');
    const seen = async (person: string, caseId: string) =>
      (await college.request(person, records, { headers: { 'x-case': caseId } })).data;
    expect(await seen('T0703', 'EC-AID')).toEqual({
      student: { conductRecords: [{ indicatorCode: 'D2-01' }], arrears: null },
    });
    expect(await seen('T0701', 'EC-AWARD')).toEqual({
      student: { conductRecords: [], arrears: null },
    });
  });

  test('5. A comes only after 15 March 2027', async () => {
    expect(await dayOf('2027-03-15')).toMatchObject({ score: 9520, grade: 'B' });
    expect(await dayOf('2027-03-16')).toEqual({ score: 10_000, grade: 'A', ledger: [] });
  });
});
