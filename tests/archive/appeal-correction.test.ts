/** An appeal against an item of the profile corrects it, and keeps what stood there (G14.2, SC-01). */
import { idNumberOf } from '@chengxin/college/demo/people';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import {
  EnumValue,
  mutate as request,
  on,
  refusalsOf,
  type ChangedRow,
  type Outcome,
} from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const COLLEGE_ADMIN = 'T0110';
const AFFAIRS = 'T0001';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
});
afterAll(() => college.stop());

const mutate = (person: string, name: string, args: object, headers = {}): Promise<Outcome> =>
  request(college, person, { name, noun: 'Appeal', args: { ...args } }, headers);
const forAppeal = ({ id }: ChangedRow) => ({ 'x-purpose': 'APPEAL', 'x-reference': id });

/** Items that the college reads nothing of, or not whole: on these Student Affairs decides. */
const UNREAD: ReadonlySet<string> = new Set([
  'nativePlace',
  'idNumber',
  'sex',
  'birthDate',
  'ethnicCode',
]);
/** Who decides on the appeal of a number. */
const deciders = new Map<string, string>();

/** An appeal against an item, which whoever decides has in hand. */
async function inquiryInto(target: string): Promise<ChangedRow> {
  const { row: filed } = await mutate(STUDENT, 'fileAppeal', {
    kind: new EnumValue('PROFILE'),
    target,
    grounds: 'it is another one',
    requestedOutcome: new EnumValue('MODIFY'),
  });
  const accepted = await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(filed), REVIEW);
  const { row } = await mutate(COLLEGE_ADMIN, 'routeAppeal', on(accepted.row), forAppeal(filed));
  if (!UNREAD.has(target)) return row;
  deciders.set(row.id, AFFAIRS);
  return (await mutate(AFFAIRS, 'claimAppeal', on(row), REVIEW)).row;
}

/** How an inquiry is decided; MODIFY, when nothing else is said. */
const decide = (row: ChangedRow, more: object): Promise<Outcome> =>
  mutate(
    deciders.get(row.id) ?? COLLEGE_ADMIN,
    'decideAppeal',
    { ...on(row), outcome: new EnumValue('MODIFY'), decisionText: 'the reasons', ...more },
    forAppeal(row),
  );
const refusals = async (row: ChangedRow, more: object): Promise<string[]> =>
  refusalsOf(await decide(row, more), 'decideAppeal');

const reject = (row: ChangedRow) => decide(row, { outcome: new EnumValue('REJECT') });

const ROW = `select to_jsonb(s) as student, (select count(*)::int from outbox) as published
  from student s where student_no = $1`;
const stored = async () => (await asOwner(college, 'archive', ROW, [STUDENT]))[0];

/** The appeal of a number with what it keeps, as somebody reads it. */
async function keptFor(person: string, id: string, headers = {}) {
  const fields = 'appeals { appealId state before after }';
  const own = `{ me { student { ${fields} } } }`;
  const other = `{ student(studentNo: "${STUDENT}") { ${fields} } }`;
  const { data, errors = [] } = await college.request(person, person === STUDENT ? own : other, {
    headers,
  });
  type Found = { student: { appeals: { appealId: string }[] } };
  const { student } = (data?.['me'] ?? data) as Found;
  const at = student.appeals.findIndex(({ appealId }) => appealId === id);
  return {
    appeal: student.appeals[at],
    closed: errors
      .filter(({ path }) => path?.includes(at))
      .map(({ path, extensions }) => [path?.at(-1), extensions['code'], extensions['group']]),
  };
}

test('the item, its version, its log and the roster of the offices change at once', async () => {
  const row = await inquiryInto('majorCode');
  const before = await stored();
  expect((await decide(row, { corrected: ' M0102 ' })).row.state).toBe('DECIDED');
  const { student, published } = (await stored()) ?? {};
  const was = before?.['student'] as Record<string, unknown>;
  const version = Number(was['version']) + 1;
  expect(student).toEqual({ ...was, major_code: 'M0102', version });
  expect(published).toBe(Number(before?.['published']) + 1);
  const events = await asOwner(
    college,
    'archive',
    `select key, version from outbox where topic = 'roster' order by id desc limit 1`,
  );
  expect(events).toEqual([{ key: STUDENT, version }]);
  const lines = await asOwner(
    college,
    'archive',
    `select action, target_type, target_id, basis from operation_log order by id desc limit 2`,
  );
  expect(lines).toEqual([
    { action: 'appeal.decide', target_type: 'Appeal', target_id: row.id, basis: null },
    {
      action: 'student.correct',
      target_type: 'Student',
      target_id: STUDENT,
      basis: `appeal.decide Appeal ${row.id}`,
    },
  ]);
});

test('what it was and is, is read by the parties alone', async () => {
  const row = await inquiryInto('nativePlace');
  expect((await decide(row, { corrected: '1101' })).came).toBe('OK');
  const decided = { appealId: row.id, state: 'DECIDED' };
  const [{ native_place: now } = {}] = await asOwner(
    college,
    'archive',
    `select native_place from student where student_no = $1`,
    [STUDENT],
  );
  expect(now).toBe('1101');
  expect(await keptFor(STUDENT, row.id)).toEqual({
    appeal: { ...decided, before: '{"nativePlace":"9900"}', after: '{"nativePlace":"1101"}' },
    closed: [],
  });
  // Student Affairs has decided, and reads where students come from.
  expect(await keptFor(AFFAIRS, row.id, REVIEW)).toEqual(await keptFor(STUDENT, row.id));
  // The college is no party any more.
  expect(await keptFor(COLLEGE_ADMIN, row.id, REVIEW)).toEqual({
    appeal: { ...decided, before: null, after: null },
    closed: [
      ['before', 'FORBIDDEN_FIELD', 'APPEALS'],
      ['after', 'FORBIDDEN_FIELD', 'APPEALS'],
    ],
  });
});

test('the college decides on no item that it does not read: it would find it out by trying', async () => {
  const row = await inquiryInto('birthDate');
  const modify = { ...on(row), outcome: new EnumValue('MODIFY'), decisionText: 'r' };
  for (const corrected of ['2001-01-01', '2006-05-14', 'no day']) {
    const args = { ...modify, corrected };
    const tried = await mutate(COLLEGE_ADMIN, 'decideAppeal', args, forAppeal(row));
    expect(tried.came).toBe('NOT_FOUND');
  }
  expect((await reject(row)).came).toBe('OK');
});

test('who sees two characters of an ID number is not told that he has found it', async () => {
  const row = await inquiryInto('idNumber');
  const { data } = await college.request(STUDENT, '{ me { student { idNumber } } }');
  const { student } = data!['me'] as { student: { idNumber: string } };
  expect((await decide(row, { corrected: student.idNumber })).came).toBe('OK');
  const image = JSON.stringify(student);
  expect((await keptFor(STUDENT, row.id)).appeal).toMatchObject({ before: image, after: image });
  expect((await keptFor(AFFAIRS, row.id, REVIEW)).closed).toEqual([
    ['before', 'FORBIDDEN_FIELD', 'SENSITIVE_IDENTITY'],
    ['after', 'FORBIDDEN_FIELD', 'SENSITIVE_IDENTITY'],
  ]);
});

const digest = () =>
  asOwner(college, 'archive', `select id_number_digest from student where student_no = $1`, [
    STUDENT,
  ]);

test('a number of an identity document is stored as ciphertext, everywhere', async () => {
  const { data } = await college.request(STUDENT, '{ me { student { idNumber birthDate } } }');
  const { student } = (data?.['me'] ?? {}) as { student: { idNumber: string; birthDate: string } };
  const corrected = idNumberOf(student.birthDate, 777);
  expect(corrected).not.toBe(student.idNumber);
  const row = await inquiryInto('idNumber');
  expect(await refusals(row, { corrected: `${corrected.slice(0, -1)}?` })).toEqual([
    'VALIDATION corrected',
  ]);
  const old = await digest();
  expect((await decide(row, { corrected })).came).toBe('OK');
  const again = await college.request(STUDENT, '{ me { student { idNumber } } }');
  expect(again.data).toEqual({ me: { student: { idNumber: corrected } } });
  expect(await keptFor(STUDENT, row.id)).toEqual({
    appeal: {
      appealId: row.id,
      state: 'DECIDED',
      before: JSON.stringify({ idNumber: student.idNumber }),
      after: JSON.stringify({ idNumber: corrected }),
    },
    closed: [],
  });
  for (const table of ['student', 'appeal', 'operation_log', 'outbox', 'change_key']) {
    const rows = await asOwner(
      college,
      'archive',
      `select to_jsonb(t)::text as text from ${table} t`,
    );
    const all = rows.map(({ text }) => String(text)).join();
    expect([table, all.includes(corrected), all.includes(student.idNumber)]).toEqual([
      table,
      false,
      false,
    ]);
  }
  expect(await digest()).not.toEqual(old);
});

const ITEMS = `{ me { student { idNumber birthDate sex } } }`;
const itemsOf = async () => {
  const { data } = await college.request(STUDENT, ITEMS);
  return (data!['me'] as { student: { idNumber: string; birthDate: string; sex: string } }).student;
};

test('another ID number corrects the birth date that it holds; what both were is kept', async () => {
  const was = await itemsOf();
  const birthDate = '2006-02-03';
  const idNumber = idNumberOf(birthDate, 778);
  const row = await inquiryInto('idNumber');
  const before = await stored();
  expect((await decide(row, { corrected: idNumber })).row.state).toBe('DECIDED');
  expect(await itemsOf()).toEqual({ ...was, idNumber, birthDate });
  const student = (await stored())?.['student'] as Record<string, unknown>;
  const stood = before?.['student'] as Record<string, unknown>;
  const version = Number(stood['version']) + 1;
  expect(student).toEqual({
    ...stood,
    birth_date: birthDate,
    id_number: student['id_number'],
    id_number_digest: student['id_number_digest'],
    version,
  });
  // Security asks again about the acts of a minor that it holds.
  const events = await asOwner(
    college,
    'archive',
    `select key, version from outbox where topic = 'birthDate'`,
  );
  expect(events).toEqual([{ key: STUDENT, version }]);
  expect((await keptFor(STUDENT, row.id)).appeal).toMatchObject({
    before: JSON.stringify({ idNumber: was.idNumber, birthDate: was.birthDate }),
    after: JSON.stringify({ idNumber, birthDate }),
  });
  // Two characters of the number do not open what the appeal keeps of it, nor the day beside it.
  expect((await keptFor(AFFAIRS, row.id, REVIEW)).appeal).toMatchObject({
    before: null,
    after: null,
  });
});

test('a birth date alone is not corrected against the ID number: the refusal says what is', async () => {
  const row = await inquiryInto('birthDate');
  const before = await stored();
  const { answer } = await decide(row, { corrected: '2001-01-01' });
  expect(answer.data?.['decideAppeal']).toMatchObject({
    ok: false,
    errors: [
      {
        code: 'VALIDATION',
        path: ['corrected'],
        message:
          '输入有误。 The input is not valid. 与证件号码中的出生日期不一致：请更正 idNumber（证件号码），出生日期随之更正。 It is not the birth date in the ID number: correct idNumber, which corrects both.',
      },
    ],
  });
  expect(await stored()).toEqual(before);
  expect((await reject(row)).came).toBe('OK');
});

test.each([
  ['without a value', 'majorCode', {}],
  ['with null for a value', 'majorCode', { corrected: null }],
  ['with blanks for a value', 'majorCode', { corrected: '  ' }],
  ['with what is no code', 'majorCode', { corrected: '数学 系' }],
  ['with what stands there', 'cohort', { corrected: '2024' }],
  ['with a class that is none', 'classCode', { corrected: 'C01' }],
  ['with a class of another college', 'classCode', { corrected: '20240201' }],
  ['with a college that has not his class', 'college', { corrected: 'C02' }],
  ['with a major that is none', 'majorCode', { corrected: 'NOPE' }],
  ['with a major of another college', 'majorCode', { corrected: 'M0201' }],
  ['with an ethnic group that is none', 'ethnicCode', { corrected: '99' }],
  ['with a label that no code has', 'sex', { corrected: '男性' }],
  ['with a birth date that the ID number denies', 'birthDate', { corrected: '2001-01-01' }],
  ['with a day that is none', 'enrolledOn', { corrected: '2024-02-30' }],
  ['with a value, rejected', 'majorCode', { outcome: new EnumValue('REJECT'), corrected: 'M0103' }],
])('%s nothing changes, and the refusal names the argument', async (_, target, more) => {
  const row = await inquiryInto(target);
  const before = await stored();
  expect(await refusals(row, more)).toEqual(['VALIDATION corrected']);
  expect(await stored()).toEqual(before);
  expect((await reject(row)).came).toBe('OK');
});

test('a code may be given by its label, as in a file', async () => {
  const row = await inquiryInto('enrolmentStatus');
  expect((await decide(row, { corrected: '休学' })).came).toBe('OK');
  const { data } = await college.request(STUDENT, '{ me { student { enrolmentStatus } } }');
  expect(data).toEqual({ me: { student: { enrolmentStatus: 'SUSPENDED' } } });
});

test('a student whose class is corrected is his new counsellor’s, and no more the old one’s', async () => {
  const row = await inquiryInto('classCode');
  const read = async () => {
    const query = `{ student(studentNo: "${STUDENT}") { classCode } }`;
    return (await college.request('T0101', query, { headers: REVIEW })).data;
  };
  expect(await read()).toEqual({ student: { classCode: '20240103' } });
  expect((await decide(row, { corrected: '20230102' })).came).toBe('OK');
  expect(await read()).toEqual({ student: null });
});

test('an appeal against a record has no value: the office that owns it corrects it', async () => {
  const { row: filed } = await mutate(STUDENT, 'fileAppeal', {
    kind: new EnumValue('RECORD'),
    target: await newRecord(college, STUDENT),
    grounds: 'it was another day',
    requestedOutcome: new EnumValue('MODIFY'),
  });
  const accepted = await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(filed), REVIEW);
  const routed = await mutate(COLLEGE_ADMIN, 'routeAppeal', on(accepted.row), forAppeal(filed));
  const claimed = await mutate(AFFAIRS, 'claimAppeal', on(routed.row), REVIEW);
  const modify = {
    ...on(claimed.row),
    outcome: new EnumValue('MODIFY'),
    decisionText: 'the reasons',
  };
  const forFiled = forAppeal(filed);
  const refused = await mutate(AFFAIRS, 'decideAppeal', { ...modify, corrected: 'S1' }, forFiled);
  expect(refusalsOf(refused, 'decideAppeal')).toEqual(['VALIDATION corrected']);
  expect((await mutate(AFFAIRS, 'decideAppeal', modify, forFiled)).row.state).toBe('DECIDED');
});
