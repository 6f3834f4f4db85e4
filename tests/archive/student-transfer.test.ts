/** A student changes college in the middle of a term (G19.1): who sees him is of his present one, history stays. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bill } from '../support/bill.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { mutate as request, mutationText, refusalsOf } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const AT = '2026-04-12T10:00:00+08:00';
const STUDENT = '2024010317';
const ADMIN = 'T0001';
const OLD = { counsellor: 'T0101', admin: 'T0110' };
const NEW = { counsellor: 'T0201', admin: 'T0210' };
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'StudentTransfer';
const PLACE = { college: 'C02', classCode: '20250204', majorCode: 'M0201' };
const BACK = { college: 'C01', classCode: '20240103', majorCode: 'M0101' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  await college.bring('finance', 'bills', [bill('B-1', STUDENT)]);
  const staff = { from_day: '2024-09-01', office: 'COL', student_no: STUDENT };
  await put(college, 'archive', 'steward_assignment', { ...staff, staff_no: OLD.counsellor });
});
afterAll(() => college.stop());

const transfer = (args: object, person = ADMIN) =>
  request(
    college,
    person,
    {
      name: 'transferStudent',
      noun,
      args: { studentNo: STUDENT, ...PLACE, ...args },
      fields: 'id version studentNo fromCollege fromClass fromMajor toCollege toClass toMajor',
    },
    REVIEW,
  );
const nameFor = async (person: string) => {
  const query = `{ student(studentNo: "${STUDENT}") { name } }`;
  const { data, errors } = await college.request(person, query, { headers: REVIEW });
  return errors ? errors[0]?.extensions['code'] : data;
};
const SEEN = { student: { name: '李思源' } };
const listedFor = async (person: string) => {
  const query = '{ students(first: 100) { nodes { studentNo } } }';
  const { data } = await college.request(person, query, { headers: REVIEW });
  const { nodes } = (data as { students: { nodes: { studentNo: string }[] } }).students;
  return nodes.some(({ studentNo }) => studentNo === STUDENT);
};
const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());
const linesOf = () =>
  asOwner(
    college,
    'archive',
    `select action, target_type as type, basis is not null as follows from operation_log
     where target like '%' || $1 and action = 'student.transfer' order by id`,
    [STUDENT],
  );

test.each<[string, object, string]>([
  ['to the college of the student', { college: 'C01', classCode: '20240103' }, 'college'],
  ['to no college', { college: 'C99' }, 'college'],
  ['to a class as a college', { college: '20240201' }, 'college'],
  ['into no class', { classCode: '20990101' }, 'classCode'],
  ['into a class of another college', { classCode: '20240103' }, 'classCode'],
  ['with no major', { majorCode: 'M9999' }, 'majorCode'],
  ['with a major of another college', { majorCode: 'M0102' }, 'majorCode'],
])('a transfer %s is refused, and the argument is named', async (_, args, path) => {
  const came = await transfer(args);
  expect(refusalsOf(came, 'transferStudent')).toEqual([`VALIDATION ${path}`]);
  expect(await linesOf()).toEqual([]);
  expect(await asOwner(college, 'archive', 'select from student_transfer')).toEqual([]);
});

test('who changes college without a new major is refused for the major of the old one', async () => {
  const { majorCode: _, ...place } = PLACE;
  const came = await request(
    college,
    ADMIN,
    { name: 'transferStudent', noun, args: { studentNo: STUDENT, ...place }, fields: 'id' },
    REVIEW,
  );
  expect(refusalsOf(came, 'transferStudent')).toEqual(['VALIDATION majorCode']);
  expect(await linesOf()).toEqual([]);
});

test('a transfer needs a reason, a student who is there and studies, and Student Affairs', async () => {
  expect(refusalsOf(await transfer({ reason: ' ' }), 'transferStudent')).toEqual([
    'VALIDATION reason',
  ]);
  expect((await transfer({ studentNo: '2024019999' })).came).toBe('NOT_FOUND');
  expect((await transfer({}, OLD.admin)).came).toBe('FORBIDDEN_ACTION');
  const set = 'update student set enrolment_status = $2 where student_no = $1';
  await asOwner(college, 'archive', set, [STUDENT, 'WITHDRAWN']);
  expect((await transfer({})).came).toBe('STATE_CONFLICT');
  await asOwner(college, 'archive', set, [STUDENT, 'ENROLLED']);
  expect(await linesOf()).toEqual([]);
});

test('steps that are under way go to the new college, whose people see the student; the old ones do not', async () => {
  const { id: appeal } = await put(college, 'archive', 'appeal', {
    student_no: STUDENT,
    kind: 'PROFILE',
    target_subgraph: 'archive',
    target_typename: 'Student',
    target_id: 'name',
    target_office: 'SAO',
    target_groups: ['IDENTITY'],
    grounds: 'wrong',
    requested_outcome: 'MODIFY',
    filed_at: '2026-04-10T00:00:00Z',
    handler_office: 'COL',
    handler_no: OLD.admin,
    due_on: '2026-04-30',
    state: 'INVESTIGATING',
    recorded_by: STUDENT,
    recorded_at: '2026-04-10T00:00:00Z',
  });
  expect(await nameFor(OLD.admin)).toEqual(SEEN);
  expect(await nameFor(OLD.counsellor)).toEqual(SEEN);
  expect(await nameFor(NEW.admin)).toBe('NOT_FOUND');

  const { came, row } = await transfer({});
  expect([came, row]).toEqual([
    'OK',
    {
      id: expect.any(String),
      version: 1,
      studentNo: STUDENT,
      fromCollege: 'C01',
      fromClass: '20240103',
      fromMajor: expect.any(String),
      toCollege: 'C02',
      toClass: '20250204',
      toMajor: 'M0201',
    },
  ]);
  soon();
  for (const person of [OLD.admin, OLD.counsellor]) {
    expect([person, await nameFor(person)]).toEqual([person, 'NOT_FOUND']);
    expect([person, await listedFor(person)]).toEqual([person, false]);
  }
  for (const person of [NEW.admin, NEW.counsellor]) {
    expect([person, await nameFor(person)]).toEqual([person, SEEN]);
    expect([person, await listedFor(person)]).toEqual([person, true]);
  }
  const handler = 'select handler_no from appeal where id = $1';
  expect(await asOwner(college, 'archive', handler, [appeal])).toEqual([{ handler_no: null }]);
  const claim = { name: 'claimAppeal', noun: 'Appeal', args: { id: appeal, expectedVersion: 2 } };
  expect((await request(college, NEW.admin, claim, REVIEW)).came).toBe('OK');
  const steward = 'select to_day::text from steward_assignment where student_no = $1';
  expect(await asOwner(college, 'archive', steward, [STUDENT])).toEqual([{ to_day: '2026-04-12' }]);
});

test('each row that changed has its line, the offices follow, and the student is told', async () => {
  expect(await linesOf()).toEqual([
    { action: 'student.transfer', type: 'StudentTransfer', follows: false },
    { action: 'student.transfer', type: 'Student', follows: true },
    { action: 'student.transfer', type: 'Appeal', follows: true },
  ]);
  await college.settle();
  const roster = 'select college, class_code from roster where student_no = $1';
  for (const office of ['academics', 'finance', 'security', 'youthleague'])
    expect(await asOwner(college, office, roster, [STUDENT])).toEqual([
      { college: 'C02', class_code: '20250204' },
    ]);
  const kinds = `select kind from notice where student_no = $1 and subject_typename = 'StudentTransfer'`;
  expect(await asOwner(college, 'archive', kinds, [STUDENT])).toEqual([{ kind: 'TRANSFERRED' }]);
});

const HISTORY = `{ student(studentNo: "${STUDENT}") {
  bills { billNo } transfers { fromCollege toCollege recordedBy } } }`;

test('history stays, and how he came is for Student Affairs and audits alone', async () => {
  const { data } = await college.request(ADMIN, HISTORY, { headers: REVIEW });
  expect(data).toEqual({
    student: {
      bills: [{ billNo: 'B-1' }],
      transfers: [{ fromCollege: 'C01', toCollege: 'C02', recordedBy: ADMIN }],
    },
  });
  const ofCollege = await college.request(NEW.admin, HISTORY, { headers: REVIEW });
  expect((ofCollege.data as { student: { transfers: unknown } }).student.transfers).toEqual([]);
  const own = `{ student(studentNo: "${STUDENT}") { transfers { toCollege } } }`;
  const answer = await college.request(STUDENT, own);
  expect(JSON.stringify(answer)).not.toContain('C02');
});

test('two at once: one is done, the other is refused by what the first has made of it', async () => {
  const args = { studentNo: STUDENT, ...BACK, reason: 'back' };
  const text = () => mutationText({ name: 'transferStudent', noun, args, fields: 'id' });
  const send = () => college.request(ADMIN, text(), { headers: REVIEW });
  const both = await Promise.all([send(), send()]);
  const codes = both.map(
    ({ data }) =>
      (data as { transferStudent: { errors: { code: string }[] } }).transferStudent.errors[0]
        ?.code ?? 'OK',
  );
  expect(codes.toSorted()).toEqual(['OK', 'VALIDATION']);
});

test('a transfer takes as many statements whatever the student has', async () => {
  const go = (to: object) => countStatements(() => transfer(to));
  const few = await go(PLACE);
  await college.bring(
    'finance',
    'bills',
    ['B-2', 'B-3', 'B-4'].map((one) => bill(one, STUDENT)),
  );
  const many = await go(BACK);
  expect([few.result.came, many.result.came]).toEqual(['OK', 'OK']);
  expect(many.byOffice).toEqual(few.byOffice);
});
