/** Consents from their request to their end, and the report tokens under them (L-09, SC-06). */
import { digest } from '@chengxin/kit/call/crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, on, type ChangedRow } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2023010208';
const OTHER = '2024010317';
const EMPLOYER = '91990000MA0000002E';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const TO_EMPLOYER = {
  purpose: new EnumValue('EMPLOYER_REPORT'),
  recipientName: '示范科技公司',
  recipientUscc: EMPLOYER,
  reportTemplate: 'CONDUCT',
  expiresAt: '2026-05-31T10:00:00Z',
};
const FIELDS = 'consentId version state availableActions';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-05-10T10:00:00+08:00' });
});
afterAll(() => college.stop());

interface ConsentRow {
  readonly consentId: string;
  readonly version: number;
}
const request = (studentNo: string, args: object = {}, person = studentNo, headers = {}) =>
  mutate(
    college,
    person,
    {
      name: 'requestConsent',
      noun: 'Consent',
      args: { studentNo, ...TO_EMPLOYER, ...args },
      fields: person === studentNo ? FIELDS : 'purpose state',
    },
    headers,
  );
const named = (row: ChangedRow) => {
  const { consentId, version } = row as unknown as ConsentRow;
  return { id: consentId, expectedVersion: version };
};
const step = (person: string, name: string, args: object) =>
  mutate(college, person, { name, noun: 'Consent', args: { ...args }, fields: FIELDS });

/** A consent that the student gave. */
async function give(studentNo: string, args: object = {}) {
  const { row } = await request(studentNo, args);
  await deliverNotices(college);
  return (await step(studentNo, 'grantConsent', named(row))).row;
}
const issue = (studentNo: string, consentId: unknown, args: object = {}) =>
  mutate(college, studentNo, {
    name: 'issueReportToken',
    noun: 'ReportToken',
    args: { consentId, maxViews: 5, expiresAt: '2026-05-31T10:00:00Z', ...args },
    fields: 'id version state token recipientUscc reportTemplate usedViews watermark',
  });
async function show(token: string): Promise<string> {
  const { data, errors } = await college.request(null, '{ employerReport { student { name } } }', {
    headers: { 'x-report-token': token },
  });
  const report = data?.['employerReport'] as { student: { name: string } } | null | undefined;
  return report?.student.name ?? String(errors?.[0]?.extensions['code']);
}
interface Refused {
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
}
const pathOf = ({ answer }: Awaited<ReturnType<typeof mutate>>, name: string) =>
  ((answer.data ?? {})[name] as Refused).errors.map(
    ({ code, path }) => `${code} ${path.join('.')}`,
  );

test('it is given after its notice was delivered, by its student alone, and once', async () => {
  const { came, row } = await request(STUDENT);
  expect([came, row.state, row['availableActions']]).toEqual(['OK', 'REQUESTED', []]);
  expect((await step(STUDENT, 'grantConsent', named(row))).came).toBe('STATE_CONFLICT');
  await deliverNotices(college);
  const consents = '{ me { student { consents { state availableActions } } } }';
  expect((await college.request(STUDENT, consents)).data).toEqual({
    me: { student: { consents: [{ state: 'REQUESTED', availableActions: ['consent.grant'] }] } },
  });
  const { data } = await college.request(STUDENT, '{ myNotices { titleZh subjectGroup state } }');
  expect(data?.['myNotices']).toEqual([
    { titleZh: '单独同意事项告知书', subjectGroup: 'CONSENTS', state: 'DELIVERED' },
  ]);
  expect((await step(OTHER, 'grantConsent', named(row))).came).toBe('NOT_FOUND');
  const given = await step(STUDENT, 'grantConsent', named(row));
  expect([given.came, given.row.state, given.row['availableActions']]).toEqual([
    'OK',
    'GRANTED',
    ['consent.withdraw'],
  ]);
  expect((await step(STUDENT, 'grantConsent', named(given.row))).came).toBe('STATE_CONFLICT');
});

test('the school reads no notice of a consent to somebody else (note 28)', async () => {
  const notices = `{ student(studentNo: "${STUDENT}") { notices { id } } }`;
  expect(await college.request('T0001', notices, { headers: REVIEW })).toEqual({
    data: { student: { notices: [] } },
  });
});

test.each([
  ['a report without a template', { reportTemplate: 'ALL' }, 'reportTemplate'],
  ['groups beside a template', { fieldGroups: ['GRADES'] }, 'fieldGroups'],
  ['a wrong credit code', { recipientUscc: '91990000MA0000002F' }, 'recipientUscc'],
  ['a blank name', { recipientName: ' ' }, 'recipientName'],
  ['an end that has come', { expiresAt: '2026-05-10T02:00:00Z' }, 'expiresAt'],
  ['an end after two years', { expiresAt: '2028-05-10T10:00:00Z' }, 'expiresAt'],
  [
    'groups that no third party collects',
    {
      purpose: new EnumValue('THIRD_PARTY_COLLECT'),
      reportTemplate: null,
      fieldGroups: ['CARD_OVERDRAFTS', 'GRADES'],
    },
    'fieldGroups',
  ],
])('%s is refused by name', async (_, args, path) => {
  expect(pathOf(await request(STUDENT, args), 'requestConsent')).toEqual([`VALIDATION ${path}`]);
});

test('the school requests consents to itself and to publication, and to nobody else', async () => {
  const ask = (args: object) =>
    request(STUDENT, { reportTemplate: null, ...args }, 'T0001', REVIEW);
  const loan = { purpose: new EnumValue('POSTGRAD_LOAN') };
  expect(pathOf(await ask(loan), 'requestConsent')).toEqual(['VALIDATION recipientName']);
  const publicity = await ask({ purpose: new EnumValue('MODEL_CASE') });
  expect(publicity.answer).toMatchObject({
    data: { requestConsent: { ok: true, consent: { purpose: 'MODEL_CASE', state: 'REQUESTED' } } },
  });
});

test('a token is shown once, and its digest alone is kept', async () => {
  const { consentId } = (await give(STUDENT)) as unknown as ConsentRow;
  const args = { clientMutationId: 'token-1' };
  const { came, row } = await issue(STUDENT, consentId, args);
  expect(came).toBe('OK');
  const token = String(row['token']);
  expect(row).toEqual({
    id: row.id,
    version: 1,
    state: 'ISSUED',
    token,
    recipientUscc: EMPLOYER,
    reportTemplate: 'CONDUCT',
    usedViews: 0,
    watermark: expect.stringMatching(/^E-2026-05-10-[0-9A-F]{8}$/) as string,
  });
  const replayed = await issue(STUDENT, consentId, args);
  expect(replayed.row).toEqual({ ...row, token: null });
  const kept = await asOwner<{ hash: string; text: string }>(
    college,
    'archive',
    'select token_hash as hash, t::text as text from report_token t where id = $1',
    [row.id],
  );
  expect(kept.map(({ hash }) => hash)).toEqual([digest(token)]);
  expect(kept[0]?.text).not.toContain(token);
  const list = `{ student(studentNo: "${STUDENT}") { reportTokens { token } } }`;
  expect(await college.request(STUDENT, list)).toEqual({
    data: { student: { reportTokens: [{ token: null }] } },
  });
  expect(await show(token)).toBe('刘子涵');
});

test.each([
  ['no view', { maxViews: 0 }, 'VALIDATION maxViews'],
  ['more views than a token has', { maxViews: 51 }, 'VALIDATION maxViews'],
  [
    'an end after that of the consent',
    { expiresAt: '2026-06-01T00:00:00Z' },
    'VALIDATION expiresAt',
  ],
  ['an end that has come', { expiresAt: '2026-05-10T01:00:00Z' }, 'VALIDATION expiresAt'],
])('a token with %s is refused', async (_, args, refusal) => {
  const { consentId } = (await give(STUDENT)) as unknown as ConsentRow;
  expect(pathOf(await issue(STUDENT, consentId, args), 'issueReportToken')).toEqual([refusal]);
});

test('no token is issued under a consent that is not given, or is none to a report', async () => {
  const { row } = await request(STUDENT);
  const { consentId } = row as unknown as ConsentRow;
  expect((await issue(STUDENT, consentId)).came).toBe('STATE_CONFLICT');
  const collect = await give(STUDENT, {
    purpose: new EnumValue('THIRD_PARTY_COLLECT'),
    reportTemplate: null,
    fieldGroups: ['PHONE_BILLS'],
  });
  expect((await issue(STUDENT, collect['consentId'])).came).toBe('STATE_CONFLICT');
  expect((await issue(OTHER, collect['consentId'])).came).toBe('NOT_FOUND');
});

test('SC-06 (6): revoked, it opens nothing; withdrawn, the consent opens nothing either', async () => {
  const given = await give(OTHER);
  const first = await issue(OTHER, given['consentId']);
  const second = await issue(OTHER, given['consentId']);
  const [one, other] = [String(first.row['token']), String(second.row['token'])];
  const revoked = await mutate(college, OTHER, {
    name: 'revokeReportToken',
    noun: 'ReportToken',
    args: on(first.row),
  });
  expect([revoked.came, revoked.row.state]).toEqual(['OK', 'REVOKED']);
  expect(await show(one)).toBe('TOKEN_EXPIRED');
  expect(await show(other)).not.toBe('TOKEN_EXPIRED');
  const { came, row } = await step(OTHER, 'withdrawConsent', named(given));
  expect([came, row.state, row['availableActions']]).toEqual(['OK', 'WITHDRAWN', []]);
  // The gateway keeps what it knows of a caller for five seconds at most (INV-21).
  college.clock.set('2026-05-10T10:00:05+08:00');
  expect(await show(other)).toBe('CONSENT_EXPIRED');
  await runJob(college, 'archive', 'expireTokens');
  const states = await asOwner(
    college,
    'archive',
    'select state from report_token where student_no = $1 order by issued_at, state',
    [OTHER],
  );
  expect(states).toEqual([{ state: 'EXPIRED' }, { state: 'REVOKED' }]);
});

test('SC-06 (7): a token whose views are used up is exhausted', async () => {
  const { consentId } = (await give(STUDENT)) as unknown as ConsentRow;
  const { row } = await issue(STUDENT, consentId, { maxViews: 1 });
  const token = String(row['token']);
  expect(await show(token)).toBe('刘子涵');
  expect(await show(token)).toBe('TOKEN_EXPIRED');
  const state = () =>
    asOwner(college, 'archive', 'select state, version from report_token where id = $1', [row.id]);
  expect(await state()).toEqual([{ state: 'USED', version: 1 }]);
  for (let runs = 0; runs < 2; runs++) await runJob(college, 'archive', 'exhaustTokens');
  expect(await state()).toEqual([{ state: 'EXHAUSTED', version: 2 }]);
});

test('at its end a consent is expired by the job, once, with a line in the log', async () => {
  const { consentId } = (await give(OTHER, {
    expiresAt: '2026-05-20T00:00:00Z',
  })) as unknown as ConsentRow;
  const read = () =>
    asOwner(
      college,
      'archive',
      `select version, expired_at is not null as expired,
         (select count(*)::int from operation_log l where l.target_id = c.consent_id
            and l.action = 'consent.expire') as lines
       from consent c where consent_id = $1`,
      [consentId],
    );
  await runJob(college, 'archive', 'expireConsents');
  expect(await read()).toEqual([{ version: 2, expired: false, lines: 0 }]);
  college.clock.set('2026-05-20T08:00:00+08:00');
  for (let runs = 0; runs < 2; runs++) await runJob(college, 'archive', 'expireConsents');
  expect(await read()).toEqual([{ version: 3, expired: true, lines: 1 }]);
  expect((await step(OTHER, 'withdrawConsent', { id: consentId, expectedVersion: 3 })).came).toBe(
    'STATE_CONFLICT',
  );
});

test('one that was requested and whose end has come cannot be given any more', async () => {
  const { row } = await request(STUDENT, { expiresAt: '2026-05-21T00:00:00Z' });
  await deliverNotices(college);
  college.clock.set('2026-05-21T08:00:00+08:00');
  expect((await step(STUDENT, 'grantConsent', named(row))).came).toBe('DEADLINE_PASSED');
});
