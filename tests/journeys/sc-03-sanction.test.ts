/**
 * SC-03, from the record that counts: sanctioned, served, appealed against, upheld, its term over, lifted
 * (L-02, L-03, L-06, L-07, V-02, V-04). How the record came about: sc-03-cheating.test.ts.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, mutationText, on, type ChangedRow } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { REFUSED, writeStraight } from '../support/straight.js';

const STUDENT = '2024010305';
const OTHER_STUDENT = '2024010317';
const COLLEGE_ADMIN = 'T0110';
const FIRST = 'T0001';
const SECOND = 'T0002';
const COMMITTEE = ['T0811', 'T0812'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
let recordId: string;
let row: ChangedRow;
let appeal: ChangedRow;

const FACT = {
  student_no: STUDENT,
  evidence: '[{"id":"EV-7","docNo":"EV-7"}]',
  source_version: 1,
  recorded_by: 'T0301',
  recorded_at: '2025-06-24T00:00:00Z',
  approved_by: 'T0302',
  approved_at: '2025-06-27T00:00:00Z',
};

/** What steps 1 to 3 leave: a record that counts, beside a good deed of the same spring. */
async function records(): Promise<string> {
  await put(college, 'archive', 'good_record', {
    ...FACT,
    indicator_code: 'P-01',
    origin_group: 'GOOD_CONDUCT',
    source_office: 'SAO',
    occurred_on: '2025-05-20',
    state: 'APPROVED',
    source_subgraph: 'archive',
    source_typename: 'GoodRecord',
    source_id: 'G-1',
  });
  const { id = '' } = await put(college, 'archive', 'conduct_record', {
    ...FACT,
    indicator_code: 'D1-05',
    origin_group: 'ACADEMIC_MISCONDUCT',
    source_office: 'AAO',
    severity: 'S3',
    occurred_on: '2025-06-24',
    found_on: '2025-06-27',
    finding_body: 'AAO',
    finding_doc_no: '教〔2025〕17号',
    finding_on: '2025-06-27',
    state: 'ACTIVE',
    notice_delivered_at: '2025-06-26T01:00:00Z',
    source_subgraph: 'academics',
    source_typename: 'ExamViolation',
    source_id: 'V-2025-0624',
    accepted_by: FIRST,
    accepted_at: '2025-06-27T02:00:00Z',
  });
  return id;
}

const aCase = (caseNo: string, purpose: string, evaluator: string, month: string) => ({
  评审编号: caseNo,
  用途: purpose,
  名称: '评审',
  主办部门: 'SAO',
  开始时间: `${month}-01 00:00:00`,
  结束时间: `${month}-20 00:00:00`,
  学生学号: STUDENT,
  评审人工号: evaluator,
});

beforeAll(async () => {
  college = await startCollege({ at: '2025-06-27T10:00:00+08:00' });
  await college.bring('archive', 'cases', [
    aCase('EC-2025-A2', '评优', 'T0701', '2025-10'),
    aCase('EC-2025-P2', '入党', 'T0702', '2025-10'),
    aCase('EC-2026-A2', '评优', 'T0701', '2026-07'),
    aCase('EC-2026-P2', '入党', 'T0702', '2026-07'),
  ]);
  recordId = await records();
  await runJob(college, 'archive', 'computeSnapshots');
});
afterAll(() => college.stop());

const act = async (person: string, name: string, args: object, headers: object = REVIEW) => {
  const fields = 'id version state appealDeadline termEndsOn';
  const request = { name, noun: 'Sanction', args: { ...args }, fields };
  return mutate(college, person, request, { ...headers });
};
const onAppeal = (person: string, name: string, args: object, headers: object = {}) => {
  const request = { name, noun: 'Appeal', args: { ...args } };
  return mutate(college, person, request, { ...headers });
};
const creditOf = async (): Promise<unknown> => {
  const query = '{ me { student { credit { score grade } } } }';
  const { data } = await college.request(STUDENT, query);
  return ((data?.['me'] ?? {}) as { student?: { credit: unknown } }).student?.credit;
};
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
const inCase = (caseId: string): RequestOptions => ({ headers: { 'x-case': caseId } });
const dossier = async (person: string, caseId: string, fields: string): Promise<unknown> => {
  const query = `{ caseDossier(studentNo: "${STUDENT}") { ${fields} } }`;
  const { data, errors } = await college.request(person, query, inCase(caseId));
  expect(errors ?? []).toEqual([]);
  return data?.['caseDossier'];
};

test('3: drafted by his college; Student Affairs notifies, hears, decides and serves on 4 July', async () => {
  expect(await creditOf()).toEqual({ score: 7200, grade: 'C' });
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
  // Linked with the notice, lifted with the sanction: two changes, each with its line.
  expect(record).toEqual({ state: 'LIFTED', version: 3 });

  const trace = 'purposeBlock { code } student { conductRecords { recordId } }';
  const nothing = { purposeBlock: [], student: { conductRecords: [] } };
  expect(await dossier('T0701', 'EC-2026-A2', trace)).toEqual(nothing);
  expect(await dossier('T0702', 'EC-2026-P2', trace)).toEqual(nothing);
  const closed = `{ student(studentNo: "${STUDENT}") {
    sanctions { id } conductRecords { recordId } appeals { id } } }`;
  const empty = { data: { student: { sanctions: [], conductRecords: [], appeals: [] } } };
  for (const person of ['T0110', FIRST])
    expect(await college.request(person, closed, { headers: REVIEW })).toEqual(empty);
});
