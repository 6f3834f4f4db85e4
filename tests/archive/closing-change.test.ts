/** The end of an archive: graduation or leaving, and what the alumnus keeps (G10.1, T-05, F-08, SC-10). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { archiveInState } from '../change/archive.plan.js';
import { repairPlan } from '../change/repair.plan.js';
import { seedPending } from '../change/open-matters.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate as request, refusalsOf, type Outcome } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'Archive';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-06-30T10:00:00+08:00' });
});
afterAll(() => college.stop());
const run = (sql: string, ...values: unknown[]) => asOwner(college, 'archive', sql, values);
afterEach(async () => {
  college.clock.set('2026-06-30T10:00:00+08:00');
  for (const table of ['graduation', 'graduation_remark', 'appeal', 'self_entry'])
    await run(`delete from ${table}`);
  await run('delete from repair_application');
  await run('delete from commitment_breach');
  await run('delete from conduct_record');
  await run('delete from operation_log');
  await run(`update student set enrolment_status = 'ENROLLED' where student_no = $1`, STUDENT);
});

const graduatesOn = (day: string) =>
  put(college, 'archive', 'graduation', {
    student_no: STUDENT,
    graduation_on: day,
    outcome: 'GRADUATED',
    version: 1,
  });
const signRemark = () =>
  put(college, 'archive', 'graduation_remark', {
    student_no: STUDENT,
    text: '品行优良',
    author_counsellor: 'T0101',
    approved_by_college: 'T0110',
    signed_by_sao: FIRST,
    issued_on: '2026-06-20',
    recorded_by: 'T0101',
    recorded_at: '2026-06-01T00:00:00Z',
  });

const fields = 'state version closedOn retentionUntil finalReportNo';
const mutate = (person: string, name: string, expectedVersion: number, more: object = {}) =>
  request(
    college,
    person,
    { name, noun, args: { id: STUDENT, expectedVersion, ...more }, fields },
    REVIEW,
  );
const start = (person = FIRST, version = 1) => mutate(person, 'startClosing', version);
const close = (person = SECOND, version = 2, finalReportNo = 'FR-2026-0317') =>
  mutate(person, 'closeArchive', version, { finalReportNo });
const messageOf = ({ answer }: Outcome, name: string): string | undefined =>
  (answer.data?.[name] as { errors: { message: string }[] } | null)?.errors[0]?.message.replace(
    '当前状态不允许此操作。 The present state does not allow this. ',
    '',
  );
const archiveRow = async () =>
  (await run('select state, version from archive where student_no = $1', STUDENT))[0];

/** What a member of staff is offered to do with the archive. */
const offeredTo = async (person: string): Promise<unknown> => {
  const query = `{ student(studentNo: "${STUDENT}") { archive { availableActions } } }`;
  const { data } = await college.request(person, query, { headers: REVIEW });
  const { archive } = (data?.['student'] ?? {}) as { archive?: { availableActions: string[] } };
  return archive?.availableActions.toSorted();
};

/** A refusal, after which the archive is as it was. */
async function refused(work: () => Promise<Outcome>): Promise<Outcome> {
  const before = await archiveRow();
  const outcome = await work();
  expect(await archiveRow()).toEqual(before);
  return outcome;
}

describe('SC-10: on the list, settled, with remark and final report', () => {
  test('closing is begun by one and done by another, and kept for two years', async () => {
    await archiveInState(college, STUDENT, 'ACTIVE');
    await graduatesOn('2026-06-30');
    await signRemark();
    const started = await start();
    expect([started.came, started.row.state]).toEqual(['OK', 'CLOSING']);
    expect((await refused(() => close(FIRST))).came).toBe('SOD_VIOLATION');
    const closed = await close();
    expect([closed.came, closed.row]).toEqual([
      'OK',
      {
        state: 'CLOSED',
        version: 3,
        closedOn: '2026-06-30',
        retentionUntil: '2028-06-30',
        finalReportNo: 'FR-2026-0317',
      },
    ]);
    const sql = `select actor, action from operation_log where target_id = $1
      and action like 'archive.%' order by id`;
    expect(await run(sql, STUDENT)).toEqual([
      { actor: FIRST, action: 'archive.startClosing' },
      { actor: SECOND, action: 'archive.close' },
    ]);
  });

  test('before the day of graduation it begins, and is not done', async () => {
    await archiveInState(college, STUDENT, 'ACTIVE');
    expect(await offeredTo(FIRST)).toEqual(['archive.freeze']);
    await graduatesOn('2026-07-01');
    await signRemark();
    await seedPending(college, STUDENT, 'an appeal');
    expect(await offeredTo(FIRST)).toEqual(['archive.freeze']);
    await run('delete from appeal');
    expect(await offeredTo(FIRST)).toEqual(['archive.freeze', 'archive.startClosing']);
    expect((await start()).came).toBe('OK');
    expect(await offeredTo(SECOND)).toEqual([]);
    const early = await refused(() => close());
    expect([early.came, messageOf(early, 'closeArchive')]).toEqual([
      'STATE_CONFLICT',
      '毕业日期为 2026-07-01。 The day of graduation is 2026-07-01.',
    ]);
    college.clock.set('2026-07-01T00:00:00+08:00');
    expect([await offeredTo(FIRST), await offeredTo(SECOND)]).toEqual([[], ['archive.close']]);
    expect((await close()).came).toBe('OK');
  });

  test('without a signed remark, or the number of the final report, nothing is closed', async () => {
    await archiveInState(college, STUDENT, 'CLOSING');
    await graduatesOn('2026-06-30');
    const unsigned = await refused(() => close(SECOND, 1));
    expect(messageOf(unsigned, 'closeArchive')).toBe(
      '毕业评语尚未签署。 The remark at graduation is not signed yet.',
    );
    await signRemark();
    const blank = await refused(() => close(SECOND, 1, ' '));
    expect(refusalsOf(blank, 'closeArchive')).toEqual(['VALIDATION finalReportNo']);
  });
});

describe('Who leaves otherwise', () => {
  test('of a student who stands on no list and has not left nothing is closed', async () => {
    await archiveInState(college, STUDENT, 'ACTIVE');
    expect((await refused(() => start())).came).toBe('STATE_CONFLICT');
  });

  test.each(['EXPELLED', 'WITHDRAWN', 'TRANSFERRED'])(
    '%s: closed without a remark',
    async (status) => {
      await archiveInState(college, STUDENT, 'ACTIVE');
      await run(`update student set enrolment_status = $1 where student_no = $2`, status, STUDENT);
      expect((await start()).came).toBe('OK');
      expect((await close()).came).toBe('OK');
    },
  );
});

describe('What is not settled', () => {
  test.each([
    ['an appeal', '申诉'],
    ['a repair', '信用修复'],
    ['the review of an entry', '自主填报审核'],
    ['a record that is pending', '待认定或待入档记录'],
    ['a breach of a commitment', '违诺处理'],
  ])('%s stops the beginning and the end', async (matter, zh) => {
    const said = `尚有未办结事项：${zh}。 Not settled yet: ${matter}.`;
    await graduatesOn('2026-06-30');
    await signRemark();
    await seedPending(college, STUDENT, matter);
    await archiveInState(college, STUDENT, 'ACTIVE');
    const early = await refused(() => start());
    expect(messageOf(early, 'startClosing')).toBe(said);
    await archiveInState(college, STUDENT, 'CLOSING');
    const late = await refused(() => close(SECOND, 1));
    expect(messageOf(late, 'closeArchive')).toBe(said);
  });

  test('an appeal that Student Affairs does not see stops nothing, and is not disclosed (3.7(15))', async () => {
    await archiveInState(college, STUDENT, 'ACTIVE');
    await graduatesOn('2026-06-30');
    await seedPending(college, STUDENT, 'an appeal', ['CARD_OVERDRAFTS']);
    expect((await start()).came).toBe('OK');
  });
});

describe('A closed archive', () => {
  test('leaves the alumnus his reading, his appeals and his consents (F-08)', async () => {
    const record = await newRecord(college, STUDENT);
    await archiveInState(college, STUDENT, 'CLOSED');
    const query = `{ me { student { archive { state } conductRecords { id } } } }`;
    expect(await college.request(STUDENT, query)).toEqual({
      data: { me: { student: { archive: { state: 'CLOSED' }, conductRecords: [{ id: record }] } } },
    });
    const appeal = await request(college, STUDENT, {
      name: 'fileAppeal',
      noun: 'Appeal',
      args: {
        kind: new EnumValue('RECORD'),
        target: record,
        grounds: 'it was not me',
        requestedOutcome: new EnumValue('REVOKE'),
      },
    });
    expect(appeal.came).toBe('OK');
    const accepted = await request(
      college,
      'T0110',
      { name: 'acceptAppeal', noun: 'Appeal', args: { id: appeal.row.id, expectedVersion: 1 } },
      REVIEW,
    );
    expect(accepted.came).toBe('OK');
  });

  test('offers no action that it refuses', async () => {
    const actor = { role: 'STU_SELF', person: STUDENT } as const;
    await repairPlan.seed(college, STUDENT, 'DRAFT', actor, 'repair.save');
    const offered = async () => {
      const query = '{ me { student { repairs { availableActions } } } }';
      return (await college.request(STUDENT, query)).data?.['me'];
    };
    const offering = (availableActions: readonly string[]) => ({
      student: { repairs: [{ availableActions }] },
    });
    const revocable = async () => {
      const query = `{ student(studentNo: "${STUDENT}") { conductRecords { availableActions } } }`;
      const { data } = await college.request(FIRST, query, { headers: REVIEW });
      return data?.['student'];
    };
    await archiveInState(college, STUDENT, 'ACTIVE');
    expect(await offered()).toEqual(offering(['repair.save', 'repair.apply', 'repair.withdraw']));
    await archiveInState(college, STUDENT, 'CLOSED');
    expect(await offered()).toEqual(offering([]));
    // What a higher body decides is still carried out, by another than who recorded it.
    expect(await revocable()).toEqual({ conductRecords: [{ availableActions: [] }] });
    await run(
      `insert into upper_decision (student_no, record_id, body, doc_no, decided_on, state, recorded_by,
         recorded_at)
       select student_no, id, '教育厅', 'U-9', '2026-04-10', 'RECORDED', $1, '2026-04-10'
       from conduct_record`,
      SECOND,
    );
    expect(await revocable()).toEqual({
      conductRecords: [{ availableActions: ['conduct.revoke'] }],
    });
  });

  test('takes no fact of a file any more', async () => {
    const bring = () =>
      college.bring('archive', 'loans', [
        {
          贷款编号: 'L-LATE',
          学号: STUDENT,
          贷款类别: '校园地',
          合同号: 'C-123456',
          银行统一社会信用代码: '91990000MA0000001B',
          贷款本金: '8000.00',
          贷款年度: '2025',
          贷款状态: '已签约',
          信息核验: '通过',
        },
      ]);
    const loans = () => run(`select loan_no from loan_record where loan_no = 'L-LATE'`);
    await archiveInState(college, STUDENT, 'CLOSED');
    await expect(bring()).rejects.toThrow('1 rows were rejected');
    expect(await loans()).toEqual([]);
    await archiveInState(college, STUDENT, 'ACTIVE');
    await bring();
    expect(await loans()).toEqual([{ loan_no: 'L-LATE' }]);
  });

  test('is scored as of the day of its closing: nothing fades or is added, what is revoked goes (T-05)', async () => {
    const record = await newRecord(college, STUDENT);
    const scoresOf = () =>
      run(
        `select on_day::text as on, (school_view->>'score')::int as score from credit_snapshot
         where student_no = $1 order by seq desc limit 1`,
        STUDENT,
      );
    await runJob(college, 'archive', 'computeSnapshots');
    await archiveInState(college, STUDENT, 'CLOSED');
    await run(`update archive set closed_on = '2026-06-30' where student_no = $1`, STUDENT);
    const before = await scoresOf();
    college.clock.set('2027-06-30T10:00:00+08:00');
    await newRecord(college, STUDENT, { found_on: '2026-09-10', finding_on: '2026-09-10' });
    await runJob(college, 'archive', 'computeSnapshots');
    expect(await scoresOf()).toEqual(before);

    const decision = { recordId: record, body: '教育厅', docNo: 'U-7', decidedOn: '2027-06-10' };
    const upper = { name: 'recordUpperDecision', noun: 'UpperDecision', args: decision };
    expect((await request(college, FIRST, upper, REVIEW)).came).toBe('OK');
    const args = { id: record, expectedVersion: 1 };
    const revoke = { name: 'revokeConductRecord', noun: 'ConductRecord', args };
    expect((await request(college, SECOND, revoke, REVIEW)).came).toBe('OK');
    expect(await scoresOf()).toEqual([{ on: '2026-06-30', score: 10_000 }]);
    await run('delete from upper_decision');
  });

  test('is only kept from the day after on', async () => {
    await archiveInState(college, STUDENT, 'CLOSED');
    await run(`update archive set closed_on = '2026-06-30' where student_no = $1`, STUDENT);
    await runJob(college, 'archive', 'retainArchives');
    expect(await archiveRow()).toEqual({ state: 'CLOSED', version: 1 });
    college.clock.set('2026-07-01T00:20:00+08:00');
    await runJob(college, 'archive', 'retainArchives');
    await runJob(college, 'archive', 'retainArchives');
    expect(await archiveRow()).toEqual({ state: 'RETAINED', version: 2 });
    const sql = `select actor from operation_log where action = 'archive.retain'`;
    expect(await run(sql)).toEqual([{ actor: 'job:retainArchives' }]);
  });
});

describe('A report for those who graduate', () => {
  const DAY = '2026-07-01';
  const OTHER = '2024010305';
  const offer = (person: string, name: string, args: object) =>
    request(
      college,
      person,
      { name, noun: 'ReportOffer', args: { ...args }, fields: 'id version state studentCount' },
      REVIEW,
    );
  const notified = () =>
    run(`select student_no as no, kind from notice where kind = 'REPORT_OFFER' order by 1`);

  test('is offered by two people to who stands on the list, and issued by nobody but himself (L-09)', async () => {
    await archiveInState(college, STUDENT, 'ACTIVE');
    await archiveInState(college, OTHER, 'ACTIVE');
    const nobody = await offer(FIRST, 'prepareReportOffer', { graduationOn: DAY });
    expect(nobody.came).toBe('STATE_CONFLICT');
    await graduatesOn(DAY);
    const elsewhere = { graduationOn: DAY, classCode: 'NO-SUCH-CLASS' };
    expect((await offer(FIRST, 'prepareReportOffer', elsewhere)).came).toBe('STATE_CONFLICT');

    const { came, row } = await offer(FIRST, 'prepareReportOffer', { graduationOn: DAY });
    expect([came, row.state, row['studentCount']]).toEqual(['OK', 'PREPARED', 1]);
    expect((await offer(SECOND, 'prepareReportOffer', { graduationOn: DAY })).came).toBe(
      'STATE_CONFLICT',
    );
    expect(await notified()).toEqual([]);
    const { id, version: expectedVersion } = row;
    const send = (person: string) => offer(person, 'sendReportOffer', { id, expectedVersion });
    expect((await send(FIRST)).came).toBe('SOD_VIOLATION');
    expect(await notified()).toEqual([]);
    const sent = await send(SECOND);
    expect([sent.came, sent.row.state]).toEqual(['OK', 'SENT']);
    expect(await notified()).toEqual([{ no: STUDENT, kind: 'REPORT_OFFER' }]);
    expect(await run('select 1 from credit_report union all select 1 from consent')).toEqual([]);

    await deliverNotices(college);
    const mine = async (person: string) => {
      const query = '{ myNotices { kind } }';
      const { data } = await college.request(person, query);
      return (data as { myNotices: { kind: string }[] }).myNotices.filter(
        ({ kind }) => kind === 'REPORT_OFFER',
      );
    };
    expect((await mine(STUDENT)).length).toBe(1);
    expect(await mine(OTHER)).toEqual([]);
  });

  test('reaches each once, whatever offers name him, and nobody whose archive is gone', async () => {
    await run('delete from notice; delete from report_offer');
    await graduatesOn(DAY);
    const [{ classCode } = { classCode: '' }] = (await run(
      'select class_code as "classCode" from student where student_no = $1',
      STUDENT,
    )) as { classCode: string }[];
    for (const args of [{ graduationOn: DAY }, { graduationOn: DAY, classCode }]) {
      const { row } = await offer(FIRST, 'prepareReportOffer', args);
      const named = { id: row.id, expectedVersion: row.version };
      expect((await offer(SECOND, 'sendReportOffer', named)).came).toBe('OK');
    }
    expect(await notified()).toEqual([{ no: STUDENT, kind: 'REPORT_OFFER' }]);
    await run('delete from notice; delete from report_offer');
    await archiveInState(college, STUDENT, 'VOID');
    expect((await offer(FIRST, 'prepareReportOffer', { graduationOn: DAY })).came).toBe(
      'STATE_CONFLICT',
    );
  });
});
