/** SC-03, steps 1 to 3 as far as the finding goes: cheating, proposed, told, answered, found (G6.2, L-07). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { deliverNotices } from '../support/jobs.js';
import { EnumValue, mutate, mutationText, on, type ChangedRow } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { REFUSED, writeStraight } from '../support/straight.js';

const STUDENT = '2024010305';
const CLERK = 'T0301';
const REVIEWER = 'T0302';
const REVIEW: RequestOptions = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const AWARD: RequestOptions = { headers: { 'x-case': 'EC-2025-A1' } };
const PARTY: RequestOptions = { headers: { 'x-case': 'EC-2025-P1' } };
const noun = 'ExamViolation';

let college: TestCollege;
let row: ChangedRow;

const aCase = (caseNo: string, purpose: string, evaluator: string) => ({
  评审编号: caseNo,
  用途: purpose,
  名称: '评审',
  主办部门: 'SAO',
  开始时间: '2025-06-20 00:00:00',
  结束时间: '2025-07-18 00:00:00',
  学生学号: STUDENT,
  评审人工号: evaluator,
});

beforeAll(async () => {
  college = await startCollege({ at: '2025-06-25T09:00:00+08:00' });
  await college.bring('archive', 'cases', [
    aCase('EC-2025-A1', '评优', 'T0701'),
    aCase('EC-2025-P1', '入党', 'T0702'),
  ]);
});
afterAll(() => college.stop());

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

/** Codes of the violations that somebody reads, and of the records. */
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
  mutate(college, REVIEWER, { name: 'approveExamViolation', noun, args: { ...on(row), ...args } });

test('1: the clerk proposes it; counsellor, evaluators and the student himself see nothing', async () => {
  const text = mutationText({ name: 'proposeExamViolation', noun, args: VIOLATION });
  const straight = await writeStraight(college, 'academics', importer(CLERK, 'AAO_CLERK'), text);
  expect(straight).toEqual([REFUSED, REFUSED]);

  const proposed = await mutate(college, CLERK, {
    name: 'proposeExamViolation',
    noun,
    args: VIOLATION,
  });
  expect([proposed.came, proposed.row.state]).toEqual(['OK', 'PROPOSED']);
  row = proposed.row;
  await college.settle();
  expect(await seenBy('T0101', REVIEW)).toEqual(NOTHING);
  expect(await seenBy('T0701', AWARD)).toEqual(NOTHING);
  expect(await seenBy('T0702', PARTY)).toEqual(NOTHING);
  expect(await stateFor(STUDENT)).toEqual({ examViolations: [] });
});

test('2: before the notice, and before a statement or five working days, nobody approves', async () => {
  expect((await approve()).came).toBe('STATE_CONFLICT');
  college.clock.set('2025-06-26T09:00:00+08:00');
  await deliverNotices(college);
  expect(await stateFor(STUDENT)).toEqual({ examViolations: [{ state: 'NOTIFIED' }] });
  expect(await seenBy('T0101', REVIEW)).toEqual(NOTHING);
  expect(await seenBy('T0702', PARTY)).toEqual(NOTHING);
  row = { ...row, version: 2 };
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
  const args = { ...on(row), ...DECISION };
  const text = mutationText({ name: 'approveExamViolation', noun, args });
  const reviewer = importer(REVIEWER, 'AAO_REVIEWER');
  expect(await writeStraight(college, 'academics', reviewer, text)).toEqual([REFUSED, REFUSED]);

  const found = await approve();
  expect([found.came, found.row.state]).toEqual(['OK', 'FOUND']);
  await college.settle();
  // It waits at the archive for Student Affairs: a found fact, and no record that counts yet.
  expect(await seenBy('T0101', REVIEW)).toEqual([1, 0]);
  expect(await seenBy('T0702', PARTY)).toEqual([1, 0]);
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
  const accepted = () => mutate(college, 'T0001', { ...accept, args: named }, REVIEW.headers);
  expect((await accepted()).came).toBe('STATE_CONFLICT');
  await deliverNotices(college);
  expect((await accepted()).row.state).toBe('ACTIVE');
  expect(await seenBy('T0101', REVIEW)).toEqual([1, 1]);
});
