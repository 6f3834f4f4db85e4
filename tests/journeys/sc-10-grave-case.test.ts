/** SC-10: a grave case, an appeal that fails, a decision above that undoes it, and the end of the archive. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveInState } from '../change/archive.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, on, type ChangedRow, type Mutation } from '../support/mutate.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2023020109';
const [CLERK, REVIEWER, OTHER_REVIEWER] = ['T0301', 'T0302', 'T1201'];
const [FIRST, SECOND] = ['T0001', 'T0002'];
const [COUNSELLOR, COLLEGE_ADMIN] = ['T0201', 'T0210'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const DECISION = { decisionDocNo: '教〔2026〕1号', decidedOn: '2026-01-15' };

let college: TestCollege;
const grant = (staffNo: string, role: string, orgCode: string) =>
  put(college, 'archive', 'admin_grant', {
    ...RECORDED,
    staff_no: staffNo,
    role,
    org_code: orgCode,
    valid_from: '2025-01-01T00:00:00Z',
    state: 'ACTIVE',
  });
beforeAll(async () => {
  college = await startCollege({ at: '2025-12-21T09:00:00+08:00' });
  await archiveInState(college, STUDENT, 'ACTIVE');
  // Academic affairs has a second reviewer: who approved a fact decides on no appeal against it.
  await grant(OTHER_REVIEWER, 'AAO_REVIEWER', 'SCHOOL');
  const [{ org } = { org: '' }] = await asOwner<{ org: string }>(
    college,
    'archive',
    'select class_code as org from student where student_no = $1',
    [STUDENT],
  );
  await grant(COUNSELLOR, 'COUNSELLOR', org);
});
afterAll(() => college.stop());

const at = (instant: string) => college.clock.set(`${instant}+08:00`);
/** A change that works: the row as it is then. */
async function done(
  person: string,
  mutation: Mutation,
  headers: Record<string, string> = {},
): Promise<ChangedRow> {
  const { came, row } = await mutate(college, person, mutation, headers);
  expect([mutation.name, came]).toEqual([mutation.name, 'OK']);
  await college.settle();
  return row;
}
const creditFor = async (person: string, headers: Record<string, string> = {}) => {
  const query = `{ student(studentNo: "${STUDENT}") { credit { grade score } } }`;
  const { data } = await college.request(person, query, { headers });
  return (data?.['student'] as { credit?: object } | null)?.credit;
};
const ownRecords = async () => {
  const query = `{ student(studentNo: "${STUDENT}") { conductRecords { id version state disputed severity } } }`;
  const { data } = await college.request(STUDENT, query);
  const student = data?.['student'] as { conductRecords: ChangedRow[] } | undefined;
  return student?.conductRecords ?? [];
};

let record: ChangedRow;
let appeal: ChangedRow;

test('1: cheating in a state exam, found by two people, is a record of S4 and a D by veto (V-01)', async () => {
  const noun = 'ExamViolation';
  const proposed = await done(CLERK, {
    name: 'proposeExamViolation',
    noun,
    args: {
      studentNo: STUDENT,
      violationNo: 'V-2025-1220',
      examType: new EnumValue('STATE'),
      actCode: 'MOE33-6.2',
      indicatorCode: 'D1-05',
      severity: 'S4',
      session: '2025-12 全国大学英语四级',
      occurredOn: '2025-12-20',
      evidenceDocNos: ['EV-1'],
    },
  });
  await deliverNotices(college);
  at('2026-01-15T10:00:00');
  const args = { ...on({ ...proposed, version: 2 }), ...DECISION };
  await done(REVIEWER, { name: 'approveExamViolation', noun, args });
  const [found] = await asOwner<{ id: string; version: number }>(
    college,
    'archive',
    `select id, version from conduct_record where student_no = $1 and state = 'FOUND'`,
    [STUDENT],
  );
  await deliverNotices(college);
  await done(
    FIRST,
    { name: 'acceptConductRecord', noun: 'ConductRecord', args: on(found as ChangedRow) },
    REVIEW,
  );
  [record] = (await ownRecords()) as [ChangedRow];
  expect(record).toMatchObject({ state: 'ACTIVE', severity: 'S4' });
  expect(await creditFor(STUDENT)).toEqual({ grade: 'D', score: 6000 });
  // Others read the last grade that was confirmed.
  expect(await creditFor(COUNSELLOR, REVIEW)).toMatchObject({ grade: 'A' });
  const query = `{ student(studentNo: "${STUDENT}") { credit { snapshotId } } }`;
  const { data } = await college.request(COLLEGE_ADMIN, query, { headers: REVIEW });
  const { credit } = (data?.['student'] ?? {}) as { credit?: { snapshotId: string } };
  const confirm = (person: string) =>
    mutate(
      college,
      person,
      {
        name: 'confirmGrade',
        noun: 'GradeConfirmation',
        args: { studentNo: STUDENT, snapshotId: credit?.snapshotId },
        fields: 'level',
      },
      REVIEW,
    );
  expect((await confirm(FIRST)).came).toBe('STATE_CONFLICT');
  expect((await confirm(COLLEGE_ADMIN)).row).toEqual({ level: 'COLLEGE' });
  expect(await creditFor(COUNSELLOR, REVIEW)).toMatchObject({ grade: 'A' });
  expect((await confirm(FIRST)).row).toEqual({ level: 'SCHOOL' });
  expect(await creditFor(COUNSELLOR, REVIEW)).toMatchObject({ grade: 'D' });
  expect((await confirm(SECOND)).came).toBe('STATE_CONFLICT');
});

test('2: the student objects; the college receives it and hands it on, and it is disputed', async () => {
  at('2026-01-20T10:00:00');
  const noun = 'Appeal';
  appeal = await done(STUDENT, {
    name: 'fileAppeal',
    noun,
    args: {
      kind: new EnumValue('RECORD'),
      target: record.id,
      grounds: 'it was not me',
      requestedOutcome: new EnumValue('REVOKE'),
    },
  });
  appeal = await done(COLLEGE_ADMIN, { name: 'acceptAppeal', noun, args: on(appeal) }, REVIEW);
  const inHand = { 'x-purpose': 'APPEAL', 'x-reference': appeal.id };
  appeal = await done(COLLEGE_ADMIN, { name: 'routeAppeal', noun, args: on(appeal) }, inHand);
  expect((await ownRecords())[0]).toMatchObject({ disputed: true });
  // Milder, and no less unconfirmed: for others the last confirmed one stands.
  expect(await creditFor(STUDENT)).toEqual({ grade: 'C', score: 6000 });
  expect(await creditFor(COUNSELLOR, REVIEW)).toMatchObject({ grade: 'D' });
});

test('3: rejected with reasons by somebody who neither recorded nor approved it, it counts again', async () => {
  at('2026-02-10T10:00:00');
  const noun = 'Appeal';
  const verdict = {
    outcome: new EnumValue('REJECT'),
    decisionText: '监控与笔迹一致 The record of the room and the writing agree',
  };
  const decide = { name: 'decideAppeal', noun, args: { ...on(appeal), ...verdict } };
  const own = await mutate(college, REVIEWER, decide);
  expect(own.came).toBe('SOD_VIOLATION');
  appeal = await done(OTHER_REVIEWER, decide, { 'x-role': 'AAO_REVIEWER' });
  expect(appeal.state).toBe('DECIDED');
  expect((await ownRecords())[0]).toMatchObject({ state: 'ACTIVE', disputed: false });
  expect(await creditFor(STUDENT)).toEqual({ grade: 'D', score: 6000 });
});

test('5: the body above annuls it: the record is revoked, and nothing of it counts', async () => {
  at('2026-05-06T10:00:00');
  await done(
    FIRST,
    {
      name: 'recordUpperDecision',
      noun: 'UpperDecision',
      args: {
        recordId: record.id,
        body: '省教育厅',
        docNo: '教复〔2026〕9号',
        decidedOn: '2026-05-06',
      },
    },
    REVIEW,
  );
  const [now] = (await ownRecords()) as [ChangedRow];
  await done(SECOND, { name: 'revokeConductRecord', noun: 'ConductRecord', args: on(now) }, REVIEW);
  expect(await creditFor(STUDENT)).toEqual({ grade: 'A', score: 10_000 });
  expect(await creditFor(FIRST, REVIEW)).toEqual({ grade: 'A', score: 10_000 });
});

test('6: on the list of graduates, with a remark in three hands, the archive is closed', async () => {
  at('2026-06-10T10:00:00');
  await college.bring('academics', 'graduations', [
    { 学号: STUDENT, 毕业日期: '2026-06-30', 毕业结论: '毕业' },
  ]);
  await done(REVIEWER, {
    name: 'publishGraduationList',
    noun: 'GraduationList',
    args: { graduationOn: '2026-06-30' },
    fields: 'id state',
  });
  const noun = 'GraduationRemark';
  const fields = 'id version';
  const written = await done(
    COUNSELLOR,
    { name: 'writeRemark', noun, args: { studentNo: STUDENT, text: '品行端正' }, fields },
    REVIEW,
  );
  const approved = await done(
    COLLEGE_ADMIN,
    { name: 'approveRemark', noun, args: on(written), fields },
    REVIEW,
  );
  await done(FIRST, { name: 'signRemark', noun, args: on(approved), fields }, REVIEW);

  at('2026-06-30T10:00:00');
  const [{ version } = { version: 0 }] = await asOwner<{ version: number }>(
    college,
    'archive',
    'select version from archive where student_no = $1',
    [STUDENT],
  );
  const archive = { noun: 'Archive', fields: 'state version' };
  const named = { id: STUDENT, expectedVersion: version };
  const started = await done(FIRST, { ...archive, name: 'startClosing', args: named }, REVIEW);
  const closed = await done(
    SECOND,
    {
      ...archive,
      name: 'closeArchive',
      args: { id: STUDENT, expectedVersion: started.version, finalReportNo: 'FR-2026-0109' },
    },
    REVIEW,
  );
  expect(closed.state).toBe('CLOSED');
});

test('7: repayment is nobody’s without a consent; the alumnus still reads his archive and consents', async () => {
  at('2026-09-01T10:00:00');
  await runJob(college, 'archive', 'retainArchives');
  const query = `{ student(studentNo: "${STUDENT}") { loanPerformance { month } } }`;
  const { errors } = await college.request(FIRST, query, { headers: REVIEW });
  expect(errors?.[0]?.extensions['code']).toBe('CONSENT_REQUIRED');

  const own = `{ me { student { archive { state } closedConductRecords { state } appeals { state } } } }`;
  expect((await college.request(STUDENT, own)).data).toEqual({
    me: {
      student: {
        archive: { state: 'RETAINED' },
        closedConductRecords: [{ state: 'REVOKED' }],
        appeals: [{ state: 'DECIDED' }],
      },
    },
  });
  const consent = { noun: 'Consent', fields: 'consentId version state' };
  const requested = await done(STUDENT, {
    ...consent,
    name: 'requestConsent',
    args: {
      studentNo: STUDENT,
      purpose: new EnumValue('EMPLOYER_REPORT'),
      recipientName: '示范科技公司',
      recipientUscc: '91990000MA0000002E',
      reportTemplate: 'CONDUCT',
      expiresAt: '2026-12-01T00:00:00Z',
    },
  });
  await deliverNotices(college);
  const given = await done(STUDENT, {
    ...consent,
    name: 'grantConsent',
    args: { id: requested['consentId'], expectedVersion: requested.version },
  });
  expect(given.state).toBe('GRANTED');
});
