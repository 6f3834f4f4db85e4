/**
 * SC-01: a student of seventeen enters, from the import to the check of his data (G7, G8.1, G10).
 * Not here yet: who reads the warning W-08 (4.7).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { office } from '@chengxin/archive/office';
import { propose } from '@chengxin/kit/import/propose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { authorizationOf, importer } from '../support/imports.js';
import { publishNotice } from '../support/entry.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, on, type ChangedRow, type Mutation } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';
import { studentRows } from '../support/student-rows.js';

const STUDENT = '2026010301';
/** Comes with the file of step 1, and never confirms his data. */
const SILENT = '2026010100';
const AFFAIRS = 'T0001';
const REVIEWER = 'T0002';
const COLLEGE_ADMIN = 'T0120';
/** Of another class of the same college. */
const OTHER_COUNSELLOR = 'T0102';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
let folder: string;
beforeAll(async () => {
  college = await startCollege({ at: '2026-09-01T09:00:00+08:00' });
  folder = await mkdtemp(join(tmpdir(), 'chengxin-entry-'));
});
afterAll(async () => {
  await college.stop();
  await rm(folder, { recursive: true });
});

const as = (person: string, mutation: Mutation, headers = {}) =>
  mutate(college, person, mutation, headers);

/** What one reads of the archive of a student. */
async function archiveOf(studentNo: string): Promise<ChangedRow> {
  const fields = 'studentNo state version agreementVersion verification { dueOn state }';
  const query = `{ student(studentNo: "${studentNo}") { archive { ${fields} } } }`;
  const { data } = await college.request(AFFAIRS, query, { headers: REVIEW });
  const { student } = data as { student: { archive: ChangedRow & { studentNo: string } } | null };
  return { ...student?.archive, id: studentNo } as ChangedRow;
}
const onArchive = async (person: string, name: string, more: object = {}, studentNo = STUDENT) =>
  as(
    person,
    { name, noun: 'Archive', args: { ...on(await archiveOf(studentNo)), ...more } },
    person.startsWith('T') ? REVIEW : {},
  );

interface Own {
  readonly commitments: readonly (ChangedRow & { readonly signatureHash: string | null })[];
  readonly agreement: Record<string, unknown> | null;
}
async function ownOf(studentNo: string): Promise<Own> {
  const { data } = await college.request(
    studentNo,
    `{ me { student {
         commitments { id version matter state signatureHash templateVersion }
         agreement { textSha256 method noticeVersion templateVersion } } } }`,
  );
  return (data as { me: { student: Own } }).me.student;
}
async function signLetter(studentNo: string) {
  const { commitments } = await ownOf(studentNo);
  const args = on(commitments[0]!);
  return as(studentNo, { name: 'signCommitment', noun: 'Commitment', args });
}
const activate = (studentNo: string) =>
  as(studentNo, {
    name: 'activateAccount',
    noun: 'Account',
    args: { id: studentNo, expectedVersion: 1 },
    fields: 'subject state',
  });

/** A text of entry, drafted by one and published by another of Student Affairs. */
async function publish(kind: string, templateVersion: string, clauses: string[]): Promise<string> {
  const noun = 'CommitmentTemplate';
  const fields = 'id revision state textSha256';
  const args = {
    kind: new EnumValue(kind),
    matter: new EnumValue('ENTRY'),
    templateVersion,
    subjectTypes: ['STUDENT'],
    clauses,
    consequences: ['谈话提醒'],
    validFrom: '2026-08-01',
  };
  const drafted = await as(AFFAIRS, { name: 'draftTemplate', noun, args, fields }, REVIEW);
  const published = await as(
    REVIEWER,
    { name: 'publishTemplate', noun, args: { id: drafted.row.id, expectedVersion: 1 }, fields },
    REVIEW,
  );
  expect(published.row.state).toBe('PUBLISHED');
  return String(published.row['textSha256']);
}

let agreementHash: string;
test('before: both texts and the notice on processing are published', async () => {
  agreementHash = await publish('AGREEMENT', 'A-2026.1', [
    '学校依法建立诚信档案',
    '学生核对本人信息',
  ]);
  await publish('COMMITMENT', 'C-2026.1', ['诚实守信，接受监督']);
  await publishNotice(college, 'N-2026.1', '2026-08-01');
  const { data } = await college.request(null, '{ noticeVersions { version } }');
  expect(data?.['noticeVersions']).toEqual([{ version: 'N-2026.1' }]);
});

test('1: students come by a file that a second person approves, and have an archive', async () => {
  const job = office.imports.find(({ kind }) => kind.name === 'students');
  const running = college.started.offices.get('archive');
  if (!job || !running) throw new Error('The archive imports no students.');
  const [row = {}] = studentRows(1, { college: 'C01', classCode: '20260103', major: 'M0101' });
  const file = join(folder, 'students.csv');
  await writeFile(file, `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`);
  const clerk = importer(AFFAIRS, 'SCHOOL_ADMIN', ['SCHOOL']);
  const { batchId } = await propose(running, job, file, authorizationOf(clerk));
  expect((await archiveOf(SILENT)).state).toBeUndefined();
  const approve = (person: string) =>
    as(
      person,
      {
        name: 'approveArchiveImport',
        noun: 'ArchiveImportBatch',
        args: { id: batchId, expectedVersion: 1 },
      },
      REVIEW,
    );
  expect((await approve(AFFAIRS)).came).toBe('SOD_VIOLATION');
  expect((await approve(REVIEWER)).came).toBe('OK');
  for (const studentNo of [STUDENT, SILENT])
    expect((await archiveOf(studentNo)).state).toBe('IMPORTED');
});

test('2: the signing is launched for the cohort', async () => {
  const { row } = await as(
    AFFAIRS,
    {
      name: 'launchSigning',
      noun: 'SigningLaunch',
      args: { cohort: 2026 },
      fields: 'id version launched',
    },
    REVIEW,
  );
  expect(row['launched']).toBe(2);
  expect(await archiveOf(STUDENT)).toMatchObject({
    state: 'PENDING_SIGNATURE',
    agreementVersion: 'A-2026.1',
  });
  await deliverNotices(college);
});

test('3: the student activates his account, and reads what he is notified of', async () => {
  await runJob(college, 'archive', 'openAccounts');
  expect((await activate(STUDENT)).row).toEqual({ subject: STUDENT, state: 'ACTIVATED' });
  const { data } = await college.request(STUDENT, '{ myNotices { kind state } }');
  expect(data?.['myNotices']).toEqual(
    expect.arrayContaining([
      { kind: 'AGREEMENT', state: 'DELIVERED' },
      { kind: 'TEMPLATE', state: 'DELIVERED' },
    ]),
  );
});

test('4: he signs after his guardian’s consent; with both texts signed his data are checked', async () => {
  const early = await onArchive(STUDENT, 'signAgreement');
  expect(early.came).toBe('STATE_CONFLICT');
  const consent = { guardianName: '王家长', guardianRelation: '父亲', guardianForm: 'PAPER' };
  expect((await onArchive(COLLEGE_ADMIN, 'recordGuardianConsent', consent)).came).toBe('OK');
  expect((await onArchive(STUDENT, 'signAgreement')).came).toBe('OK');
  expect((await signLetter(STUDENT)).row.state).toBe('SIGNED');
  const { agreement, commitments } = await ownOf(STUDENT);
  expect(agreement).toEqual({
    textSha256: agreementHash,
    method: 'ONLINE_SIGN',
    noticeVersion: 'N-2026.1',
    templateVersion: 'A-2026.1',
  });
  expect(commitments).toMatchObject([
    { matter: 'ENTRY', state: 'SIGNED', signatureHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  expect(await archiveOf(STUDENT)).toMatchObject({
    state: 'PENDING_VERIFICATION',
    verification: { dueOn: '2026-10-01', state: 'OPEN' },
  });
  // The agreement was no consent to anything else (INV-17).
  const consents = await college.request(STUDENT, '{ me { student { consents { consentId } } } }');
  expect(consents.data).toEqual({ me: { student: { consents: [] } } });
});

let appeal: ChangedRow;
test('5: his major is wrong: he confirms with an appeal', async () => {
  const { data } = await college.request(
    STUDENT,
    '{ me { student { name birthDate majorCode } } }',
  );
  expect(data).toEqual({
    me: { student: { name: '王一凡', birthDate: '2008-11-20', majorCode: 'M0101' } },
  });
  expect((await onArchive(STUDENT, 'confirmProfile', { withAppeal: true })).row.state).toBe(
    'ACTIVE',
  );
  const filed = await as(STUDENT, {
    name: 'fileAppeal',
    noun: 'Appeal',
    args: {
      kind: new EnumValue('PROFILE'),
      target: 'majorCode',
      grounds: '专业应为 M0102',
      requestedOutcome: new EnumValue('MODIFY'),
    },
  });
  expect(filed.row.state).toBe('FILED');
  appeal = filed.row;
});

test('6: the college corrects the major; what it was is kept, and the check as it was confirmed', async () => {
  const forAppeal = { 'x-purpose': 'APPEAL', 'x-reference': appeal.id };
  const noun = 'Appeal';
  const accepted = await as(
    COLLEGE_ADMIN,
    { name: 'acceptAppeal', noun, args: on(appeal) },
    REVIEW,
  );
  const inquiry = await as(
    COLLEGE_ADMIN,
    { name: 'routeAppeal', noun, args: on(accepted.row) },
    forAppeal,
  );
  const verdict = {
    outcome: new EnumValue('MODIFY'),
    decisionText: '专业代码已更正',
    corrected: 'M0102',
  };
  const decided = await as(
    COLLEGE_ADMIN,
    { name: 'decideAppeal', noun, args: { ...on(inquiry.row), ...verdict } },
    forAppeal,
  );
  expect(decided.row.state).toBe('DECIDED');
  expect(await archiveOf(STUDENT)).toMatchObject({
    state: 'ACTIVE',
    verification: { state: 'CONFIRMED_WITH_APPEAL' },
  });
  const shown = {
    majorCode: 'M0102',
    appeals: [
      {
        targetRef: 'archive:Student:majorCode',
        before: '{"majorCode":"M0101"}',
        after: '{"majorCode":"M0102"}',
      },
    ],
  };
  const fields = 'majorCode appeals { targetRef before after }';
  const own = await college.request(STUDENT, `{ me { student { ${fields} } } }`);
  expect(own).toEqual({ data: { me: { student: shown } } });
  const select = `{ student(studentNo: "${STUDENT}") { ${fields} } }`;
  const admin = await college.request(COLLEGE_ADMIN, select, { headers: REVIEW });
  expect(admin).toEqual({ data: { student: shown } });
});

test('the other college finds nobody; finance reads name and class, and no ID number', async () => {
  const select = (fields: string) => `{ student(studentNo: "${STUDENT}") { ${fields} } }`;
  expect(await college.request('T0210', select('name'), { headers: REVIEW })).toEqual({
    data: { student: null },
    errors: [errorOf('NOT_FOUND', ['student'])],
  });
  const clerk = await college.request('T0401', select('name classCode idNumber'));
  expect(clerk.data).toEqual({
    student: { name: '王一凡', classCode: '20260103', idNumber: null },
  });
  expect(clerk.errors?.map(({ extensions }) => [extensions['code'], extensions['group']])).toEqual([
    ['FORBIDDEN_FIELD', 'SENSITIVE_IDENTITY'],
  ]);
  const reviewer = await college.request('T0402', select('idNumberMasked'));
  expect(reviewer.data).toEqual({ student: { idNumberMasked: '9****************3' } });
});

const disclose = (person: string, name: string, args: object, headers = {}) =>
  mutate(
    college,
    person,
    {
      name,
      noun: 'IdentityDisclosure',
      args: { studentNo: STUDENT, ...args },
      fields: 'matches phone',
    },
    headers,
    college.clock.now(),
  );

test('the finance reviewer compares an ID number five times a day; the sixth is refused (F-05)', async () => {
  const compare = (lastSix: string) => disclose('T0402', 'confirmIdNumber', { lastSix });
  expect((await compare('201013')).row['matches']).toBe(true);
  for (const lastSix of ['201014', '201015', '201016', '20101X'])
    expect((await compare(lastSix)).row['matches']).toBe(false);
  expect((await compare('201013')).came).toBe('RATE_LIMITED');
});

test('the contact is disclosed to the counsellor of his class, and to no other (F-05)', async () => {
  const reveal = (person: string) => disclose(person, 'revealContact', {}, REVIEW);
  expect((await reveal('T0101')).row['phone']).toBe('19900001000');
  expect((await reveal(OTHER_COUNSELLOR)).came).toBe('NOT_FOUND');
  await deliverNotices(college);
  const { data } = await college.request(STUDENT, '{ myNotices { kind state } }');
  const notices = (data as { myNotices: { kind: string }[] }).myNotices;
  // One for each comparison that was answered, and one for the contact.
  expect(notices.filter(({ kind }) => kind === 'IDENTITY')).toHaveLength(6);
});

test('without a confirmation by the day, the archive is active all the same, overdue and warned of', async () => {
  expect((await activate(SILENT)).came).toBe('OK');
  expect((await onArchive(SILENT, 'signAgreement', {}, SILENT)).came).toBe('OK');
  expect((await signLetter(SILENT)).came).toBe('OK');
  college.clock.set('2026-10-01T23:59:00+08:00');
  await runJob(college, 'archive', 'expireVerifications');
  expect((await archiveOf(SILENT)).state).toBe('PENDING_VERIFICATION');
  college.clock.set('2026-10-02T00:15:00+08:00');
  await runJob(college, 'archive', 'expireVerifications');
  expect(await archiveOf(SILENT)).toMatchObject({
    state: 'ACTIVE',
    verification: { dueOn: '2026-10-01', state: 'OVERDUE' },
  });
  const warnings = await asOwner(
    college,
    'archive',
    'select student_no, code, colour, handler_office from warning',
  );
  expect(warnings).toEqual([
    { student_no: SILENT, code: 'W-08', colour: 'ADM', handler_office: 'COL' },
  ]);
});
