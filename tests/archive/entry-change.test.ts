/** How a student enters: launch, signatures in any order, the check of his data, accounts (G10, G7.2). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportReport } from '@chengxin/kit/import/report';
import { archiveInState } from '../change/archive.plan.js';
import { seedPending } from '../change/open-matters.js';
import { newSanction } from '../change/sanction.plan.js';
import { seedRequest } from '../change/subject-request.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import {
  AGREEMENT_VERSION,
  LETTER_VERSION,
  NOTICE_VERSION,
  publishEntryTexts,
  publishText,
} from '../support/entry.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, type Outcome } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { studentRows } from '../support/student-rows.js';

const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const AFFAIRS = 'T0001';
const OTHER_AFFAIRS = 'T0002';
const COLLEGE_ADMIN = 'T0110';
const OPERATOR = 'T0903';
const COHORT = 2026;
const MINOR = '2026010301';
const PLACE = { college: 'C01', classCode: '20260103', major: 'M0101' };
/** Adults of the cohort, one for each test that needs a fresh one. */
/** Bring a row of the roll in, which waits for its reviewer. */
const propose = async (row: Record<string, string>): Promise<ImportReport> => {
  const answer = await fetch(new URL('/imports/archive/students', college.gateway.origin), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await college.token(AFFAIRS)}`,
      'content-type': 'text/csv',
    },
    body: `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`,
  });
  return (await answer.json()) as ImportReport;
};

const numberOf = (i: number): string => `2026010${100 + i}`;

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-09-01T10:00:00+08:00' });
  const rows = studentRows(20, PLACE);
  const last = { ...rows[19], 培养类型: '全日制本科' };
  await college.bring('archive', 'students', [...rows.slice(0, 19), last]);
});
afterAll(() => college.stop());

const at = (time: string): void => college.clock.set(`${time}+08:00`);

interface ArchiveRow {
  readonly state: string;
  readonly version: number;
  readonly due: string | null;
  readonly verification: string | null;
}
async function archiveOf(studentNo: string): Promise<ArchiveRow> {
  const sql = `select state, version, verification_due_on::text as due, verification_state as verification
    from archive where student_no = $1 and state <> 'VOID'`;
  const [row] = await asOwner<ArchiveRow & Record<string, unknown>>(college, 'archive', sql, [
    studentNo,
  ]);
  return row!;
}

interface Letter extends Record<string, unknown> {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}
async function letterOf(studentNo: string): Promise<Letter> {
  const sql = `select id, version, state from commitment
    where student_no = $1 and matter = 'ENTRY' order by (state = 'OFFERED') desc limit 1`;
  const [row] = await asOwner<Letter>(college, 'archive', sql, [studentNo]);
  return row!;
}
const countOf = async (sql: string, parameters: unknown[] = []): Promise<number> => {
  const [row] = await asOwner<{ n: number }>(
    college,
    'archive',
    `select count(*)::integer as n ${sql}`,
    parameters,
  );
  return row!.n;
};

const launch = (args: object = {}): Promise<Outcome> =>
  mutate(
    college,
    AFFAIRS,
    {
      name: 'launchSigning',
      noun: 'SigningLaunch',
      args: { cohort: COHORT, ...args },
      fields: 'id version launched offeredAgain scopes agreementVersion commitmentVersion',
    },
    REVIEW,
  );

/** A mutation of one's own archive or account, at the version at which it is. */
async function onArchive(person: string, name: string, studentNo = person, more: object = {}) {
  const { version } = await archiveOf(studentNo);
  const args = { id: studentNo, expectedVersion: version, ...more };
  return mutate(
    college,
    person,
    { name, noun: 'Archive', args },
    person === studentNo ? {} : REVIEW,
  );
}
const signAgreement = (studentNo: string) => onArchive(studentNo, 'signAgreement');
const activate = (studentNo: string) =>
  mutate(college, studentNo, {
    name: 'activateAccount',
    noun: 'Account',
    args: { id: studentNo, expectedVersion: 1 },
    fields: 'subject state version',
  });
async function onLetter(studentNo: string, name: string): Promise<Outcome> {
  const { id, version } = await letterOf(studentNo);
  const args = { id, expectedVersion: version };
  return mutate(college, studentNo, { name, noun: 'Commitment', args });
}
const signLetter = (studentNo: string) => onLetter(studentNo, 'signCommitment');

const STEPS = { account: activate, agreement: signAgreement, letter: signLetter } as const;
type Step = keyof typeof STEPS;

const tasksOf = async (person: string, headers: Record<string, string> = {}) => {
  const { data } = await college.request(person, '{ myTasks { kind count dueOn ref } }', {
    headers,
  });
  return data?.['myTasks'];
};

describe('The launch of the signing (G10.2, G22)', () => {
  test('nothing is launched while a text is not published, and the refusal names each that is missing', async () => {
    const missing = async () => {
      const { answer } = await launch();
      const refused = answer.data?.['launchSigning'] as
        | { ok: boolean; errors: { code: string; message: string }[] }
        | undefined;
      expect(refused?.ok).toBe(false);
      return refused?.errors.map(({ code, message }) => `${code}: ${message}`);
    };
    expect(await missing()).toEqual([
      'STATE_CONFLICT: 当前状态不允许此操作。 The present state does not allow this. 尚未发布：服务协议、入学承诺书、个人信息处理告知书。 Not published yet: the service agreement, the letter of entry, the notice on processing.',
    ]);
    await publishText(college, ['AGREEMENT', 'ENTRY', AGREEMENT_VERSION, 'SAO']);
    expect(await missing()).toEqual([
      'STATE_CONFLICT: 当前状态不允许此操作。 The present state does not allow this. 尚未发布：入学承诺书、个人信息处理告知书。 Not published yet: the letter of entry, the notice on processing.',
    ]);
    await publishText(college, ['COMMITMENT', 'ENTRY', LETTER_VERSION, 'SAO']);
    expect(await missing()).toEqual([
      'STATE_CONFLICT: 当前状态不允许此操作。 The present state does not allow this. 尚未发布：个人信息处理告知书。 Not published yet: the notice on processing.',
    ]);
    expect(await countOf(`from archive where state = 'PENDING_SIGNATURE'`)).toBe(0);
  });

  test('all of the cohort and of the configured kinds of study wait for signatures, and no other', async () => {
    await publishEntryTexts(college);
    const before = await countOf('from operation_log');
    const result = await launch();
    expect(result.came).toBe('OK');
    expect(result.row).toMatchObject({
      launched: 20,
      offeredAgain: 0,
      scopes: ['FULLTIME_JUNIOR'],
      agreementVersion: AGREEMENT_VERSION,
      commitmentVersion: LETTER_VERSION,
    });
    expect(await archiveOf(MINOR)).toMatchObject({ state: 'PENDING_SIGNATURE', version: 2 });
    expect((await archiveOf(numberOf(19))).state).toBe('IMPORTED');
    expect((await archiveOf('2024010317')).state).toBe('IMPORTED');
    expect(await countOf(`from commitment where state = 'OFFERED' and matter = 'ENTRY'`)).toBe(20);
    expect(await countOf('from notice')).toBe(40);
    // One line for each row that changed, and one for the launch.
    expect(await countOf('from operation_log')).toBe(before + 41);
    expect(
      await countOf(`from operation_log where action = 'archive.launch' and basis = $1`, [
        `signing.launch SigningLaunch ${result.row.id}`,
      ]),
    ).toBe(20);

    // Nobody is left to be reached.
    expect((await launch()).row).toMatchObject({ launched: 0, offeredAgain: 0 });
  });

  /** So many more students, of a cohort of their own. */
  async function addCohort(cohort: number, count: number): Promise<void> {
    await asOwner(
      college,
      'archive',
      `insert into student select (jsonb_populate_record(s, jsonb_build_object(
         'student_no', ($1::bigint * 1000000 + i)::text, 'cohort', $1::integer,
         'college', 'C02', 'class_code', '20240201'))).*
       from student s, generate_series(1, $2::integer) i where s.student_no = $3`,
      [cohort, count, numberOf(0)],
    );
    await asOwner(
      college,
      'archive',
      `insert into archive (student_no, state, opened_on, recorded_at)
       select student_no, 'IMPORTED', '2026-09-01', '2026-09-01' from student where cohort = $1`,
      [cohort],
    );
  }
  const inCohort = (cohort: number, state: string) =>
    countOf('from archive join student using (student_no) where cohort = $1 and state = $2', [
      cohort,
      state,
    ]);

  test('of many the count comes at once, and a job goes on; no statement is one of a row', async () => {
    await addCohort(2031, 3);
    const few = await countStatements(() => launch({ cohort: 2031 }));
    await addCohort(2030, 700);
    const many = await countStatements(() => launch({ cohort: 2030 }));
    expect(many.result.row['launched']).toBe(700);
    expect(many.byOffice['archive']).toBe(few.byOffice['archive']);
    expect(await inCohort(2030, 'IMPORTED')).toBe(200);
    await runJob(college, 'archive', 'launchArchives');
    expect(await inCohort(2030, 'PENDING_SIGNATURE')).toBe(700);
    const lines = `from operation_log where action = 'archive.launch' and basis = $1`;
    expect(await countOf(lines, [`signing.launch SigningLaunch ${many.result.row.id}`])).toBe(700);
    await asOwner(college, 'archive', 'delete from notice where student_no > $1', ['2030']);
  });

  test('of launches at the same time one counts the cohort, and the others what it left', async () => {
    await addCohort(2033, 40);
    const before = await countOf('from signing_launch');
    const launches = await Promise.all(Array.from({ length: 4 }, () => launch({ cohort: 2033 })));
    expect(launches.map(({ came }) => came)).toEqual(['OK', 'OK', 'OK', 'OK']);
    expect(launches.map(({ row }) => Number(row['launched'])).toSorted((a, b) => a - b)).toEqual([
      0, 0, 0, 40,
    ]);
    expect(await countOf('from signing_launch')).toBe(before + 4);
    expect(await inCohort(2033, 'PENDING_SIGNATURE')).toBe(40);
    await asOwner(college, 'archive', 'delete from notice where student_no > $1', ['2033']);
  });

  test('a student reads why each archive moved, in the log of his own', async () => {
    const { data } = await college.request(
      MINOR,
      '{ operationLog(first: 5) { edges { node { action } } } }',
    );
    const { edges } = (data?.['operationLog'] ?? { edges: [] }) as {
      edges: { node: { action: string } }[];
    };
    expect(edges.map(({ node }) => node.action).toSorted()).toEqual([
      'archive.launch',
      'commitment.offer',
    ]);
  });

  test('nobody signs before he was notified (L-10)', async () => {
    const early = await signAgreement(numberOf(0));
    expect(early.answer.data?.['signAgreement']).toMatchObject({
      errors: [
        {
          code: 'STATE_CONFLICT',
          message:
            '当前状态不允许此操作。 The present state does not allow this. 通知尚未送达；在平台上确认收到即为送达。 The notice has not been delivered yet; to acknowledge it in the portal delivers it.',
        },
      ],
    });
    expect((await signLetter(numberOf(0))).came).toBe('STATE_CONFLICT');
    await deliverNotices(college);
    await runJob(college, 'archive', 'openAccounts');
    expect(await tasksOf(numberOf(0))).toEqual([
      ...[
        ['ACTIVATE_ACCOUNT', numberOf(0)],
        ['SIGN_AGREEMENT', numberOf(0)],
        ['SIGN_COMMITMENT', (await letterOf(numberOf(0))).id],
      ].map(([kind, ref]) => ({ kind, count: 1, dueOn: null, ref })),
      { kind: 'ANSWER_NOTICE', count: 1, dueOn: null, ref: expect.any(String) },
      { kind: 'ANSWER_NOTICE', count: 1, dueOn: null, ref: expect.any(String) },
    ]);
  });

  test('an account is opened once', async () => {
    const accounts = await countOf('from account');
    await runJob(college, 'archive', 'openAccounts');
    expect(await countOf('from account')).toBe(accounts);
    expect(await countOf(`from operation_log where action = 'account.open'`)).toBe(accounts);
  });
});

describe('Signatures and account, in any order (2.4)', () => {
  const ORDERS: readonly (readonly Step[])[] = [
    ['account', 'agreement', 'letter'],
    ['account', 'letter', 'agreement'],
    ['agreement', 'account', 'letter'],
    ['agreement', 'letter', 'account'],
    ['letter', 'account', 'agreement'],
    ['letter', 'agreement', 'account'],
  ];

  test.each(ORDERS.map((order, i) => [order.join(', '), order, numberOf(i)] as const))(
    '%s: the last one moves the archive, and the check is due in 30 days',
    async (_, [first, second, last], studentNo) => {
      for (const step of [first!, second!]) {
        expect((await STEPS[step](studentNo)).came).toBe('OK');
        expect((await archiveOf(studentNo)).state).toBe('PENDING_SIGNATURE');
      }
      expect((await STEPS[last!](studentNo)).came).toBe('OK');
      expect(await archiveOf(studentNo)).toMatchObject({
        state: 'PENDING_VERIFICATION',
        due: '2026-10-01',
        verification: 'OPEN',
      });
    },
  );

  test('what was signed is kept by the hash of its text', async () => {
    const [agreement] = await asOwner(
      college,
      'archive',
      `select a.template_version, a.notice_version, a.text_sha256 = encode(sha256(convert_to(
         (t.clauses->>0) || e'\\n' || (t.consequences->>0), 'UTF8')), 'hex') as same
       from agreement a join commitment_template t on t.template_version = a.template_version
       where a.student_no = $1`,
      [numberOf(0)],
    );
    expect(agreement).toEqual({
      template_version: AGREEMENT_VERSION,
      notice_version: NOTICE_VERSION,
      same: true,
    });
    const { data } = await college.request(
      numberOf(0),
      '{ me { student { archive { agreementId commitmentId } agreement { id textSha256 method } } } }',
    );
    const { student = {} } = (data?.['me'] ?? {}) as {
      student?: Record<string, Record<string, unknown>>;
    };
    expect(student['archive']!['agreementId']).toBe(student['agreement']!['id']);
    expect(student['archive']!['commitmentId']).toBe((await letterOf(numberOf(0))).id);
    const texts = await college.request(null, '{ commitmentTemplates { kind textSha256 } }');
    expect(texts.data?.['commitmentTemplates']).toContainEqual({
      kind: 'AGREEMENT',
      textSha256: student['agreement']!['textSha256'],
    });
  });

  test('an agreement is signed once', async () => {
    expect((await signAgreement(numberOf(0))).came).toBe('STATE_CONFLICT');
    const studentNo = numberOf(6);
    expect((await signAgreement(studentNo)).came).toBe('OK');
    expect((await signAgreement(studentNo)).came).toBe('STATE_CONFLICT');
    expect(await countOf('from agreement where student_no = $1', [studentNo])).toBe(1);
  });

  test('a letter that was declined is offered once more by the next launch', async () => {
    const studentNo = numberOf(7);
    expect((await onLetter(studentNo, 'declineCommitment')).row.state).toBe('DECLINED');
    expect((await launch()).row).toMatchObject({ launched: 0, offeredAgain: 1 });
    await deliverNotices(college);
    expect((await signLetter(studentNo)).came).toBe('OK');
    expect((await launch()).row).toMatchObject({ launched: 0, offeredAgain: 0 });
  });

  test('what is signed comes into force, and the entry letter does not end with a day', async () => {
    await runJob(college, 'archive', 'startCommitments');
    expect((await letterOf(numberOf(0))).state).toBe('IN_FORCE');
    const offered = await letterOf(numberOf(8));
    await runJob(college, 'archive', 'expireCommitments');
    expect((await letterOf(numberOf(8))).state).toBe('OFFERED');
    await asOwner(college, 'archive', `update commitment set due_on = '2026-08-31' where id = $1`, [
      offered.id,
    ]);
    await runJob(college, 'archive', 'expireCommitments');
    expect((await letterOf(numberOf(8))).state).toBe('EXPIRED');
  });
});

describe('A guardian’s consent (F-03)', () => {
  const guardian = { guardianName: '王家长', guardianRelation: '父亲', guardianForm: 'PAPER' };
  const record = (studentNo: string, person = COLLEGE_ADMIN) =>
    onArchive(person, 'recordGuardianConsent', studentNo, guardian);

  test('a minor signs after it, and the agreement keeps it', async () => {
    const refused = await signAgreement(MINOR);
    expect(refused.came).toBe('STATE_CONFLICT');
    expect(await countOf('from agreement where student_no = $1', [MINOR])).toBe(0);
    expect((await record(MINOR, 'T0210')).came).toBe('NOT_FOUND');
    const recorded = await record(MINOR);
    expect(recorded.came).toBe('OK');
    expect((await signAgreement(MINOR)).came).toBe('OK');
    const { data } = await college.request(
      MINOR,
      '{ me { student { agreement { guardianConsent { name relation form } } } } }',
    );
    expect(data).toMatchObject({
      me: {
        student: {
          agreement: { guardianConsent: { name: '王家长', relation: '父亲', form: 'PAPER' } },
        },
      },
    });
    const kept = `from archive where student_no = $1 and guardian_name is not null`;
    expect(await countOf(kept, [MINOR])).toBe(0);
    expect((await record(MINOR)).came).toBe('STATE_CONFLICT');
  });

  test('of an adult it is taken all the same: a refusal would tell an age', async () => {
    const studentNo = numberOf(9);
    const [ofAdult, ofMinor] = [await record(studentNo), await record(numberOf(10))];
    expect([ofAdult.came, ofMinor.came]).toEqual(['OK', 'OK']);
    expect((await signAgreement(studentNo)).came).toBe('OK');
  });

  test('on the eighteenth birthday no guardian is needed', async () => {
    const studentNo = numberOf(11);
    const born = (day: string) =>
      asOwner(college, 'archive', 'update student set birth_date = $2 where student_no = $1', [
        studentNo,
        day,
      ]);
    await born('2008-09-02');
    expect((await signAgreement(studentNo)).came).toBe('STATE_CONFLICT');
    await born('2008-09-01');
    expect((await signAgreement(studentNo)).came).toBe('OK');
  });
});

describe('Texts (Z5.2.2, INV-17)', () => {
  const draft = (args: object, person = AFFAIRS, headers: Record<string, string> = REVIEW) =>
    mutate(
      college,
      person,
      {
        name: 'draftTemplate',
        noun: 'CommitmentTemplate',
        args: {
          kind: new EnumValue('AGREEMENT'),
          matter: new EnumValue('ENTRY'),
          templateVersion: 'A-2027.1',
          subjectTypes: ['STUDENT'],
          clauses: ['学校依法建立诚信档案'],
          consequences: [],
          validFrom: '2027-01-01',
          ...args,
        },
        fields: 'id state revision textSha256',
      },
      headers,
    );
  const faultOf = ({ answer }: Outcome) =>
    (answer.data?.['draftTemplate'] as { errors: unknown[] } | undefined)?.errors[0];

  test.each([
    '学生同意学校向第三方机构提供本人信息',
    '授权用人单位查询本人档案',
    '本人许可学校公开宣传本人事迹',
    'The student consents to publicity.',
    'I authorise employers to read my archive.',
  ])('an agreement bundles no consent: “%s” is refused', async (clause) => {
    const refused = await draft({ clauses: ['学校依法建立诚信档案', clause] });
    expect(faultOf(refused)).toMatchObject({ code: 'VALIDATION', path: ['clauses'] });
    expect(await countOf(`from commitment_template where template_version = 'A-2027.1'`)).toBe(0);
  });

  test('the agreement that is published holds none (INV-17)', async () => {
    const bundled = `from commitment_template, jsonb_array_elements_text(clauses) c
      where kind = 'AGREEMENT' and c ~ '同意|授权' and c ~ '第三方|用人单位|宣传'`;
    expect(await countOf(bundled)).toBe(0);
  });

  test('a draft is written anew, published by another person, and stands from then on', async () => {
    const made = await draft({});
    expect([made.came, made.row.state, made.row['revision']]).toEqual(['OK', 'DRAFT', 1]);
    expect(faultOf(await draft({}))).toMatchObject({ path: ['templateVersion'] });
    expect(faultOf(await draft({ kind: new EnumValue('COMMITMENT') }))).toEqual({
      code: 'VALIDATION',
      message:
        '输入有误。 The input is not valid. 该事项已有此版本号的文本；服务协议与入学承诺书的版本号不得相同。 A text of this matter has this version; the agreement and the letter of entry take different ones.',
      path: ['templateVersion'],
    });
    const { id } = made.row;
    expect(faultOf(await draft({ id }))).toMatchObject({ path: ['expectedVersion'] });
    expect(faultOf(await draft({ templateVersion: 'A-2027.2', expectedVersion: 1 }))).toMatchObject(
      {
        path: ['id'],
      },
    );
    const again = await draft({ id, expectedVersion: 1, clauses: ['一条', '又一条'] });
    expect([again.came, again.row['revision']]).toEqual(['OK', 2]);
    expect(again.row['textSha256']).not.toBe(made.row['textSha256']);
    const publish = (person: string) =>
      mutate(
        college,
        person,
        {
          name: 'publishTemplate',
          noun: 'CommitmentTemplate',
          args: { id, expectedVersion: 2 },
          fields: 'id state revision',
        },
        REVIEW,
      );
    // Whoever has drafted it is not offered what a second person does.
    const offeredTo = async (person: string) => {
      const query = '{ commitmentTemplates { version availableActions } }';
      const { data } = await college.request(person, query, { headers: REVIEW });
      const all = data?.['commitmentTemplates'] as { version: string }[] | null;
      return all?.find(({ version }) => version === 'A-2027.1');
    };
    expect(await offeredTo(AFFAIRS)).toMatchObject({ availableActions: ['template.draft'] });
    expect(await offeredTo(OTHER_AFFAIRS)).toMatchObject({
      availableActions: ['template.draft', 'template.publish'],
    });
    expect((await publish(AFFAIRS)).came).toBe('SOD_VIOLATION');
    expect(await tasksOf(OTHER_AFFAIRS, REVIEW)).toContainEqual({
      kind: 'PUBLISH_TEXTS',
      count: 1,
      dueOn: null,
      ref: null,
    });
    expect((await publish(OTHER_AFFAIRS)).row.state).toBe('PUBLISHED');
    expect((await draft({ id, expectedVersion: 3 })).came).toBe('STATE_CONFLICT');
    // Not in force before its day: who enters now signs the text of now.
    expect((await launch()).row['agreementVersion']).toBe(AGREEMENT_VERSION);
  });

  test('texts of entry are Student Affairs’ own', async () => {
    const of = await draft({ kind: new EnumValue('COMMITMENT') }, 'T0301', {});
    expect(faultOf(of)).toMatchObject({ code: 'VALIDATION', path: ['matter'] });
  });
});

describe('The check of the own data (G10.4)', () => {
  const confirm = (studentNo: string, withAppeal = false) =>
    onArchive(studentNo, 'confirmProfile', studentNo, { withAppeal });

  test('confirmed on the last day; a day later it is too late, and the job says so', async () => {
    const [inTime, late] = [numberOf(0), numberOf(1)];
    at('2026-10-01T23:00:00');
    expect(await tasksOf(inTime)).toContainEqual({
      kind: 'CONFIRM_PROFILE',
      count: 1,
      dueOn: '2026-10-01',
      ref: inTime,
    });
    expect((await confirm(inTime)).came).toBe('OK');
    expect(await archiveOf(inTime)).toMatchObject({ state: 'ACTIVE', verification: 'CONFIRMED' });
    await runJob(college, 'archive', 'expireVerifications');
    expect((await archiveOf(late)).state).toBe('PENDING_VERIFICATION');

    at('2026-10-02T00:20:00');
    expect((await confirm(late)).came).toBe('DEADLINE_PASSED');
    await runJob(college, 'archive', 'expireVerifications');
    expect(await archiveOf(late)).toMatchObject({ state: 'ACTIVE', verification: 'OVERDUE' });
    const warnings = 'from warning where code = $1 and student_no = $2';
    expect(await countOf(warnings, ['W-08', late])).toBe(1);
    await runJob(college, 'archive', 'expireVerifications');
    expect(await countOf(warnings, ['W-08', late])).toBe(1);
    expect(await countOf(warnings, ['W-08', inTime])).toBe(0);
  });
});

describe('One archive of several (INV-01)', () => {
  test('a change is of the open archive, whatever became of an earlier one', async () => {
    const studentNo = numberOf(0);
    await put(college, 'archive', 'archive', {
      student_no: studentNo,
      state: 'VOID',
      opened_on: '2025-09-01',
      recorded_at: '2025-09-01T00:00:00Z',
    });
    const frozen = await onArchive(AFFAIRS, 'freezeArchive', studentNo);
    expect([frozen.came, frozen.row.state]).toEqual(['OK', 'FROZEN']);
    const states = await asOwner(
      college,
      'archive',
      'select state from archive where student_no = $1 order by opened_on',
      [studentNo],
    );
    expect(states).toEqual([{ state: 'VOID' }, { state: 'FROZEN' }]);
    expect((await onArchive(AFFAIRS, 'unfreezeArchive', studentNo)).row.state).toBe('ACTIVE');
  });

  const nobody = numberOf(19);
  const stateOf = (studentNo: string) =>
    asOwner(
      college,
      'archive',
      'select state, version from archive where student_no = $1 order by recorded_at, state desc',
      [studentNo],
    );
  const messageOf = ({ answer }: Outcome, name: string) =>
    (answer.data?.[name] as { errors: { message: string }[] } | null)?.errors[0]?.message;
  const CONFLICT = '当前状态不允许此操作。 The present state does not allow this. ';
  const findsNobody = async () => {
    const query = `{ student(studentNo: "${nobody}") { name } }`;
    const { errors } = await college.request(AFFAIRS, query, { headers: REVIEW });
    return errors?.[0]?.extensions['code'];
  };

  test('whoever never came has a void archive, and is nobody any more', async () => {
    // What is under way would be before nobody; a record, a sanction, a request are of who came.
    const { recordId } = await newSanction(college, nobody, 'TERM_RUNNING');
    await seedRequest(college, nobody, 'FILED');
    await seedPending(college, nobody, 'an appeal');
    const refused = await onArchive(AFFAIRS, 'voidArchive', nobody);
    expect([refused.came, messageOf(refused, 'voidArchive')]).toEqual([
      'STATE_CONFLICT',
      `${CONFLICT}尚有未办结事项：申诉、计入的不良记录、处分、个人信息请求。 Not settled yet: an appeal, a record that counts, a sanction, a request about the own data.`,
    ]);
    const run = (sql: string, value: string) => asOwner(college, 'archive', sql, [value]);
    await run('delete from appeal where student_no = $1', nobody);
    await run('delete from subject_request where student_no = $1', nobody);
    await run('update conduct_record set sanction_id = null where id = $1', recordId);
    await run('delete from sanction where student_no = $1', nobody);
    const alone = await onArchive(AFFAIRS, 'voidArchive', nobody);
    expect(messageOf(alone, 'voidArchive')).toBe(
      `${CONFLICT}尚有未办结事项：计入的不良记录。 Not settled yet: a record that counts.`,
    );
    await run('delete from conduct_record where id = $1', recordId);
    expect((await onArchive(AFFAIRS, 'voidArchive', nobody)).came).toBe('OK');
    expect(await findsNobody()).toBe('NOT_FOUND');
  });

  test('the same row of the roll brings him back, and its report says so by line (G10.1)', async () => {
    const rows = studentRows(20, PLACE);
    const own = { ...rows[19]!, 培养类型: '全日制本科' };
    const beside = rows[18]!;
    const heads = Object.keys(own);
    const text = [heads, Object.values(beside), Object.values(own)].map((row) => row.join(','));
    const tried = await fetch(
      new URL('/imports/archive/students?dryRun=true', college.gateway.origin),
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await college.token(AFFAIRS)}`,
          'content-type': 'text/csv',
        },
        body: `${text.join('\n')}\n`,
      },
    );
    const { notes, changes } = (await tried.json()) as ImportReport;
    expect({ notes, changes }).toEqual({
      changes: { added: 0, columns: [] },
      notes: [
        {
          zh: '以下各行学生的档案此前已作废（未报到），审核后重新建档，共 1 行：3。仍未报到的，请删去该行，或将学籍状态改为退学。',
          en: 'The archives of the students of these 1 lines are void, since they never came, and are opened anew by the approval: 3. Whoever has still not come: leave the line out, or say that he has withdrawn.',
        },
      ],
    });
    // Of whom the roll says that he does not study, nothing is opened.
    await college.bring('archive', 'students', [{ ...own, 学籍状态: '退学' }]);
    expect(await stateOf(nobody)).toEqual([{ state: 'VOID', version: 2 }]);
    expect((await college.bring('archive', 'students', [own])).changed).toBe(1);
    await onArchive(AFFAIRS, 'voidArchive', nobody);
    expect(await findsNobody()).toBe('NOT_FOUND');
    const { changed } = await college.bring('archive', 'students', [beside, own]);
    expect([changed, await stateOf(nobody), await findsNobody()]).toEqual([
      1,
      [
        { state: 'VOID', version: 2 },
        { state: 'VOID', version: 2 },
        { state: 'IMPORTED', version: 1 },
      ],
      undefined,
    ]);
    expect((await college.bring('archive', 'students', [own])).changed).toBe(0);
    await onArchive(AFFAIRS, 'voidArchive', nobody);
  });

  test('a roll that came before the archive was voided does not open it anew', async () => {
    const rows = studentRows(20, PLACE);
    const own = { ...rows[19]!, 培养类型: '全日制本科' };
    await college.bring('archive', 'students', [own]);
    const { batchId } = await propose({ ...own, 家庭住址: '示范市诚信路2号' });
    college.clock.set(new Date(college.clock.now().getTime() + 60_000).toISOString());
    expect((await onArchive(AFFAIRS, 'voidArchive', nobody)).came).toBe('OK');
    const before = await stateOf(nobody);
    const approved = await mutate(
      college,
      OTHER_AFFAIRS,
      {
        name: 'approveArchiveImport',
        noun: 'ArchiveImportBatch',
        args: { id: batchId, expectedVersion: 1 },
      },
      REVIEW,
    );
    expect(approved.came).toBe('STATE_CONFLICT');
    expect(await stateOf(nobody)).toEqual(before);
  });
});

describe('Accounts (G7.2b, Z6.3c)', () => {
  const onAccount = (person: string, name: string, subject: string, version: number) =>
    mutate(college, person, {
      name,
      noun: 'Account',
      args: { id: subject, expectedVersion: version },
      fields: 'subject state version mfa',
    });

  test('a locked account is nobody’s within five seconds; who locked it does not unlock it', async () => {
    const studentNo = numberOf(2);
    at('2026-10-03T10:00:00');
    const own = () => college.request(studentNo, '{ me { student { name } } }');
    expect((await own()).errors).toBeUndefined();
    const locked = await onAccount(OPERATOR, 'lockAccount', studentNo, 2);
    expect(locked.row).toEqual({ subject: studentNo, state: 'LOCKED', version: 3, mfa: false });
    at('2026-10-03T10:00:05');
    expect((await own()).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN_ACTION',
      reason: 'NO_GRANT',
    });
    expect((await onAccount(OPERATOR, 'unlockAccount', studentNo, 3)).came).toBe('SOD_VIOLATION');
    // An operator learns of the account and of nothing else: the student knows that he did.
    const events = `from access_event where actor = $1 and student_no = $2`;
    expect(await countOf(events, [OPERATOR, studentNo])).toBeGreaterThan(0);
  });

  test('an account that is not there and one that is a number of nobody are one answer', async () => {
    for (const subject of ['2099010101', 'nobody'])
      expect((await onAccount(OPERATOR, 'lockAccount', subject, 1)).came).toBe('NOT_FOUND');
  });

  test('a member of staff finds the own account among what waits for him, and no other', async () => {
    const asStaff = { 'x-role': 'STAFF_SELF' };
    expect(await tasksOf('T0101', asStaff)).toEqual([
      { kind: 'ACTIVATE_ACCOUNT', count: 1, dueOn: null, ref: 'T0101' },
    ]);
    const activateAs = (id: string) =>
      mutate(
        college,
        'T0101',
        {
          name: 'activateAccount',
          noun: 'Account',
          args: { id, expectedVersion: 1 },
          fields: '__typename',
        },
        asStaff,
      );
    expect((await activateAs('T0110')).came).toBe('NOT_FOUND');
    expect((await activateAs(numberOf(12))).came).toBe('NOT_FOUND');
    expect((await activateAs('T0101')).came).toBe('OK');
    expect(await tasksOf('T0101', asStaff)).toEqual([]);
  });
});

describe('How far it is (G7.2a)', () => {
  const QUERY = `{ signingProgress(college: "C01") { classCode state archives agreements commitments accounts } }`;
  const progress = (person: string, headers: Record<string, string> = REVIEW, query = QUERY) =>
    college.request(person, query, { headers });
  const ofClass = (answer: Awaited<ReturnType<typeof progress>>) =>
    ((answer.data?.['signingProgress'] ?? []) as { classCode: string; state: string }[]).filter(
      ({ classCode }) => classCode === PLACE.classCode,
    );

  test('counts by class and state, in one statement, to the college and Student Affairs', async () => {
    const { result, statements } = await countStatements(() => progress(COLLEGE_ADMIN));
    expect(statements.filter(({ text }) => text.includes('count(a.agreement_id)'))).toHaveLength(1);
    const ofState = (
      state: string,
      archives: number,
      agreements: number,
      commitments: number,
      accounts: number,
    ) => ({
      classCode: PLACE.classCode,
      state,
      archives,
      agreements,
      commitments,
      accounts,
    });
    expect(ofClass(result)).toEqual([
      ofState('ACTIVE', 6, 6, 6, 5),
      ofState('PENDING_SIGNATURE', 14, 4, 1, 0),
    ]);
    expect(ofClass(await progress(AFFAIRS))).toEqual(ofClass(result));
  });

  test('of another college it says nothing, as of one that is not there', async () => {
    expect((await progress('T0210')).data).toEqual({ signingProgress: [] });
    const nowhere = QUERY.replace('C01', 'C99');
    expect((await progress(AFFAIRS, REVIEW, nowhere)).data).toEqual({ signingProgress: [] });
  });

  test('who may not read accounts does not read their counts', async () => {
    const { errors } = await progress('T0401', {});
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN_FIELD', group: 'ACCOUNT' });
  });
});

describe('What waits for staff (3.7(15))', () => {
  const fileAppeal = () =>
    mutate(college, numberOf(3), {
      name: 'fileAppeal',
      noun: 'Appeal',
      args: {
        kind: new EnumValue('PROFILE'),
        target: 'majorCode',
        grounds: 'another major',
        requestedOutcome: new EnumValue('MODIFY'),
      },
    });

  const putAppeal = (i: number, groups: readonly string[]) =>
    put(college, 'archive', 'appeal', {
      student_no: numberOf(i),
      kind: 'PROFILE',
      target_subgraph: 'archive',
      target_typename: 'Student',
      target_id: 'name',
      target_office: 'SAO',
      target_groups: groups,
      grounds: 'grounds',
      requested_outcome: 'MODIFY',
      filed_at: '2026-10-01T00:00:00Z',
      handler_office: 'COL',
      due_on: '2026-10-21',
      state: 'FILED',
      recorded_at: '2026-10-01T00:00:00Z',
    });

  test('an appeal is counted for the college that decides, by its day, and for nobody else', async () => {
    expect(await tasksOf(COLLEGE_ADMIN, REVIEW)).toEqual([]);
    expect((await fileAppeal()).came).toBe('OK');
    const waiting = { kind: 'DECIDE_APPEALS', count: 1, dueOn: '2026-10-23', ref: null };
    expect(await tasksOf(COLLEGE_ADMIN, REVIEW)).toEqual([waiting]);
    expect(await tasksOf('T0210', REVIEW)).toEqual([]);
    expect(await tasksOf('T0101', REVIEW)).toEqual([]);
    expect(await tasksOf('T0402')).toEqual([]);
  });

  test('an appeal whose target is shut to the college is not counted', async () => {
    const before = await tasksOf(COLLEGE_ADMIN, REVIEW);
    await putAppeal(6, ['PHONE_BILLS']);
    expect(await tasksOf(COLLEGE_ADMIN, REVIEW)).toEqual(before);
  });

  test('statements do not grow with what waits, and no student is opened', async () => {
    const count = async () =>
      (await countStatements(() => tasksOf(COLLEGE_ADMIN, REVIEW))).byOffice;
    const events = await countOf('from access_event');
    const before = await count();
    for (const i of [4, 5]) await putAppeal(i, ['IDENTITY']);
    expect(await count()).toEqual(before);
    expect(await countOf('from access_event')).toBe(events);
    expect(await tasksOf(COLLEGE_ADMIN, REVIEW)).toEqual([
      { kind: 'DECIDE_APPEALS', count: 3, dueOn: '2026-10-21', ref: null },
    ]);
  });
});

test('of a closed archive the roll says that he has graduated, and nothing else (F-08)', async () => {
  const closed = numberOf(18);
  const own = studentRows(20, PLACE)[18]!;
  const opened = `update archive set opened_on = '2025-09-01' where student_no = $1`;
  await asOwner(college, 'archive', opened, [closed]);
  await archiveInState(college, closed, 'CLOSED');
  for (const other of [
    { 专业代码: 'M0102' },
    { 学籍状态: '休学' },
    { 家庭住址: '示范市诚信路2号' },
  ])
    expect([other, (await propose({ ...own, ...other })).rejected]).toEqual([other, 1]);
  expect((await propose(own)).rejected).toBe(0);
  const graduated = { ...own, 学籍状态: '毕业', 毕业日期: '2029-06-30' };
  expect((await college.bring('archive', 'students', [graduated])).changed).toBe(1);
  // That he studies again is said of nobody who has left.
  expect((await propose(own)).rejected).toBe(1);
});
