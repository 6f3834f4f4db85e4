/** Contact and ID number on need: one student at a time, in one answer, and told to him (F-05). */
import { idNumberOf } from '@chengxin/college/demo/people';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices } from '../support/jobs.js';
import { mutate, mutationText, outcomeOf, refusalsOf } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

/** Of a class that is not the counsellor’s. */
const OTHER_CLASS = '2024020111';
const COUNSELLOR = 'T0101';
const FINANCE = 'T0402';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const VALUES = 'id kind idNumber matches phone emergencyContact';

let college: TestCollege;
let idNumber: string;
beforeAll(async () => {
  college = await startCollege();
  const { data } = await college.request(STUDENT, '{ me { student { idNumber } } }');
  ({ idNumber } = (data as { me: { student: { idNumber: string } } }).me.student);
});
afterAll(() => college.stop());
beforeEach(async () => {
  college.clock.set('2026-04-12T10:00:00+08:00');
  await asOwner(college, 'archive', 'delete from identity_disclosure');
});

const disclose = (person: string, name: string, args: object, headers = {}) =>
  mutate(
    college,
    person,
    { name, noun: 'IdentityDisclosure', args: { studentNo: STUDENT, ...args }, fields: VALUES },
    headers,
    college.clock.now(),
  );
const confirm = (lastSix: string, args: object = {}) =>
  disclose(FINANCE, 'confirmIdNumber', { lastSix, ...args });
const kept = () => asOwner(college, 'archive', 'select kind, recorded_by from identity_disclosure');
const retryAfter = ({ answer }: Awaited<ReturnType<typeof confirm>>) =>
  answer.errors?.[0]?.extensions['retryAfterSeconds'];

test('a counsellor learns phone and emergency contact of a student of his class, and nothing else', async () => {
  await asOwner(
    college,
    'archive',
    `update student set phone = '13900001234', emergency_contact = '李家长 13900005678'
     where student_no = '${STUDENT}'`,
  );
  const { came, row } = await disclose(COUNSELLOR, 'revealContact', {}, REVIEW);
  expect(came).toBe('OK');
  expect(row).toEqual({
    id: row.id,
    kind: 'CONTACT',
    idNumber: null,
    matches: null,
    phone: '13900001234',
    emergencyContact: '李家长 13900005678',
  });
  // What he reads otherwise stays as narrow as it was (note 1).
  const { data } = await college.request(
    COUNSELLOR,
    `{ student(studentNo: "${STUDENT}") { phoneMasked emergencyContact } }`,
    { headers: REVIEW },
  );
  expect(data).toEqual({ student: { phoneMasked: '*******1234', emergencyContact: null } });
});

test('a student of another class, one of nobody and one out of scope are one answer', async () => {
  const answers = [];
  for (const studentNo of [OTHER_CLASS, '2099000001'])
    answers.push((await disclose(COUNSELLOR, 'revealContact', { studentNo }, REVIEW)).answer);
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  expect(await kept()).toEqual([]);
});

test('the whole ID number goes to Student Affairs, with a reason and a second factor', async () => {
  const silent = await disclose('T0001', 'revealIdNumber', { reason: '' }, REVIEW);
  expect(refusalsOf(silent, 'revealIdNumber')).toEqual(['VALIDATION reason']);
  const request = {
    name: 'revealIdNumber',
    noun: 'IdentityDisclosure',
    args: { studentNo: STUDENT },
    fields: VALUES,
  };
  const without = await mutate(college, 'T0001', request, REVIEW);
  expect(without.answer.errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN_ACTION',
    reason: 'SECOND_FACTOR',
  });
  expect(await kept()).toEqual([]);
  expect((await disclose('T0001', 'revealIdNumber', {}, REVIEW)).row['idNumber']).toBe(idNumber);
});

test('the student is notified of it, and his access log says who, in which role and for what', async () => {
  const noticesNow = async () => {
    const { data } = await college.request(STUDENT, '{ myNotices { kind titleZh subjectRef } }');
    return (data!['myNotices'] as { kind: string }[]).filter(({ kind }) => kind === 'IDENTITY');
  };
  const logged = async () => {
    const { data } = await college.request(
      STUDENT,
      '{ myAccessLog(first: 100) { nodes { actorRole purpose groups { group effect } } } }',
    );
    const { nodes } = data!['myAccessLog'] as {
      nodes: { actorRole: string; groups: { group: string; effect: string }[] }[];
    };
    return nodes.filter(
      ({ actorRole, groups }) =>
        actorRole === 'FIN_REVIEWER' &&
        groups.some(({ group, effect }) => group === 'SENSITIVE_IDENTITY' && effect === 'ALLOW'),
    );
  };
  const before = { notices: (await noticesNow()).length, events: (await logged()).length };
  await confirm(idNumber.slice(-6));
  await deliverNotices(college);
  expect(await noticesNow()).toHaveLength(before.notices + 1);
  expect((await noticesNow())[0]).toMatchObject({ titleZh: '联系方式或证件号码被查看的告知' });
  await college.settle();
  const events = await logged();
  expect(events).toHaveLength(before.events + 1);
  expect(events[0]).toMatchObject({ purpose: 'OFFICE_DUTY' });
});

test('six characters match or they do not; small letters and blanks are the same', async () => {
  const other = idNumberOf('2001-01-01', 1).slice(-6);
  expect((await confirm(` ${idNumber.slice(-6).toLowerCase()} `)).row['matches']).toBe(true);
  expect((await confirm(other)).row['matches']).toBe(false);
  // What is no end of a number is no try.
  for (const lastSix of ['12345', '1234567', '12 456', '%_%_%_'])
    expect(refusalsOf(await confirm(lastSix), 'confirmIdNumber')).toEqual(['VALIDATION lastSix']);
  const hidden = await confirm(other, { studentNo: '2099000001' });
  expect(hidden.came).toBe('NOT_FOUND');
  expect(await kept()).toHaveLength(2);
});

test('the sixth try of a day is refused, whichever student it names; the next day there are five', async () => {
  for (let tries = 0; tries < 5; tries++) expect((await confirm('000000')).came).toBe('OK');
  const sixth = await confirm('000000', { studentNo: OTHER_CLASS });
  expect(sixth.came).toBe('RATE_LIMITED');
  expect(retryAfter(sixth)).toBe(14 * 3600);
  expect((await confirm(idNumber.slice(-6))).answer.data).toEqual({ confirmIdNumber: null });
  // Another person has tries of his own.
  const academic = await disclose('T0302', 'confirmIdNumber', { lastSix: '000000' });
  expect(academic.came).toBe('OK');
  college.clock.set('2026-04-13T00:00:00+08:00');
  expect((await confirm('000000')).came).toBe('OK');
});

test('ten tries at the same instant are five', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => confirm('000000')));
  expect(all.filter(({ came }) => came === 'OK')).toHaveLength(5);
  expect(all.filter(({ came }) => came === 'RATE_LIMITED')).toHaveLength(5);
  expect(await kept()).toHaveLength(5);
});

test('a replay shows no value, needs a fresh second factor, and is no try', async () => {
  const text = mutationText({
    name: 'revealIdNumber',
    noun: 'IdentityDisclosure',
    args: { clientMutationId: 'once', studentNo: STUDENT, reason: 'r' },
    fields: VALUES,
  });
  const ask = (secondFactorAt: Date) =>
    college.request('T0001', text, { headers: REVIEW, secondFactorAt });
  const loginAt = college.clock.now();
  const first = await ask(loginAt);
  const row = (answer: typeof first) =>
    (answer.data!['revealIdNumber'] as { identityDisclosure: Record<string, unknown> })
      .identityDisclosure;
  expect(row(first)['idNumber']).toBe(idNumber);
  expect(row(await ask(loginAt))).toEqual({ ...row(first), idNumber: null });
  expect(await kept()).toHaveLength(1);
  college.clock.set('2026-04-12T10:05:01+08:00');
  expect(outcomeOf(await ask(loginAt), 'revealIdNumber')).toBe('FORBIDDEN_ACTION');
});

test('nothing of what was disclosed or tried is kept', async () => {
  const lastSix = idNumber.slice(-6);
  await confirm(lastSix);
  await disclose('T0001', 'revealIdNumber', {}, REVIEW);
  for (const table of ['identity_disclosure', 'operation_log', 'change_key', 'outbox', 'notice']) {
    const rows = await asOwner(college, 'archive', `select t::text as text from ${table} t`);
    expect(rows.filter(({ text }) => text.includes(lastSix))).toEqual([]);
  }
  const [line] = await asOwner(
    college,
    'archive',
    'select actor, role, action, target from operation_log order by id desc limit 1',
  );
  expect(line).toMatchObject({ actor: 'T0001', role: 'SCHOOL_ADMIN', action: 'idNumber.reveal' });
  expect(line?.['target']).toContain(STUDENT);
});
