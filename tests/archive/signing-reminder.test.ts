/** Reminders of entry: when, how often, to whom, and what they say (G10.2, G10.4, F-01). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { AGREEMENT_VERSION, NOTICE_VERSION, publishEntryTexts } from '../support/entry.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { mutate } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { studentRows } from '../support/student-rows.js';

const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const COHORT = 2026;
const PLACE = { college: 'C01', classCode: '20260103', major: 'M0101' };
const [STUDENT, OTHER] = ['2026010100', '2026010101'];
/** Not of age at the launch. */
const MINOR = '2026010301';

let college: TestCollege;
/** What the student has signed, once he has. */
let signed: { readonly agreement: string; readonly letter: string };
beforeAll(async () => {
  college = await startCollege({ at: '2026-09-01T10:00:00+08:00' });
  await college.bring('archive', 'students', studentRows(2, PLACE));
  await publishEntryTexts(college);
  await runJob(college, 'archive', 'openAccounts');
  await mutate(
    college,
    'T0001',
    { name: 'launchSigning', noun: 'SigningLaunch', args: { cohort: COHORT }, fields: 'id' },
    REVIEW,
  );
  const { id: agreement = '' } = await put(college, 'archive', 'agreement', {
    student_no: STUDENT,
    template_version: AGREEMENT_VERSION,
    text_sha256: 'a'.repeat(64),
    signed_at: '2026-09-01T02:00:00Z',
    method: 'ONLINE_SIGN',
    notice_version: NOTICE_VERSION,
    recorded_at: '2026-09-01T02:00:00Z',
  });
  const [offered] = await archive('select id from commitment where student_no = $1', [STUDENT]);
  signed = { agreement, letter: offered?.['id'] as string };
});
afterAll(() => college.stop());

const archive = (sql: string, parameters: unknown[] = []) =>
  asOwner(college, 'archive', sql, parameters);
const on = (day: string, time = '09:00:00'): void => college.clock.set(`${day}T${time}+08:00`);
const remind = () => runJob(college, 'archive', 'remindSigning');
const reminders = async (studentNo = STUDENT): Promise<string[]> => {
  const rows = await archive(
    `select kind || ' ' || reminded_on as what from signing_reminder where student_no = $1
     order by reminded_on`,
    [studentNo],
  );
  return rows.map(({ what }) => what as string);
};
/** The archive of the student in a state, signed where that is the way to it. */
const stands = (state: string, more = '') => {
  const isOpen = ['IMPORTED', 'VOID', 'PENDING_SIGNATURE', 'DESTROYED'].includes(state);
  const ids = isOpen ? [null, null] : [signed.agreement, signed.letter];
  return archive(
    `update archive set state = $1, agreement_id = $2, commitment_id = $3 ${more}
     where student_no = $4`,
    [state, ...ids, STUDENT],
  );
};
const checks = (due: string, days = 30) =>
  stands(
    'PENDING_VERIFICATION',
    `, verification_due_on = '${due}', verification_days = ${days}, verification_state = 'OPEN'`,
  );

/** Everybody is notified of the launch on its day, and reminded of nothing yet. */
beforeEach(async () => {
  on('2026-09-01', '10:00:00');
  await archive(`delete from notice where kind like '%REMINDER'`);
  await archive('delete from signing_reminder');
  await archive(`update archive set state = 'PENDING_SIGNATURE', verification_due_on = null,
    verification_state = null, verification_days = 30, agreement_id = null, commitment_id = null,
    confirmed_at = null, closed_on = null, retention_until = null
    from student s where s.student_no = archive.student_no and s.cohort = ${COHORT}`);
  await archive(`update student set enrolment_status = 'ENROLLED' where cohort = ${COHORT}`);
  await archive(`update account set state = 'CREATED' where student_no is not null`);
  await archive(`update commitment set state = 'OFFERED' where matter = 'ENTRY'`);
  await deliverNotices(college);
});

describe('Of the signing (G10.2)', () => {
  test('a week after the notice, then each week, four times', async () => {
    const days = ['07', '08', '14', '15', '22', '28', '29'].map((day) => `2026-09-${day}`);
    for (const day of [...days, '2026-10-06', '2026-12-01']) {
      on(day);
      await remind();
    }
    expect(await reminders()).toEqual([
      'SIGNING 2026-09-08',
      'SIGNING 2026-09-15',
      'SIGNING 2026-09-22',
      'SIGNING 2026-09-29',
    ]);
  });

  test('when the job did not run for weeks, one reminder stands for all', async () => {
    on('2026-09-20');
    await remind();
    on('2026-09-26');
    await remind();
    expect(await reminders()).toEqual(['SIGNING 2026-09-20']);
    on('2026-09-27');
    await remind();
    expect(await reminders()).toEqual(['SIGNING 2026-09-20', 'SIGNING 2026-09-27']);
  });

  test('nobody is reminded twice on a day, whoever runs the job, and each time it is logged', async () => {
    on('2026-09-08');
    const before = await archive(`select id from operation_log where action = 'signing.remind'`);
    await Promise.all([remind(), remind()]);
    on('2026-09-08', '23:59:59');
    await remind();
    expect(await reminders()).toEqual(['SIGNING 2026-09-08']);
    const reminded = await archive('select id from signing_reminder');
    const notices = await archive(`select id from notice where kind = 'SIGNING_REMINDER'`);
    const lines = await archive(`select id from operation_log where action = 'signing.remind'`);
    expect([notices.length, lines.length - before.length]).toEqual([
      reminded.length,
      reminded.length,
    ]);
  });

  test('nobody is reminded of what he was not notified of', async () => {
    await archive(`delete from notice_standing where kind in ('AGREEMENT', 'TEMPLATE')`);
    on('2026-09-08');
    await remind();
    expect(await archive('select id from signing_reminder')).toEqual([]);
    await archive(`update notice set delivered_at = null, version = version + 1
      where kind in ('AGREEMENT', 'TEMPLATE')`);
  });

  test('as long as anything can be done: the agreement, a letter that is offered, the account', async () => {
    const steps = [
      [true, 'DECLINED', 'ACTIVATED', 0],
      [true, 'DECLINED', 'LOCKED', 0],
      [true, 'OFFERED', 'ACTIVATED', 1],
      [true, 'DECLINED', 'CREATED', 1],
      [false, 'DECLINED', 'ACTIVATED', 1],
    ] as const;
    const reached: number[] = [];
    on('2026-09-08');
    for (const [isAgreed, letter, account] of steps) {
      await archive('delete from notice where kind = $1', ['SIGNING_REMINDER']);
      await archive('delete from signing_reminder');
      await archive('update archive set agreement_id = $1 where student_no = $2', [
        isAgreed ? signed.agreement : null,
        STUDENT,
      ]);
      await archive('update commitment set state = $1 where id = $2', [letter, signed.letter]);
      await archive('update account set state = $1 where student_no = $2', [account, STUDENT]);
      await remind();
      reached.push((await reminders()).length);
    }
    expect(reached).toEqual(steps.map(([, , , times]) => times));
    // Others are reminded all the while.
    expect(await reminders(OTHER)).toEqual(['SIGNING 2026-09-08']);
  });

  test('a letter that is offered once more begins anew', async () => {
    for (const day of ['08', '15', '22', '29']) {
      on(`2026-09-${day}`);
      await remind();
    }
    await archive(
      `update notice_standing set delivered_at = '2026-10-20T09:00:00+08:00'
       where kind = 'TEMPLATE' and subject_id in
         (select id::text from commitment where student_no = $1)`,
      [STUDENT],
    );
    for (const day of ['26', '27', '28']) {
      on(`2026-10-${day}`);
      await remind();
    }
    expect((await reminders()).slice(4)).toEqual(['SIGNING 2026-10-27']);
    await archive(`update notice_standing set delivered_at = '2026-09-01T10:00:00+08:00'
      where kind = 'TEMPLATE'`);
  });
});

describe('Of the check of the own data (G10.4)', () => {
  test('7, 3 and 1 days before the last day, and not on it or after it', async () => {
    await checks('2026-10-31');
    for (let day = 20; day <= 31; day += 1) {
      on(`2026-10-${day}`);
      await remind();
    }
    on('2026-11-01');
    await remind();
    expect(await reminders()).toEqual([
      'VERIFICATION 2026-10-24',
      'VERIFICATION 2026-10-28',
      'VERIFICATION 2026-10-30',
    ]);
  });

  test('on the last day he is reminded still where the job did not run before it, and never after', async () => {
    await checks('2026-10-31');
    on('2026-11-01', '00:00:00');
    await remind();
    expect(await reminders()).toEqual([]);
    on('2026-10-31', '23:59:59');
    await remind();
    await remind();
    expect(await reminders()).toEqual(['VERIFICATION 2026-10-31']);
  });

  test('a check of few days has the reminders that lie within them', async () => {
    // Open since the 28th.
    await checks('2026-10-31', 3);
    for (const day of ['28', '29', '30', '31']) {
      on(`2026-10-${day}`);
      await remind();
    }
    expect(await reminders()).toEqual(['VERIFICATION 2026-10-30']);
  });

  test('whoever has confirmed is reminded no more', async () => {
    await checks('2026-10-31');
    on('2026-10-24');
    await remind();
    await stands('ACTIVE', `, verification_state = 'CONFIRMED', confirmed_at = now()`);
    on('2026-10-28');
    await remind();
    expect(await reminders()).toEqual(['VERIFICATION 2026-10-24']);
  });
});

test('nobody is reminded in another state, or while he does not study', async () => {
  on('2026-10-30');
  const due = `, verification_due_on = '2026-10-31', verification_state = 'OPEN'`;
  const states = ['IMPORTED', 'VOID', 'ACTIVE', 'FROZEN', 'CLOSING', 'CLOSED', 'RETAINED'];
  for (const state of states) {
    await stands(state, `${due}, closed_on = '2026-10-30'`);
    await remind();
    expect([state, await reminders()]).toEqual([state, []]);
  }
  await stands('PENDING_VERIFICATION', `${due}, closed_on = null`);
  for (const status of ['SUSPENDED', 'WITHDRAWN', 'TRANSFERRED', 'EXPELLED']) {
    await archive('update student set enrolment_status = $1 where student_no = $2', [
      status,
      STUDENT,
    ]);
    await remind();
    expect([status, await reminders()]).toEqual([status, []]);
  }
});

test('it says the same to everybody, and is no task of its own', async () => {
  on('2026-09-08');
  await remind();
  await deliverNotices(college);
  const read = async (student: string) => {
    const { data } = await college.request(
      student,
      `{ student(studentNo: "${student}") { notices { kind titleZh titleEn textZh textEn state } }
         myTasks { kind } }`,
    );
    const { student: of, myTasks } = data as unknown as {
      student: { notices: { kind: string }[] };
      myTasks: { kind: string }[];
    };
    return {
      notices: of.notices.filter(({ kind }) => kind === 'SIGNING_REMINDER'),
      tasks: myTasks.filter(({ kind }) => kind === 'ANSWER_NOTICE').length,
    };
  };
  const own = await read(STUDENT);
  expect(own).toEqual({
    notices: [
      {
        kind: 'SIGNING_REMINDER',
        titleZh: '诚信档案建档事项提醒',
        titleEn: 'Reminder: your archive waits for you',
        textZh: expect.stringContaining('我的待办') as string,
        textEn: expect.stringContaining('your tasks') as string,
        state: 'DELIVERED',
      },
    ],
    // Those of the launch.
    tasks: 2,
  });
  expect(await read(MINOR)).toEqual(own);
});

/** So many more students of a cohort, each to be reminded on the 8th. */
async function addCohort(cohort: number, count: number): Promise<void> {
  await archive(
    `insert into student select (jsonb_populate_record(s, jsonb_build_object(
       'student_no', ($1::bigint * 1000000 + i)::text, 'cohort', $1::integer))).*
     from student s, generate_series(1, $2::integer) i where s.student_no = $3`,
    [cohort, count, STUDENT],
  );
  await archive(
    `insert into archive (student_no, state, opened_on, recorded_at, agreement_version,
       verification_days)
     select student_no, 'PENDING_SIGNATURE', '2026-09-01', '2026-09-01', 'A-2026.1', 30
     from student where cohort = $1`,
    [cohort],
  );
  await archive(
    `insert into notice_standing (subject_type, subject_id, kind, delivered_at)
     select 'Archive', student_no, 'AGREEMENT', '2026-09-01T10:00:00+08:00'
     from student where cohort = $1`,
    [cohort],
  );
}

test('hundreds are reminded in as many statements as a few', async () => {
  await stands('ACTIVE');
  await addCohort(2041, 2);
  on('2026-09-08');
  await remind();
  const few = await archive('select id from signing_reminder');
  await archive('delete from notice where kind = $1', ['SIGNING_REMINDER']);
  await archive('delete from signing_reminder');
  const small = await countStatements(remind);
  await archive('delete from notice where kind = $1', ['SIGNING_REMINDER']);
  await archive('delete from signing_reminder');
  await addCohort(2042, 290);
  const large = await countStatements(remind);
  expect(await archive('select id from signing_reminder')).toHaveLength(few.length + 290);
  expect(large.byOffice['archive']).toBe(small.byOffice['archive']);
  const others = await countStatements(remind);
  // Nobody is left: what is due is looked up, and no more.
  expect(others.byOffice['archive']).toBe(1);
});
