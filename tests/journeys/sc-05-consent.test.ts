/** SC-05: composite score without third-party detail; consent withdrawn (L-04, L-09, T-04, INV-10). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept } from '../archive/accepted.js';
import { disclosedTo, readIn } from '../support/access-log.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, on, type ChangedRow } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { BANK, TELECOM } from '../thirdparty/provider-files.js';

const STUDENT = '2024020111';
const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const CREDIT = `credit { view score grade ledger { indicatorCode capCode points } }`;

let college: TestCollege;
/** The consents, by their provider. */
const consents = new Map<string, string>();

/** Student affairs registers a provider. */
const register = (uscc: string, name: string, kind: string) =>
  mutate(
    college,
    'T0001',
    {
      name: 'registerProvider',
      noun: 'Provider',
      args: {
        uscc,
        name,
        kind: new EnumValue(kind),
        licenceNo: 'JR-0001',
        licenceUntil: '2027-12-31',
      },
      fields: 'uscc state',
    },
    REVIEW.headers,
  );

const CONSENT = 'consentId version state';
const named = (row: ChangedRow) => ({
  id: row['consentId'],
  expectedVersion: row.version,
});

/** The student consents to one provider and one group, on a screen of its own (L-09). */
async function giveConsent(uscc: string, recipientName: string, group: string): Promise<string> {
  const noun = 'Consent';
  const args = {
    studentNo: STUDENT,
    purpose: new EnumValue('THIRD_PARTY_COLLECT'),
    recipientName,
    recipientUscc: uscc,
    fieldGroups: [group],
    expiresAt: '2027-02-19T00:00:00+08:00',
  };
  const request = { name: 'requestConsent', noun, args, fields: CONSENT };
  const { row } = await mutate(college, STUDENT, request);
  await deliverNotices(college);
  const grant = { name: 'grantConsent', noun, args: named(row), fields: CONSENT };
  const given = await mutate(college, STUDENT, grant);
  expect([given.came, given.row.state]).toEqual(['OK', 'GRANTED']);
  await college.settle();
  return String(row['consentId']);
}

beforeAll(async () => {
  college = await startCollege({ at: '2026-02-20T09:00:00+08:00' });
  const people = ['bank-b-02', 'bank-b-03', 'bank-b-04'];
  await college.bring(
    'archive',
    'staff',
    people.map((person) => ({ 工号: person, 姓名: '银行乙复核' })),
  );
  await college.bring(
    'archive',
    'grants',
    people.map((person) => ({
      工号: person,
      角色: 'TPC_INST',
      机构代码: BANK,
      生效时间: '2023-09-01 00:00:00',
    })),
  );
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-2026-1',
      工号: 'T0901',
      名称: '年度审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-A1',
      用途: '评优',
      名称: '2026 年评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENT,
      评审人工号: 'T0701',
    },
  ]);
});
afterAll(() => college.stop());

const ingest = (person: string, provider: string, rows: object) =>
  mutate(college, person, {
    name: 'ingestThirdParty',
    noun: 'Delivery',
    args: { consentId: consents.get(provider), ...rows },
    fields: 'consentId newRows changedRows',
  });
const BILL = {
  msisdnTail4: '1003',
  month: '2026-02',
  amountFen: 5800,
  overdueDays: 45,
  confirmed: true,
};
const STATEMENT = {
  cardTail4: '4321',
  statementOn: '2026-02-25',
  overdueFen: 128_050,
  overdueDays: 12,
};

const FINDING = { noun: 'ProviderMaliceFinding', fields: 'id version state studentStatement' };
const propose = (person: string, args: object) =>
  mutate(college, person, {
    name: 'proposeProviderMalice',
    ...FINDING,
    args: { docNo: 'YH-2026-1', severity: 'S2', ...args },
  });
const confirm = (person: string, row: ChangedRow) =>
  mutate(college, person, { name: 'confirmProviderMalice', ...FINDING, args: on(row) });
/** Rows under a consent, as its provider reads them. */
async function rowsOf(person: string, provider: string, fields: string) {
  const query = `{ consentRows(consentId: "${consents.get(provider)}") { ${fields} } }`;
  return (await college.request(person, query)).data?.['consentRows'];
}

const of = (fields: string): string => `{ student(studentNo: "${STUDENT}") { ${fields} } }`;
/** Rules that an answer names, by path. */
const rules = ({ errors }: Answer): string[] =>
  (errors ?? []).map(({ path, extensions }) => `${path?.join('.')} ${String(extensions['rule'])}`);
/** The credit that a person reads, its lines the largest deduction first. */
async function creditFor(person: string, options = {}): Promise<unknown> {
  const { data } = await college.request(person, of(CREDIT), options);
  const student = data?.['student'] as { credit: { ledger: { points: number }[] } } | undefined;
  const ledger = student?.credit.ledger.toSorted((a, b) => a.points - b.points);
  return { ...student?.credit, ledger };
}
const line = (indicatorCode: string | null, points: number, capCode: string | null = null) => ({
  indicatorCode,
  capCode,
  points,
});
const CLEAN = { view: 'FULL', score: 10_000, grade: 'A', ledger: [] };
const SCHOOL_VIEW = { view: 'SCHOOL', score: 9850, grade: 'A', ledger: [line('D3-06', -150)] };

test('0. student affairs registers two providers, and the student consents to each', async () => {
  for (const [uscc, name, kind] of [
    [BANK, '乙银行', 'BANK'],
    [TELECOM, '丙电信', 'TELECOM'],
  ] as const)
    expect((await register(uscc, name, kind)).row).toEqual({ uscc, state: 'ACTIVE' });
  consents.set(BANK, await giveConsent(BANK, '乙银行', 'CARD_OVERDRAFTS'));
  consents.set(TELECOM, await giveConsent(TELECOM, '丙电信', 'PHONE_BILLS'));
});

test('1. rows of both providers are data: no record, no line', async () => {
  college.clock.set('2026-02-26T10:00:00+08:00');
  const bills = await ingest('telecom-t-01', TELECOM, {
    phoneBills: [BILL, { ...BILL, month: '2026-01', confirmed: false }],
  });
  expect(bills.row).toEqual({ consentId: consents.get(TELECOM), newRows: 2, changedRows: 0 });
  const statements = await ingest('bank-b-01', BANK, { cardOverdrafts: [STATEMENT] });
  expect(statements.row).toEqual({ consentId: consents.get(BANK), newRows: 1, changedRows: 0 });
  await college.settle();
  expect(await creditFor(STUDENT)).toEqual(CLEAN);
  expect(await college.request(STUDENT, of('conductRecords { indicatorCode }'))).toEqual({
    data: { student: { conductRecords: [] } },
  });
});

test('a foreign consent carries nothing, and neither does one for another kind of rows', async () => {
  const outcomes = [
    await ingest('telecom-t-01', BANK, { phoneBills: [BILL] }),
    await ingest('bank-b-01', TELECOM, { cardOverdrafts: [STATEMENT] }),
    await ingest('bank-b-01', BANK, { phoneBills: [BILL] }),
    await ingest('bank-b-01', BANK, { consentId: 'CS-NONE', cardOverdrafts: [STATEMENT] }),
  ];
  expect(outcomes.map(({ came }) => came)).toEqual(outcomes.map(() => 'CONSENT_REQUIRED'));
});

/** The bank's findings, as it reads them. */
async function findings(): Promise<ChangedRow[]> {
  const held = await rowsOf('bank-b-01', BANK, `maliceFindings { ${FINDING.fields} }`);
  return (held as { maliceFindings: ChangedRow[] }).maliceFindings;
}

test('2. the finding of two people of the bank is a record, which the student alone reads', async () => {
  const held = (await rowsOf('bank-b-01', BANK, 'cardOverdrafts { id }')) as {
    cardOverdrafts: [{ id: string }];
  };
  const [{ id: cardOverdraftId }] = held.cardOverdrafts;
  expect((await propose('bank-b-01', { cardOverdraftId, docNo: ' ' })).came).toBe('STATE_CONFLICT');
  const proposed = await propose('bank-b-01', { cardOverdraftId });
  expect([proposed.came, proposed.row.state]).toEqual(['OK', 'PROPOSED']);
  expect((await propose('bank-b-01', { cardOverdraftId })).came).toBe('STATE_CONFLICT');
  expect((await confirm('bank-b-02', proposed.row)).came).toBe('STATE_CONFLICT');

  await deliverNotices(college);
  await college.settle();
  // Notified, and its time has passed: without the statement nothing is found all the same.
  college.clock.set('2026-03-16T10:00:00+08:00');
  const [notified] = await findings();
  expect(notified).toMatchObject({ state: 'NOTIFIED', studentStatement: null });
  expect((await confirm('bank-b-02', notified!)).came).toBe('STATE_CONFLICT');
  college.clock.set('2026-03-01T10:00:00+08:00');
  expect(
    await college.request(STUDENT, of('providerMaliceFindings { docNo severity state }')),
  ).toEqual({
    data: {
      student: {
        providerMaliceFindings: [{ docNo: 'YH-2026-1', severity: 'S2', state: 'NOTIFIED' }],
      },
    },
  });
  const { data } = await college.request(STUDENT, '{ myNotices { id version subjectRef } }');
  const notices = data?.['myNotices'] as (ChangedRow & { subjectRef: string })[];
  const notice = notices.find(({ subjectRef }) => subjectRef.endsWith(proposed.row.id));
  const args = { ...on(notice!), statement: '已还清' };
  const filed = await mutate(college, STUDENT, {
    name: 'fileStatement',
    noun: 'Notice',
    args,
    fields: 'id version',
  });
  expect(filed.came).toBe('OK');
  await college.settle();

  college.clock.set('2026-03-02T10:00:00+08:00');
  const [heard] = await findings();
  expect(heard).toMatchObject({ state: 'NOTIFIED', studentStatement: '已还清' });
  expect((await confirm('bank-b-01', heard!)).came).toBe('SOD_VIOLATION');
  const found = await confirm('bank-b-02', heard!);
  expect([found.came, found.row.state]).toEqual(['OK', 'FOUND']);
  await college.settle();

  const records = of('conductRecords { indicatorCode severity state finding { docNo date } }');
  expect(await college.request(STUDENT, records)).toEqual({
    data: {
      student: {
        conductRecords: [
          {
            indicatorCode: 'D2-02',
            severity: 'S2',
            state: 'ACTIVE',
            finding: { docNo: 'YH-2026-1', date: '2026-03-02' },
          },
        ],
      },
    },
  });
  // No school role reads the record, the notice of it, or that there is a finding.
  for (const person of ['T0210', 'T0001'])
    expect(
      await college.request(
        person,
        of('conductRecords { indicatorCode } notices { id } providerMaliceFindings { id }'),
        REVIEW,
      ),
    ).toEqual({
      data: { student: { conductRecords: [], notices: [], providerMaliceFindings: [] } },
    });
});

const QUEUE = `{ appealQueue { nodes { id version state handlerOffice grounds targetRef
  availableActions } } }`;
/** What waits for somebody, as far as he reads it. */
async function queueOf(person: string, options = {}): Promise<ChangedRow[]> {
  const { data } = await college.request(person, QUEUE, options);
  const queue = data?.['appealQueue'] as { nodes: ChangedRow[] } | undefined;
  return queue?.nodes ?? [];
}

test('an appeal against it goes straight to the bank, and no school role finds it (2.4)', async () => {
  const { data } = await college.request(STUDENT, of('conductRecords { id }'));
  const student = data?.['student'] as { conductRecords: { id: string }[] } | undefined;
  const act = (person: string, name: string, args: object, headers = {}) =>
    mutate(college, person, { name, noun: 'Appeal', args: { ...args } }, headers);
  const filed = await act(STUDENT, 'fileAppeal', {
    kind: new EnumValue('RECORD'),
    target: student?.conductRecords[0]?.id,
    grounds: '已还清',
    requestedOutcome: new EnumValue('REVOKE'),
  });
  expect([filed.came, filed.row.state]).toEqual(['OK', 'FILED']);
  for (const person of ['T0210', 'T0001']) {
    expect(await queueOf(person, REVIEW)).toEqual([]);
    expect(await college.request(person, of('appeals { id }'), REVIEW)).toEqual({
      data: { student: { appeals: [] } },
    });
    expect((await act(person, 'acceptAppeal', on(filed.row), REVIEW.headers)).came).toBe(
      'NOT_FOUND',
    );
  }
  // Of the bank those have it who neither proposed nor confirmed what it is against; another has nothing.
  for (const person of ['bank-b-01', 'bank-b-02', 'telecom-t-01'])
    expect(await queueOf(person)).toEqual([]);
  expect((await act('bank-b-02', 'acceptAppeal', on(filed.row))).came).toBe('SOD_VIOLATION');
  expect((await act('telecom-t-01', 'acceptAppeal', on(filed.row))).came).toBe('NOT_FOUND');
  const [finding] = await findings();
  expect(await queueOf('bank-b-03')).toEqual([
    {
      id: filed.row.id,
      version: 1,
      state: 'FILED',
      handlerOffice: 'TPC',
      grounds: '已还清',
      targetRef: `thirdparty:ProviderMaliceFinding:${finding?.id}`,
      availableActions: ['appeal.accept', 'appeal.decline'],
    },
  ]);
  const named = await college.request(
    'bank-b-03',
    '{ appealQueue { nodes { studentNo student { name } } } }',
  );
  expect(named.data).toEqual({ appealQueue: { nodes: [{ studentNo: null, student: null }] } });

  const accepted = await act('bank-b-03', 'acceptAppeal', on(filed.row));
  expect([accepted.came, accepted.row.state]).toEqual(['OK', 'INVESTIGATING']);
  const reject = (person: string, row: ChangedRow) =>
    act(person, 'decideAppeal', {
      ...on(row),
      outcome: new EnumValue('REJECT'),
      decisionText: '账单无误',
    });
  const rejected = await reject('bank-b-03', accepted.row);
  expect([rejected.came, rejected.row.state]).toEqual(['OK', 'DECIDED']);
  const further = await act(STUDENT, 'escalateAppeal', on(rejected.row));
  expect([further.came, further.row.state]).toEqual(['OK', 'ESCALATED']);
  expect(await queueOf('bank-b-03')).toEqual([]);
  expect(await queueOf('T0001', REVIEW)).toEqual([]);
  expect((await reject('bank-b-03', further.row)).came).toBe('SOD_VIOLATION');
  expect((await reject('bank-b-04', further.row)).row.state).toBe('DECIDED');
  expect(await college.request(STUDENT, of('appeals { outcome decisionText }'))).toEqual({
    data: { student: { appeals: [{ outcome: 'REJECT', decisionText: '账单无误' }] } },
  });
});

test('a bill that its operator did not confirm is put to no finding', async () => {
  const held = (await rowsOf('telecom-t-01', TELECOM, 'phoneBills { id month }')) as {
    phoneBills: { id: string; month: string }[];
  };
  const bill = held.phoneBills.find(({ month }) => month === '2026-01');
  const finding = { phoneBillId: bill?.id, severity: 'S1' };
  expect((await propose('telecom-t-01', finding)).came).toBe('STATE_CONFLICT');
  expect((await propose('bank-b-01', finding)).came).toBe('NOT_FOUND');
});

test('3. the student stands at 95.50 A with all lines, and the school reads 98.50 A', async () => {
  college.clock.set('2026-04-15T10:00:00+08:00');
  await accept(college, {
    studentNo: STUDENT,
    indicatorCode: 'D3-06',
    originGroup: 'BAD_CONDUCT',
    severity: 'S1',
    on: '2026-03-10',
  });
  expect(await creditFor(STUDENT)).toEqual({
    view: 'FULL',
    score: 9550,
    grade: 'A',
    ledger: [line('D2-02', -400), line('D3-06', -150), line(null, 100, 'CAP-TP')],
  });
});

test('4. for the school the one line sums exactly, and nothing else is disclosed', async () => {
  for (const person of ['T0210', 'T0001'])
    expect(await creditFor(person, REVIEW)).toEqual(SCHOOL_VIEW);
  const answer = await college.request(
    'T0210',
    of('cardOverdrafts { overdueFen } phoneBills { amountFen }'),
    REVIEW,
  );
  expect(answer.data).toEqual({ student: { cardOverdrafts: null, phoneBills: null } });
  expect(rules(answer)).toEqual([
    'student.cardOverdrafts COLLEGE_ADMIN.FG19',
    'student.phoneBills COLLEGE_ADMIN.FG20',
  ]);
});

test('4. an evaluator reads no score', async () => {
  const answer = await college.request('T0701', of('credit { score }'), {
    headers: { 'x-case': 'EC-2026-A1' },
  });
  expect(answer.data).toEqual({ student: { credit: { score: null } } });
  expect(rules(answer)).toEqual(['student.credit.score EV_AWARD.FG21']);
});

test('5. the auditor reads provider and date, and no amount', async () => {
  const answer = await college.request(
    'T0901',
    of('cardOverdrafts { provider statementOn overdueFen }'),
    { headers: { 'x-reference': 'AU-2026-1' } },
  );
  expect(answer.data).toEqual({
    student: {
      cardOverdrafts: [{ provider: BANK, statementOn: '2026-02-25', overdueFen: null }],
    },
  });
  expect(rules(answer)).toEqual(['student.cardOverdrafts.0.overdueFen AUDITOR.FG19']);
});

test('6. the bank reads its own rows by the consent, and no student', async () => {
  expect(
    await rowsOf('bank-b-01', BANK, 'cardOverdrafts { overdueFen } phoneBills { amountFen }'),
  ).toEqual({ cardOverdrafts: [{ overdueFen: 128_050 }], phoneBills: [] });
  expect(await college.request('bank-b-01', of('credit { score }'))).toMatchObject({
    data: { student: null },
    errors: [{ path: ['student'], extensions: { code: 'NOT_FOUND' } }],
  });
});

test('student affairs reads of no access by the bank; the student does', async () => {
  const query = `query Held { consentRows(consentId: "${consents.get(BANK)}") {
    cardOverdrafts { overdueFen } } }`;
  await college.request('bank-b-01', query);
  await college.settle();
  expect(await readIn(college, { person: 'T0001', ...REVIEW }, 'Held', STUDENT)).toEqual([]);
  const read = await disclosedTo(college, STUDENT, 'Held');
  expect(read.map(({ actorRole, reference }) => [actorRole, reference])).toEqual([
    ['TPC_INST', consents.get(BANK)],
  ]);
});

/** Keys of what the office logged and published of deliveries and findings. */
const keys = () =>
  asOwner(
    college,
    'thirdparty',
    `select topic, count(*)::int from record_key
     where topic in ('Delivery', 'ProviderMaliceFinding') group by topic order by topic`,
  );

test('7. when the consent is withdrawn reads end, rows go, and both views are 98.50 A', async () => {
  college.clock.set('2026-04-20T10:00:00+08:00');
  const [given] = await asOwner<ChangedRow>(
    college,
    'archive',
    'select consent_id as "consentId", version from consent where consent_id = $1',
    [consents.get(BANK)],
  );
  const withdrawn = await mutate(college, STUDENT, {
    name: 'withdrawConsent',
    noun: 'Consent',
    args: named(given!),
    fields: CONSENT,
  });
  expect([withdrawn.came, withdrawn.row.state]).toEqual(['OK', 'WITHDRAWN']);
  expect(await creditFor(STUDENT)).toEqual({ ...SCHOOL_VIEW, view: 'FULL' });
  await college.settle();
  for (const person of ['T0210', 'T0001'])
    expect(await creditFor(person, REVIEW)).toEqual(SCHOOL_VIEW);
  expect(
    await college.request(
      STUDENT,
      of(`cardOverdrafts { overdueFen } phoneBills { provider } providerMaliceFindings { id }
        conductRecords { indicatorCode } closedConductRecords { indicatorCode }`),
    ),
  ).toEqual({
    data: {
      student: {
        cardOverdrafts: [],
        phoneBills: [{ provider: TELECOM }, { provider: TELECOM }],
        providerMaliceFindings: [],
        conductRecords: [{ indicatorCode: 'D3-06' }],
        closedConductRecords: [],
      },
    },
  });
  expect(
    await college.request(
      'bank-b-01',
      `{ consentRows(consentId: "${consents.get(BANK)}") { cardOverdrafts { overdueFen } } }`,
    ),
  ).toMatchObject({ data: { consentRows: null }, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  expect((await ingest('bank-b-01', BANK, { cardOverdrafts: [STATEMENT] })).came).toBe(
    'CONSENT_REQUIRED',
  );
  const left = `select 1 from card_overdraft union all select 1 from provider_malice_finding
    union all select 1 from delivery where provider = '${BANK}'`;
  expect(await asOwner(college, 'thirdparty', left)).toEqual([]);
});

test('7. by 5 May the keys are destroyed: no line of the log gives a value any more (3.6)', async () => {
  expect(await keys()).toEqual([
    { topic: 'Delivery', count: 2 },
    { topic: 'ProviderMaliceFinding', count: 1 },
  ]);
  college.clock.set('2026-05-05T02:30:00+08:00');
  for (let runs = 0; runs < 2; runs++) await runJob(college, 'thirdparty', 'eraseWithdrawn');
  expect(await keys()).toEqual([{ topic: 'Delivery', count: 1 }]);
  expect(
    await asOwner(
      college,
      'thirdparty',
      `select target_id, actor from operation_log where action = 'consent.erase'`,
    ),
  ).toEqual([{ target_id: consents.get(BANK), actor: 'job:eraseWithdrawn' }]);
});

test('7. the snapshot of the consent stays as it was, and a new one stands before it (INV-08)', async () => {
  expect(
    await asOwner(
      college,
      'archive',
      `select on_day::text, (school_view->>'score')::int as school, (full_view->>'score')::int as "full"
       from credit_snapshot where student_no = $1 and on_day >= '2026-03-01' order by seq`,
      [STUDENT],
    ),
  ).toEqual([
    { on_day: '2026-03-02', school: 10_000, full: 9700 },
    { on_day: '2026-04-15', school: 9850, full: 9550 },
    { on_day: '2026-04-20', school: 9850, full: 9850 },
  ]);
});
