/** A student gets another number (F-07): proposed by one, approved by another; the old one is nobody else's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { disclosedTo } from '../support/access-log.js';
import { mutate as request, mutationText, on, refusalsOf } from '../support/mutate.js';
import { studentRows } from '../support/student-rows.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const AT = '2026-04-12T10:00:00+08:00';
const OLD = '2024010317';
const NEW = '2024019317';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'StudentRenumbering';
const FIELDS = 'id version state studentNo oldNo newNo recordedBy approvedBy availableActions';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
});
afterAll(() => college.stop());

const act = (person: string, name: string, args: object) =>
  request(college, person, { name, noun, args: { ...args }, fields: FIELDS }, REVIEW);
const propose = (args: object = {}, person = FIRST) =>
  act(person, 'renumberStudent', { studentNo: OLD, newNo: NEW, ...args });
const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());
const one = (no: string, fields = 'studentNo name') =>
  `{ student(studentNo: "${no}") { ${fields} } }`;
const asAdmin = (query: string, person = FIRST): Promise<Answer> =>
  college.request(person, query, { headers: REVIEW });
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions['code'];

test.each<[string, object, string]>([
  ['that is no number', { newNo: '20240193' }, 'VALIDATION newNo'],
  ['that is his', { newNo: OLD }, 'VALIDATION newNo'],
  ['that is somebody else’s', { newNo: '2024010305' }, 'VALIDATION newNo'],
  ['without a reason', { reason: '' }, 'VALIDATION reason'],
])('a number %s is not proposed', async (_, args, refusal) => {
  expect(refusalsOf(await propose(args), 'renumberStudent')).toEqual([refusal]);
  expect(await asOwner(college, 'archive', 'select from student_renumbering')).toEqual([]);
});

test('a proposal waits for another person; one at a time of a student and of a number', async () => {
  const { came, row } = await propose();
  expect([came, row]).toEqual([
    'OK',
    {
      id: expect.any(String),
      version: 1,
      state: 'PROPOSED',
      studentNo: OLD,
      oldNo: OLD,
      newNo: NEW,
      recordedBy: FIRST,
      approvedBy: null,
      availableActions: ['student.rejectRenumbering'],
    },
  ]);
  const again = await propose({ newNo: '2024019318' });
  expect(refusalsOf(again, 'renumberStudent')).toEqual(['STATE_CONFLICT']);
  const other = await propose({ studentNo: '2024010305' });
  expect(refusalsOf(other, 'renumberStudent')).toEqual(['VALIDATION newNo']);
  expect((await act(FIRST, 'approveRenumbering', on(row))).came).toBe('SOD_VIOLATION');
  expect((await asAdmin(one(NEW))).data).toEqual({ student: null });

  const list = `{ studentRenumberings(state: PROPOSED) { nodes { id oldNo newNo } } }`;
  const waiting = { nodes: [{ id: row.id, oldNo: OLD, newNo: NEW }] };
  expect((await asAdmin(list)).data).toEqual({ studentRenumberings: waiting });
  expect((await asAdmin(list, 'T0110')).data).toEqual({ studentRenumberings: { nodes: [] } });

  const rejected = await act(SECOND, 'rejectRenumbering', on(row));
  expect([rejected.came, rejected.row.state]).toEqual(['OK', 'REJECTED']);
  expect((await act(SECOND, 'approveRenumbering', on(rejected.row))).came).toBe('STATE_CONFLICT');
});

/** Rows of the logs that name a student by a number, as they are written. */
const writtenUnder = (no: string) =>
  asOwner<{ row: string }>(
    college,
    'archive',
    `select to_jsonb(e)::text as row from access_event e where student_no = $1
     union all select to_jsonb(l)::text from operation_log l where target like '%' || $1
     union all select to_jsonb(c)::text from access_call c where $1 = any(student_nos)`,
    [no],
  );

const OPERATOR = 'T0903';
const account = (name: string, id: string, expectedVersion: number) =>
  request(college, OPERATOR, {
    name,
    noun: 'Account',
    args: { id, expectedVersion },
    fields: 'subject state version',
  });

test('an account is locked before its number changes', async () => {
  const make = `insert into account (subject, student_no, state, mfa, version)
    values ($1, $1, 'ACTIVATED', false, 1)`;
  await asOwner(college, 'archive', make, [OLD]);
  expect((await account('lockAccount', OLD, 1)).came).toBe('OK');
});

test('approved by another person, the new number holds and the old one finds the student', async () => {
  await asAdmin(`query Before ${one(OLD)}`);
  const { row } = await propose();
  const before = await writtenUnder(OLD);

  const two = [0, 1].map(() =>
    mutationText({
      name: 'approveRenumbering',
      noun,
      args: { ...on(row), reason: 'checked' },
      fields: FIELDS,
    }),
  );
  const both = await Promise.all(two.map((text) => asAdmin(text, SECOND)));
  const payloads = both.map(
    ({ data }) =>
      data?.['approveRenumbering'] as {
        ok: boolean;
        errors: { code: string }[];
        studentRenumbering: object;
      },
  );
  expect(payloads.map(({ errors }) => errors[0]?.code ?? 'OK').toSorted()).toEqual([
    'OK',
    'VERSION_CONFLICT',
  ]);
  expect(payloads.find(({ ok }) => ok)?.studentRenumbering).toEqual({
    id: row.id,
    version: 2,
    state: 'APPROVED',
    studentNo: NEW,
    oldNo: OLD,
    newNo: NEW,
    recordedBy: FIRST,
    approvedBy: SECOND,
    availableActions: [],
  });
  soon();
  const seen = { data: { student: { studentNo: NEW, name: '李思源' } } };
  expect(await asAdmin(one(NEW))).toEqual(seen);
  expect(await asAdmin(one(OLD))).toEqual(seen);
  const idNumber = await asAdmin(one(OLD, 'idNumberMasked'));
  expect(idNumber.data).toEqual({
    student: { idNumberMasked: expect.stringMatching(/^\d\*+\w$/) },
  });
  expect(before.length).toBeGreaterThan(0);
  expect(await writtenUnder(OLD)).toEqual(expect.arrayContaining(before));
});

test('who may not see him learns nothing by the old number: the same answer by the same statements', async () => {
  const stranger = 'T0210';
  await asAdmin(one('2024018888'), stranger);
  const answers: string[] = [];
  const statements: string[][] = [];
  for (const no of [OLD, NEW, '2024018888']) {
    const { result, statements: sent } = await countStatements(() => asAdmin(one(no), stranger));
    expect(codeOf(result)).toBe('NOT_FOUND');
    answers.push(JSON.stringify(result));
    statements.push(sent.map(({ text }) => text));
  }
  expect(new Set(answers).size).toBe(1);
  expect(statements[0]).toEqual(statements[2]);
  expect(statements[1]).toEqual(statements[2]);
});

test('the account stays locked under both numbers, and who locked it does not unlock it', async () => {
  for (const person of [OLD, NEW]) {
    const answer = await college.request(person, one(NEW));
    expect([person, answer.errors?.[0]?.extensions['reason']]).toEqual([person, 'NO_GRANT']);
  }
  expect((await account('unlockAccount', OLD, 2)).came).toBe('NOT_FOUND');
  expect((await account('unlockAccount', NEW, 2)).came).toBe('SOD_VIOLATION');
  const unlock = `update account set state = 'ACTIVATED' where subject = $1`;
  await asOwner(college, 'archive', unlock, [NEW]);
  soon();
});

test('the student logs in by either number and reads his whole log; the notice tells him', async () => {
  const own = '{ me { student { studentNo } } myNotices { kind } }';
  for (const person of [OLD, NEW])
    expect((await college.request(person, own)).data).toMatchObject({
      me: { student: { studentNo: NEW } },
    });
  const read = await disclosedTo(college, NEW, 'Before');
  expect(read.map(({ studentNo, actorRole }) => [studentNo, actorRole])).toEqual([
    [NEW, 'SCHOOL_ADMIN'],
  ]);
  expect(await disclosedTo(college, OLD, 'Before')).toEqual(read);
  const kinds = `select kind from notice where student_no = $1 and subject_typename = 'StudentRenumbering'`;
  expect(await asOwner(college, 'archive', kinds, [NEW])).toEqual([{ kind: 'RENUMBERED' }]);
  const lines = '{ operationLog(first: 100) { nodes { action } } }';
  const { data } = await college.request(NEW, lines);
  const { nodes } = (data as { operationLog: { nodes: { action: string }[] } }).operationLog;
  expect(nodes.map(({ action }) => action)).toContain('student.approveRenumbering');
  const events = `{ student(studentNo: "${NEW}") { accessEvents { operationName studentNo } } }`;
  const recent = await college.request(NEW, events);
  expect(
    (recent.data as { student: { accessEvents: { operationName: string }[] } }).student
      .accessEvents,
  ).toContainEqual({ operationName: 'Before', studentNo: NEW });
});

test('the old number is given to nobody, by nobody', async () => {
  const reused = await propose({ studentNo: '2024010305', newNo: OLD });
  expect(refusalsOf(reused, 'renumberStudent')).toEqual(['VALIDATION newNo']);
  const [stranger] = studentRows(1, { college: 'C01', classCode: '20240103', major: 'M0101' });
  await expect(
    college.bring('archive', 'students', [{ ...stranger, 学号: OLD } as Record<string, string>]),
  ).rejects.toThrow();
  const rows = 'select student_no, name from student where student_no = any($1) order by 1';
  expect(await asOwner(college, 'archive', rows, [[OLD, NEW]])).toEqual([
    { student_no: NEW, name: '李思源' },
  ]);
});

test('the number changes once more, and both former ones find the student', async () => {
  const next = '2024019417';
  const { row } = await propose({ studentNo: NEW, newNo: next });
  const few = await countStatements(() => act(SECOND, 'approveRenumbering', on(row)));
  expect(few.result.came).toBe('OK');
  soon();
  for (const no of [OLD, NEW, next])
    expect((await asAdmin(one(no, 'studentNo aliases { oldNo studentNo kind }'))).data).toEqual({
      student: {
        studentNo: next,
        aliases: [
          { oldNo: NEW, studentNo: next, kind: 'RENUMBERED' },
          { oldNo: OLD, studentNo: next, kind: 'RENUMBERED' },
        ],
      },
    });
  const back = await propose({ studentNo: next, newNo: OLD });
  expect(refusalsOf(back, 'renumberStudent')).toEqual(['VALIDATION newNo']);
  const third = await propose({ studentNo: next, newNo: '2024019517' });
  const many = await countStatements(() => act(SECOND, 'approveRenumbering', on(third.row)));
  expect(many.byOffice).toEqual(few.byOffice);
});

test('who was opened a moment ago by a number that is no more his is found all the same', async () => {
  const other = '2024010305';
  const { row } = await propose({ studentNo: other, newNo: '2024019305' });
  // Within one minute, in which an opening is remembered.
  const minute = Math.ceil(college.clock.now().getTime() / 60_000) * 60_000;
  college.clock.set(new Date(minute + 1000).toISOString());
  expect((await asAdmin(one(other, 'studentNo'))).data).toEqual({ student: { studentNo: other } });
  expect((await act(SECOND, 'approveRenumbering', on(row))).came).toBe('OK');
  soon();
  expect(await asAdmin(one(other, 'studentNo'))).toEqual({
    data: { student: { studentNo: '2024019305' } },
  });
});
