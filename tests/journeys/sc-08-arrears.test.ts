/** SC-08: finance clerk; arrears are not malice, and malice fades once it is paid (G6.3, T-01). */
import { followCalendar } from '@chengxin/archive/conduct/calendar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creditOf } from '../archive/accepted.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { mutate, on, type ChangedRow } from '../support/mutate.js';
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

/** The jobs of a night: finance says of which bills to remind, the archive warns and ends (W-07). */
async function night(): Promise<void> {
  await runJob(college, 'finance', 'remindOfBills');
  await runJob(college, 'archive', 'runWarnings');
  await runJob(college, 'archive', 'expireWarnings');
}
const WARNINGS = `warnings { id code colour dueOn state version suggestedTalk
  trigger { rule group commitmentId values } }`;
/** Warnings of the student as somebody reads them. */
async function warningsFor(person: string, headers: Record<string, string> = {}) {
  const { data } = await college.request(person, of(WARNINGS), { headers });
  type Seen = ChangedRow & { readonly trigger: { readonly rule: string } };
  return ((data?.['student'] as { warnings: Seen[] | null } | null)?.warnings ?? []) as Seen[];
}
const rulesFor = async (person: string, headers = {}) =>
  (await warningsFor(person, headers)).map(
    ({ trigger, state }) => `${trigger.rule} ${String(state)}`,
  );

/** The clerk proposes to the archive that the bill is unpaid out of malice. */
const proposeMalice = () =>
  mutate(college, 'T0401', {
    name: 'proposeMalice',
    noun: 'MaliceProposal',
    args: { billNo: BILL, severity: 'S2', abilityDocNo: 'CW-1', reasonDocNo: 'CW-2' },
    fields: 'id version state dueOn',
  });

/** The student is notified of the proposal, and states his view of it. */
async function hear(): Promise<void> {
  await deliverNotices(college);
  const [notice] = await asOwner<ChangedRow>(
    college,
    'archive',
    `select id, version from notice where student_no = $1 and kind = 'FINDING'`,
    [STUDENT],
  );
  const args = { ...on(notice!), statement: '正在筹款' };
  const filing = { name: 'fileStatement', noun: 'Notice', args };
  expect((await mutate(college, STUDENT, filing)).came).toBe('OK');
}

/** What the archive holds of the bill. */
async function recordOf(): Promise<ChangedRow> {
  const [record] = await asOwner<ChangedRow>(
    college,
    'archive',
    `select id, version, state from conduct_record where bill_no = $1`,
    [BILL],
  );
  return record!;
}

/** Student affairs decides on the record of the bill, whoever of its people. */
const decide = async (person: string, name: string, args: object = {}) =>
  mutate(
    college,
    person,
    { name, noun: 'ConductRecord', args: { ...on(await recordOf()), ...args } },
    REVIEW.headers,
  );
const FINDING = { findingDocNo: 'XS-1' };
/** How the proposal stands at finance. */
const proposals = () =>
  asOwner(college, 'finance', 'select state from malice_proposal order by recorded_at');

describe('Case a: a proper reason', () => {
  beforeAll(openCollege);
  afterAll(() => college.stop());

  test('15 days before, the student is reminded of help first, then finance and his counsellor (W-07)', async () => {
    college.clock.set('2025-10-15T00:20:00+08:00');
    await night();
    expect(await reminders()).toEqual([]);
    college.clock.set('2025-10-16T00:20:00+08:00');
    // By two processes, and again after a restart.
    await Promise.all([
      runJob(college, 'finance', 'remindOfBills'),
      runJob(college, 'finance', 'remindOfBills'),
    ]);
    await night();
    await night();
    expect(await reminders()).toEqual([{ stage: 'DUE_SOON', is_open: true, warnings: 1 }]);
    for (const [person, headers] of [
      [STUDENT, {}],
      ['T0401', {}],
      ['T0201', REVIEW.headers],
    ] as const)
      expect([person, await rulesFor(person, headers)]).toEqual([person, []]);
    await deliverNotices(college);
    expect(await textsOf()).toEqual([
      expect.stringContaining('缓交、助学贷款或家庭经济困难认定') as string,
    ]);
    const told = {
      id: expect.any(String) as unknown,
      code: 'W-07',
      colour: 'ADM',
      dueOn: null,
      state: 'NOTIFIED',
      version: 2,
      suggestedTalk: expect.stringContaining('deferral, student loan and hardship help') as unknown,
    };
    const trigger = { rule: 'DUE_SOON', group: 'TUITION', commitmentId: null };
    const values = JSON.stringify({ billNo: BILL });
    expect(await warningsFor(STUDENT)).toEqual([{ ...told, trigger: { ...trigger, values } }]);
    const seen = [{ ...told, trigger: { ...trigger, values: null } }];
    expect(await warningsFor('T0401')).toEqual(seen);
    expect(await warningsFor('T0201', REVIEW.headers)).toEqual(seen);
    // The bill is not overdue, and he reads no amount of it anywhere.
    expect(await arrears('T0201', REVIEW)).toEqual([]);
    const refused = await college.request('T0201', of('bills { amountFen }'), REVIEW);
    expect([refused.data, rules(refused)]).toEqual([
      { student: { bills: [{ amountFen: null }] } },
      ['student.bills.0.amountFen COUNSELLOR.FG16'],
    ]);
    // Counsellors of another class, and an office without a part in it, read nothing.
    for (const [person, headers] of [
      ['T0101', REVIEW.headers],
      ['T0301', {}],
      ['T0601', {}],
    ] as const)
      expect([person, await rulesFor(person, headers)]).toEqual([person, []]);
  });

  test('either takes it in hand, and once the day is over it ends by itself (W-07)', async () => {
    const act = async (person: string, name: string, headers: object, more = {}) => {
      const [row] = await warningsFor(person, { ...headers });
      const args = { ...on(row!), ...more };
      return (await mutate(college, person, { name, noun: 'Warning', args }, { ...headers })).came;
    };
    expect(await act('T0201', 'acknowledgeWarning', REVIEW.headers)).toBe('OK');
    expect(await act('T0401', 'handleWarning', {}, { actions: ['TALK'] })).toBe('OK');
    college.clock.set('2025-10-31T23:59:00+08:00');
    await night();
    expect(await rulesFor('T0401')).toEqual(['DUE_SOON HANDLING']);
    college.clock.set('2025-11-01T10:00:00+08:00');
    await night();
    for (const [person, headers] of [
      [STUDENT, {}],
      ['T0401', {}],
      ['T0201', REVIEW.headers],
    ] as const)
      expect(await rulesFor(person, headers)).toEqual(['DUE_SOON EXPIRED']);
  });

  test('1. the clerk draws up the list, another publishes it, and the student is told (W-07)', async () => {
    const noun = 'ArrearsList';
    const drawn = await mutate(college, 'T0401', {
      name: 'publishArrearsList',
      noun,
      args: {},
      fields: 'id version state asOn billCount availableActions',
    });
    expect(drawn.row).toEqual({
      id: drawn.row.id,
      version: 1,
      state: 'PROPOSED',
      asOn: '2025-11-01',
      billCount: 1,
      availableActions: [],
    });
    const approve = { name: 'approveArrearsList', noun, args: on(drawn.row) };
    expect((await mutate(college, 'T0401', approve)).came).toBe('FORBIDDEN_ACTION');
    const published = await mutate(college, 'T0402', approve);
    expect([published.came, published.row.state]).toEqual(['OK', 'PUBLISHED']);
    await deliverNotices(college);
    const { data } = await college.request(STUDENT, '{ myNotices { titleZh textZh } }');
    expect(data?.['myNotices']).toEqual([
      {
        titleZh: '学杂费未缴提醒',
        textZh: expect.stringContaining('缓交、助学贷款或家庭经济困难认定') as string,
      },
      { titleZh: '学费缴费提醒', textZh: expect.any(String) as string },
    ]);
    const listed = await college.request(
      'T0402',
      `{ arrearsList(filter: { listId: "${drawn.row.id}" }) { nodes { billNo category } }
         arrearsLists { state billCount } }`,
    );
    expect(listed.data).toEqual({
      arrearsList: { nodes: [{ billNo: BILL, category: 'UNEXPLAINED' }] },
      arrearsLists: [{ state: 'PUBLISHED', billCount: 1 }],
    });
  });

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

  test('4. malice is proposed to the archive, and its student is heard', async () => {
    const proposed = await proposeMalice();
    expect([proposed.came, proposed.row.state]).toEqual(['OK', 'PROPOSED']);
    expect((await proposeMalice()).came).toBe('STATE_CONFLICT');
    await hear();
    expect(await recordOf()).toMatchObject({ state: 'NOTIFIED' });
  });

  test('4. with a pending loan or hardship it is EXCUSED, and nobody reads which', async () => {
    await publishExcuse(1, true);
    for (const person of ['T0401', 'T0402']) expect(await arrears(person)).toEqual(owed('EXCUSED'));
    expect(await arrears('T0201', REVIEW)).toEqual(owed('DEFERRED', null));
    expect((await decide('T0002', 'findMalice', FINDING)).came).toBe('STATE_CONFLICT');
    await publishExcuse(2, false);
    expect(await arrears('T0401')).toEqual(owed('UNEXPLAINED'));
  });

  test('3, 4. a deferral is approved by the reviewer alone, and then no malice is found', async () => {
    const requested = await mutate(college, STUDENT, {
      name: 'requestDeferral',
      noun: 'Deferral',
      args: { billNo: BILL, until: '2026-02-28', reason: '家庭困难' },
    });
    const approve = { name: 'approveDeferral', noun: 'Deferral', args: on(requested.row) };
    for (const person of ['T0401', STUDENT])
      expect((await mutate(college, person, approve)).came).toBe('FORBIDDEN_ACTION');
    expect((await mutate(college, 'T0402', approve)).came).toBe('OK');
    expect(await arrears('T0401')).toEqual(owed('DEFERRED'));
    expect((await decide('T0002', 'findMalice', FINDING)).came).toBe('STATE_CONFLICT');
    expect((await decide('T0002', 'refuseMalice')).came).toBe('OK');
    await college.settle();
    expect(await proposals()).toEqual([{ state: 'DISMISSED' }]);
    expect((await proposeMalice()).came).toBe('STATE_CONFLICT');
    college.clock.set('2026-02-28T23:59:00+08:00');
    expect(await arrears('T0401')).toEqual(owed('DEFERRED'));
    await night();
    expect(await rulesFor(STUDENT)).toEqual(['DUE_SOON EXPIRED']);
    college.clock.set('2026-03-01T00:00:00+08:00');
    expect(await arrears('T0401')).toEqual(owed('UNEXPLAINED'));
  });

  test('30 days overdue warns once; a loan or hardship prevents and ends it, and nobody reads which (W-07)', async () => {
    await publishExcuse(3, true);
    await night();
    expect(await rulesFor(STUDENT)).toEqual(['DUE_SOON EXPIRED']);
    await publishExcuse(4, false);
    for (let times = 0; times < 2; times += 1) await night();
    await deliverNotices(college);
    for (const [person, headers] of [
      [STUDENT, {}],
      ['T0402', {}],
      ['T0201', REVIEW.headers],
    ] as const)
      expect(await rulesFor(person, headers)).toEqual(['OVERDUE NOTIFIED', 'DUE_SOON EXPIRED']);
    await publishExcuse(5, true);
    await night();
    await publishExcuse(6, false);
    for (let times = 0; times < 2; times += 1) await night();
    expect(await rulesFor('T0201', REVIEW.headers)).toEqual([
      'OVERDUE EXPIRED',
      'DUE_SOON EXPIRED',
    ]);
    expect(await reminders()).toEqual([
      { stage: 'DUE_SOON', is_open: false, warnings: 1 },
      { stage: 'OVERDUE', is_open: false, warnings: 1 },
    ]);
    // What lies at the archive of it: a number, a stage, and whether it holds; no amount and no day.
    const [held] = await asOwner(
      college,
      'archive',
      'select to_jsonb(r) as row from bill_reminder r',
    );
    expect(Object.keys((held?.['row'] ?? {}) as object).toSorted()).toEqual([
      'bill_no',
      'id',
      'is_open',
      'stage',
      'student_no',
      'version',
    ]);
  });

  test('none of it costs a point', async () => {
    expect(await creditOf(college, STUDENT)).toEqual({ score: 10_000, grade: 'A', ledger: [] });
  });
});

/** Reminders as the archive holds them, each with the warnings that it has raised. */
const reminders = () =>
  asOwner(
    college,
    'archive',
    `select stage, is_open,
       (select count(*)::int from warning w where w.bill_reminder_id = r.id) as warnings
     from bill_reminder r order by stage`,
  );
/** What the student was notified of. */
async function textsOf(): Promise<string[]> {
  const { data } = await college.request(STUDENT, '{ myNotices { textZh } }');
  return ((data?.['myNotices'] ?? []) as { textZh: string }[]).map(({ textZh }) => textZh);
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
    college.clock.set('2025-12-08T10:00:00+08:00');
    expect((await proposeMalice()).came).toBe('OK');
    await hear();
    college.clock.set('2025-12-20T10:00:00+08:00');
    expect((await decide('T0002', 'findMalice', FINDING)).came).toBe('OK');
    await deliverNotices(college);
    const accepted = await decide('T0001', 'acceptConductRecord');
    expect([accepted.came, accepted.row.state]).toEqual(['OK', 'ACTIVE']);
    await college.settle();
    expect(await proposals()).toEqual([{ state: 'FOUND' }]);
    expect(await creditOf(college, STUDENT)).toEqual(OPEN);
    expect(await arrears('T0401')).toEqual(owed('MALICIOUS'));
    expect(await arrears('T0201', REVIEW)).toEqual(owed('UNEXPLAINED', null));
    // Malice ends no warning: the counsellor would read it from the end.
    for (let times = 0; times < 2; times += 1) {
      await night();
      await deliverNotices(college);
    }
    expect(await rulesFor('T0201', REVIEW.headers)).toEqual(['OVERDUE NOTIFIED']);
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
    await night();
    expect(await rulesFor('T0201', REVIEW.headers)).toEqual(['OVERDUE EXPIRED']);
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
    const records = of(
      'conductRecords { indicatorCode } arrears { outstandingFen } warnings { code }',
    );
    const seen = async (person: string, caseId: string) =>
      (await college.request(person, records, { headers: { 'x-case': caseId } })).data;
    expect(await seen('T0703', 'EC-AID')).toEqual({
      student: { conductRecords: [{ indicatorCode: 'D2-01' }], arrears: null, warnings: null },
    });
    expect(await seen('T0701', 'EC-AWARD')).toEqual({
      student: { conductRecords: [], arrears: null, warnings: null },
    });
  });

  test('5. A comes only after 15 March 2027', async () => {
    expect(await dayOf('2027-03-15')).toMatchObject({ score: 9520, grade: 'B' });
    expect(await dayOf('2027-03-16')).toEqual({ score: 10_000, grade: 'A', ledger: [] });
  });
});
