/**
 * SC-03: cheating, proposed, notified, answered and found (G6.2, L-07); sanctioned, confirmed as a C,
 * served, appealed against and upheld (L-02, L-03, L-06, L-08, V-02, V-04); in an official run; its term
 * over, lifted, and without a trace (G8.3).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, mutationText, on, type ChangedRow } from '../support/mutate.js';
import { lockedRun } from '../support/official-run.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { REFUSED, writeStraight } from '../support/straight.js';

const STUDENT = '2024010305';
const OTHER_STUDENT = '2024010317';
const CLERK = 'T0301';
const REVIEWER = 'T0302';
const COUNSELLOR = 'T0101';
const COLLEGE_ADMIN = 'T0110';
const SECOND_OF_COLLEGE = 'T0120';
const FIRST = 'T0001';
const SECOND = 'T0002';
const COMMITTEE = ['T0811', 'T0812'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const AUDIT = { 'x-reference': 'AU-3' };

let college: TestCollege;
let finding: ChangedRow;
let recordId: string;
let row: ChangedRow;
let appeal: ChangedRow;

const aCase = (caseNo: string, purpose: string, evaluator: string, from: string, to: string) => ({
  评审编号: caseNo,
  用途: purpose,
  名称: '评审',
  主办部门: 'SAO',
  开始时间: `${from} 00:00:00`,
  结束时间: `${to} 00:00:00`,
  学生学号: STUDENT,
  评审人工号: evaluator,
});

beforeAll(async () => {
  college = await startCollege({ at: '2025-06-25T09:00:00+08:00' });
  await college.bring('archive', 'cases', [
    aCase('EC-2025-A1', '评优', 'T0701', '2025-06-20', '2025-07-18'),
    aCase('EC-2025-P1', '入党', 'T0702', '2025-06-20', '2025-07-18'),
    aCase('EC-2025-A2', '评优', 'T0701', '2025-10-01', '2025-10-20'),
    aCase('EC-2025-P2', '入党', 'T0702', '2025-10-01', '2025-10-20'),
    aCase('EC-2026-A1', '评优', 'T0701', '2026-02-10', '2026-02-28'),
    aCase('EC-2026-A2', '评优', 'T0701', '2026-07-01', '2026-07-20'),
    aCase('EC-2026-P2', '入党', 'T0702', '2026-07-01', '2026-07-20'),
  ]);
  // 102.00 A before all this.
  await put(college, 'archive', 'good_record', {
    student_no: STUDENT,
    recorded_by: 'T0001',
    recorded_at: '2025-05-21T00:00:00Z',
    approved_by: 'T0002',
    approved_at: '2025-05-22T00:00:00Z',
    indicator_code: 'P-01',
    origin_group: 'GOOD_CONDUCT',
    source_office: 'SAO',
    occurred_on: '2025-05-20',
    state: 'APPROVED',
    source_subgraph: 'archive',
    source_typename: 'GoodRecord',
    source_id: 'G-1',
    source_version: 1,
  });
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-3',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2025-06-20 00:00:00',
      结束时间: '2026-07-31 00:00:00',
    },
  ]);
  await runJob(college, 'archive', 'computeSnapshots');
});
afterAll(() => college.stop());

const VIOLATION_NOUN = 'ExamViolation';
const VIOLATION = {
  studentNo: STUDENT,
  violationNo: 'V-2025-0624',
  examType: new EnumValue('SCHOOL'),
  actCode: 'MOE33-6.1',
  indicatorCode: 'D1-05',
  severity: 'S3',
  session: '2024-2 期末 第3场',
  occurredOn: '2025-06-24',
  evidenceDocNos: ['EV-7'],
};
const DECISION = { decisionDocNo: '教〔2025〕17号', decidedOn: '2025-06-27' };

const inCase = (caseId: string): RequestOptions => ({ headers: { 'x-case': caseId } });
/** How many violations somebody reads, and how many records. */
async function seenBy(person: string, options: RequestOptions = {}): Promise<unknown> {
  const query = `{ student(studentNo: "${STUDENT}") {
    examViolations { indicatorCode } conductRecords { indicatorCode } } }`;
  const { data, errors } = await college.request(person, query, options);
  expect(errors ?? []).toEqual([]);
  const student = data?.['student'] as Record<string, unknown[]> | undefined;
  return [student?.['examViolations']?.length, student?.['conductRecords']?.length];
}
const NOTHING = [0, 0];
const stateFor = async (person: string): Promise<unknown> => {
  const query = `{ student(studentNo: "${STUDENT}") { examViolations { state } } }`;
  return (await college.request(person, query)).data?.['student'];
};
const approve = (args: object = DECISION) =>
  mutate(college, REVIEWER, {
    name: 'approveExamViolation',
    noun: VIOLATION_NOUN,
    args: { ...on(finding), ...args },
  });

test('1: the clerk proposes it; counsellor, evaluators and the student himself see nothing', async () => {
  const text = mutationText({
    name: 'proposeExamViolation',
    noun: VIOLATION_NOUN,
    args: VIOLATION,
  });
  const straight = await writeStraight(college, 'academics', importer(CLERK, 'AAO_CLERK'), text);
  expect(straight).toEqual([REFUSED, REFUSED]);

  const proposed = await mutate(college, CLERK, {
    name: 'proposeExamViolation',
    noun: VIOLATION_NOUN,
    args: VIOLATION,
  });
  expect([proposed.came, proposed.row.state]).toEqual(['OK', 'PROPOSED']);
  finding = proposed.row;
  await college.settle();
  expect(await seenBy(COUNSELLOR, { headers: REVIEW })).toEqual(NOTHING);
  expect(await seenBy('T0701', inCase('EC-2025-A1'))).toEqual(NOTHING);
  expect(await seenBy('T0702', inCase('EC-2025-P1'))).toEqual(NOTHING);
  expect(await stateFor(STUDENT)).toEqual({ examViolations: [] });
});

test('2: before the notice, and before a statement or five working days, nobody approves', async () => {
  expect((await approve()).came).toBe('STATE_CONFLICT');
  college.clock.set('2025-06-26T09:00:00+08:00');
  await deliverNotices(college);
  expect(await stateFor(STUDENT)).toEqual({ examViolations: [{ state: 'NOTIFIED' }] });
  expect(await seenBy(COUNSELLOR, { headers: REVIEW })).toEqual(NOTHING);
  expect(await seenBy('T0702', inCase('EC-2025-P1'))).toEqual(NOTHING);
  finding = { ...finding, version: 2 };
  expect((await approve()).came).toBe('STATE_CONFLICT');

  college.clock.set('2025-06-27T09:00:00+08:00');
  const { data } = await college.request(STUDENT, '{ myNotices { id version titleEn } }');
  const [notice] = (data?.['myNotices'] ?? []) as ChangedRow[];
  const statement = { ...on(notice!), statement: '替考的不是我。' };
  const filed = { name: 'fileStatement', noun: 'Notice', args: statement };
  expect((await mutate(college, STUDENT, filed)).came).toBe('OK');
  await college.settle();
});

test('3: the reviewer, another person, finds it; whoever may know of it now does', async () => {
  const args = { ...on(finding), ...DECISION };
  const text = mutationText({ name: 'approveExamViolation', noun: VIOLATION_NOUN, args });
  const reviewer = importer(REVIEWER, 'AAO_REVIEWER');
  expect(await writeStraight(college, 'academics', reviewer, text)).toEqual([REFUSED, REFUSED]);

  const found = await approve();
  expect([found.came, found.row.state]).toEqual(['OK', 'FOUND']);
  await college.settle();
  // It waits at the archive for Student Affairs: a found fact, and no record that counts yet.
  expect(await seenBy(COUNSELLOR, { headers: REVIEW })).toEqual([1, 0]);
  expect(await seenBy('T0702', inCase('EC-2025-P1'))).toEqual([1, 0]);
  const [record] = await asOwner(
    college,
    'archive',
    `select id, version, indicator_code, severity, state, occurred_on::text, finding_doc_no, recorded_by,
       approved_by from conduct_record where student_no = $1`,
    [STUDENT],
  );
  expect(record).toMatchObject({
    indicator_code: 'D1-05',
    severity: 'S3',
    state: 'FOUND',
    occurred_on: '2025-06-24',
    finding_doc_no: DECISION.decisionDocNo,
    recorded_by: CLERK,
    approved_by: REVIEWER,
  });

  // The student is told that it is to enter his archive, and Student Affairs accepts it.
  const accept = { name: 'acceptConductRecord', noun: 'ConductRecord' };
  const named = { id: record!['id'] as string, expectedVersion: record!['version'] as number };
  const accepted = () => mutate(college, FIRST, { ...accept, args: named }, REVIEW);
  expect((await accepted()).came).toBe('STATE_CONFLICT');
  await deliverNotices(college);
  expect((await accepted()).row.state).toBe('ACTIVE');
  expect(await seenBy(COUNSELLOR, { headers: REVIEW })).toEqual([1, 1]);
  recordId = named.id;
});

const act = async (person: string, name: string, args: object, headers: object = REVIEW) => {
  const fields = 'id version state appealDeadline termEndsOn';
  const request = { name, noun: 'Sanction', args: { ...args }, fields };
  return mutate(college, person, request, { ...headers });
};
const onAppeal = (person: string, name: string, args: object, headers: object = {}) => {
  const request = { name, noun: 'Appeal', args: { ...args } };
  return mutate(college, person, request, { ...headers });
};
/** What somebody reads of his credit. */
async function creditFor(person: string, headers: object, fields: string): Promise<unknown> {
  const query = `{ student(studentNo: "${STUDENT}") { credit { ${fields} } } }`;
  const { data } = await college.request(person, query, { headers: { ...headers } });
  return ((data?.['student'] ?? {}) as { credit?: unknown }).credit;
}
const creditOf = () => creditFor(STUDENT, {}, 'score grade');
/** Codes of the warnings that somebody reads. */
async function warningsFor(person: string, headers: object): Promise<string[]> {
  const query = `{ student(studentNo: "${STUDENT}") { warnings { code } } }`;
  const { data } = await college.request(person, query, { headers: { ...headers } });
  const { warnings } = (data?.['student'] ?? {}) as { warnings?: { code: string }[] | null };
  return (warnings ?? []).map(({ code }) => code).toSorted();
}
/** The draft, as it is read under Student Affairs. */
async function draftFor(person: string): Promise<object> {
  const query = `{ student(studentNo: "${STUDENT}") { sanctions { id version } } }`;
  const { data } = await college.request(person, query, { headers: REVIEW });
  const student = (data?.['student'] ?? {}) as { sanctions?: ChangedRow[] };
  const [draft] = student.sanctions ?? [];
  return draft ? on(draft) : {};
}
/** State of the sanction as the student reads it. */
const state = async (): Promise<unknown> => {
  const { data } = await college.request(STUDENT, '{ me { student { sanctions { state } } } }');
  return ((data?.['me'] ?? {}) as { student?: { sanctions: unknown } }).student?.sanctions;
};
const dossier = async (person: string, caseId: string, fields: string): Promise<unknown> => {
  const query = `{ caseDossier(studentNo: "${STUDENT}") { ${fields} } }`;
  const { data, errors } = await college.request(person, query, inCase(caseId));
  expect(errors ?? []).toEqual([]);
  return data?.['caseDossier'];
};

test('3: drafted by his college; Student Affairs notifies, hears, decides and serves on 4 July', async () => {
  // His college drafts on a fact of academic affairs, and reads the draft no more than he does.
  const draft = { recordIds: [recordId], type: new EnumValue('DEMERIT') };
  const drafted = await act(COLLEGE_ADMIN, 'draftSanction', draft);
  expect([drafted.came, drafted.row, await state()]).toEqual(['OK', null, []]);
  const noticed = await act(SECOND, 'giveSanctionNotice', await draftFor(SECOND));
  await deliverNotices(college);
  const { data } = await college.request(STUDENT, '{ myNotices { id kind version } }');
  const notices = (data?.['myNotices'] ?? []) as ChangedRow[];
  const notice = notices.find(({ kind }) => kind === 'SANCTION')!;
  const args = { ...on(notice), statement: '我认错。' };
  const filed = await mutate(college, STUDENT, { name: 'fileStatement', noun: 'Notice', args });
  expect(filed.came).toBe('OK');
  const heard = await act(SECOND, 'recordHearing', on(noticed.row));

  college.clock.set('2025-07-04T10:00:00+08:00');
  const decision = { ...on(heard.row), docNo: '学〔2025〕9号', termMonths: 12 };
  const text = mutationText({ name: 'decideSanction', noun: 'Sanction', args: decision });
  const straight = await writeStraight(college, 'archive', importer(SECOND, 'SCHOOL_ADMIN'), text);
  expect(straight).toEqual([REFUSED, REFUSED]);
  expect((await act(COLLEGE_ADMIN, 'decideSanction', decision)).came).toBe('FORBIDDEN_ACTION');
  const decided = await act(SECOND, 'decideSanction', decision);
  const served = await act(SECOND, 'serveSanction', on(decided.row));
  expect(served.row).toMatchObject({
    state: 'SERVED',
    appealDeadline: '2025-07-14',
    termEndsOn: '2026-07-04',
  });
  row = served.row;
});

test('4: the C is his own and the confirmers’ until a second level confirms it; warned, he learns it first', async () => {
  const confirmed = { grade: 'A', asOf: '2025-06-25', score: null };
  expect(await creditFor(COUNSELLOR, REVIEW, 'grade asOf score')).toEqual(confirmed);
  await runJob(college, 'archive', 'computeSnapshots');
  await runJob(college, 'archive', 'runWarnings');
  await deliverNotices(college);
  expect(await creditOf()).toEqual({ score: 7200, grade: 'C' });
  const waiting = ['W-01', 'W-02', 'W-04'];
  // One that rests on an unconfirmed grade waits for it, and who may not confirm learns nothing of it.
  for (const [person, headers] of [
    [COUNSELLOR, REVIEW],
    ['T0901', AUDIT],
  ] as const) {
    expect(await creditFor(person, headers, 'grade')).toEqual({ grade: 'A' });
    expect(await warningsFor(person, headers)).toEqual([]);
  }
  const own = await creditFor(SECOND_OF_COLLEGE, REVIEW, 'snapshotId grade');
  const { snapshotId } = own as { snapshotId: string };
  const confirm = (person: string) => {
    const args = { studentNo: STUDENT, snapshotId };
    const request = { name: 'confirmGrade', noun: 'GradeConfirmation', args, fields: 'level' };
    return mutate(college, person, request, REVIEW);
  };
  expect((await confirm(SECOND)).came).toBe('STATE_CONFLICT');
  expect((await confirm(SECOND_OF_COLLEGE)).row).toEqual({ level: 'COLLEGE' });
  expect((await confirm(SECOND)).row).toEqual({ level: 'SCHOOL' });
  await runJob(college, 'archive', 'runWarnings');
  await deliverNotices(college);
  expect(await creditFor(COUNSELLOR, REVIEW, 'grade')).toEqual({ grade: 'C' });
  expect(await warningsFor(STUDENT, {})).toEqual(waiting);
  expect(await warningsFor(COUNSELLOR, REVIEW)).toEqual(waiting);
});

test('5: on 15 July it is too late to appeal; on the 12th it is not, and the committee upholds', async () => {
  const file = () =>
    onAppeal(STUDENT, 'fileSanctionAppeal', {
      sanctionId: row.id,
      grounds: '处分过重',
      requestedOutcome: new EnumValue('MODIFY'),
    });
  college.clock.set('2025-07-15T09:00:00+08:00');
  expect((await file()).came).toBe('DEADLINE_PASSED');
  expect(await state()).toEqual([{ state: 'SERVED' }]);
  college.clock.set('2025-07-12T09:00:00+08:00');
  const filed = await file();
  expect([filed.came, await state()]).toEqual(['OK', [{ state: 'APPEALED' }]]);

  const seated = { ...on(filed.row), memberNos: COMMITTEE };
  const decider = await onAppeal(SECOND, 'assignCommittee', seated, REVIEW);
  expect(decider.came).toBe('SOD_VIOLATION');
  const assigned = await onAppeal(FIRST, 'assignCommittee', seated, REVIEW);
  const caseId = `SA-${filed.row.id}`;
  const headers = { 'x-case': caseId };
  const opened = await onAppeal('T0811', 'openCommitteeReview', on(assigned.row), headers);
  // In its case alone: of another student the committee knows nothing.
  const other = `{ student(studentNo: "${OTHER_STUDENT}") { name } }`;
  const foreign = await college.request('T0811', other, { headers });
  expect(foreign.data).toEqual({ student: null });

  college.clock.set('2025-07-24T09:00:00+08:00');
  const upheld = await onAppeal(
    'T0812',
    'decideSanctionAppeal',
    {
      ...on(opened.row),
      conclusion: new EnumValue('UPHOLD'),
      decisionText: '事实清楚，处分适当。',
    },
    headers,
  );
  expect([upheld.came, upheld.row.state]).toEqual(['OK', 'UPHELD']);
  appeal = upheld.row;
  college.clock.set('2025-07-24T09:01:00+08:00');
  const own = `{ student(studentNo: "${STUDENT}") { name } }`;
  const after = await college.request('T0811', own, { headers });
  expect(after.errors?.map(({ extensions }) => extensions['code'])).toEqual(['CASE_EXPIRED']);
});

test('its term blocks awards and Party evaluation, by code and clause alone (V-02, V-04)', async () => {
  const blocks = 'purposeBlock { code clause }';
  college.clock.set('2025-08-08T01:00:00+08:00');
  await runJob(college, 'archive', 'advanceSanctions');
  expect(await state()).toEqual([{ state: 'APPEALED' }]);
  college.clock.set('2025-08-09T01:00:00+08:00');
  await runJob(college, 'archive', 'advanceSanctions');
  await runJob(college, 'archive', 'startSanctionTerms');
  expect(await state()).toEqual([{ state: 'TERM_RUNNING' }]);
  expect((await onAppeal(STUDENT, 'appealToProvince', on(appeal))).came).toBe('DEADLINE_PASSED');

  college.clock.set('2025-10-08T09:00:00+08:00');
  expect(await dossier('T0701', 'EC-2025-A2', blocks)).toEqual({
    purposeBlock: [{ code: 'V-02', clause: 'L-03' }],
  });
  const party = `${blocks} student { sanctions { type state } }`;
  expect(await dossier('T0702', 'EC-2025-P2', blocks)).toEqual({
    purposeBlock: [{ code: 'V-04', clause: 'L-03' }],
  });
  const query = `{ caseDossier(studentNo: "${STUDENT}") { ${party} } }`;
  const { data } = await college.request('T0702', query, inCase('EC-2025-P2'));
  expect(data?.['caseDossier']).toEqual({
    purposeBlock: [{ code: 'V-04', clause: 'L-03' }],
    student: { sanctions: [{ type: 'DEMERIT', state: 'IN_FORCE' }] },
  });
});

test('in the run of the semester its evaluators read the C, once two levels confirmed it', async () => {
  college.clock.set('2026-01-31T23:00:00+08:00');
  await lockedRun(college, '2025H2', [STUDENT]);
  college.clock.set('2026-02-12T10:00:00+08:00');
  const grade = 'student { credit { grade asOf } }';
  expect(await dossier('T0701', 'EC-2026-A1', grade)).toEqual({
    student: { credit: { grade: 'C', asOf: '2026-01-31' } },
  });
});

test('6, 7: a year later it counts less; lifted, it counts no more, and leaves no trace', async () => {
  college.clock.set('2026-07-03T10:00:00+08:00');
  const seen = { id: row.id, expectedVersion: row.version + 3 };
  expect((await act(FIRST, 'liftSanction', seen)).came).toBe('STATE_CONFLICT');
  college.clock.set('2026-07-05T10:00:00+08:00');
  await runJob(college, 'archive', 'computeSnapshots');
  expect(await creditOf()).toEqual({ score: 8300, grade: 'B' });

  college.clock.set('2026-07-06T10:00:00+08:00');
  const lifted = await act(FIRST, 'liftSanction', seen);
  expect([lifted.came, lifted.row]).toEqual(['OK', null]);
  expect(await state()).toEqual([{ state: 'LIFTED' }]);
  expect(await creditOf()).toEqual({ score: 10_100, grade: 'A' });
  const [record] = await asOwner(
    college,
    'archive',
    'select state, version from conduct_record where id = $1',
    [recordId],
  );
  // Accepted, linked with the notice, lifted with the sanction: each a change with its line.
  expect(record).toEqual({ state: 'LIFTED', version: 4 });

  const trace = 'purposeBlock { code } student { conductRecords { recordId } }';
  const nothing = { purposeBlock: [], student: { conductRecords: [] } };
  expect(await dossier('T0701', 'EC-2026-A2', trace)).toEqual(nothing);
  expect(await dossier('T0702', 'EC-2026-P2', trace)).toEqual(nothing);
  // The grade of the LOCKED run, without the record, and without a word of why.
  const grade = 'student { credit { grade asOf } }';
  expect(await dossier('T0701', 'EC-2026-A2', grade)).toEqual({
    student: { credit: { grade: 'A', asOf: '2026-01-31' } },
  });
  const closed = `{ student(studentNo: "${STUDENT}") {
    sanctions { id } conductRecords { recordId } appeals { id } creditSnapshots { schoolGrade } } }`;
  const none = { sanctions: [], conductRecords: [], appeals: [] };
  // Nor in what was computed while it counted (note 13).
  for (const person of [COLLEGE_ADMIN, SECOND_OF_COLLEGE, FIRST]) {
    const { data, errors } = await college.request(person, closed, { headers: REVIEW });
    expect([data, errors]).toEqual([
      { student: { ...none, creditSnapshots: expect.any(Array) as unknown } },
      undefined,
    ]);
    expect(JSON.stringify(data)).not.toMatch(/"schoolGrade":"[BC]"/);
  }
  const kept = `{ student(studentNo: "${STUDENT}") { closedConductRecords { state } } }`;
  const history = { data: { student: { closedConductRecords: [{ state: 'LIFTED' }] } } };
  expect(await college.request(STUDENT, kept)).toEqual(history);
  expect(await college.request('T0901', kept, { headers: AUDIT })).toEqual(history);
});
