/** How many students one person opens within an hour (DOMAIN 2.7 STUDENT_CAP, 3.6 D-01). */
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { sentence } from '@chengxin/kit/errors';
import { request } from 'undici';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const AT = '2026-04-12T10:00:00+08:00';
const MOST = 3;
/** Numbers that are nobody's, or nobody's for the caller: they are tried like any other. */
const NOBODY = ['2099000001', '2099000002', '2099000003', '2099000004'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

const college: TestCollege = await startCollege({
  at: AT,
  limits: { ...LIMITS_OF_ONE_CALLER, studentsPerHour: MOST },
});
await bringReferences(college);
afterAll(() => college.stop());
let hours = 0;
beforeEach(async () => {
  // Each in an hour of its own: who was opened within the same minute is remembered.
  college.clock.set(new Date(Date.parse(AT) + 60 * 60_000 * (hours += 1)).toISOString());
  await asOwner(college, 'archive', 'delete from opened_student');
});
const minutesPass = (minutes: number) =>
  college.clock.set(new Date(college.clock.now().getTime() + minutes * 60_000).toISOString());

async function open(person: string, numbers: readonly string[], headers: object = REVIEW) {
  const query = `{ ${numbers.map((no, i) => `a${i}: student(studentNo: "${no}") { name }`).join(' ')} }`;
  const answer = await request(college.gateway.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await college.token(person)}`,
      ...headers,
    },
    body: JSON.stringify({ query }),
  });
  const body = (await answer.body.json()) as object;
  return { status: answer.statusCode, retryAfter: answer.headers['retry-after'], body };
}
const capped = (numbers: readonly string[], seconds: number) => ({
  status: 200,
  retryAfter: String(seconds),
  body: {
    data: Object.fromEntries(numbers.map((_, i) => [`a${i}`, null])),
    errors: numbers.map((_, i) => ({
      message: sentence('STUDENT_CAP'),
      path: [`a${i}`],
      extensions: { code: 'STUDENT_CAP', retryAfterSeconds: seconds },
    })),
  },
});
const LI = { status: 200, retryAfter: undefined, body: { data: { a0: { name: '李思源' } } } };
const openedBy = (person: string) =>
  asOwner(
    college,
    'archive',
    `select student_no from opened_student where actor = '${person}' order by 1`,
  );

test('as many as may be are opened, one more is refused and says when, and nothing is kept of it', async () => {
  expect(await open('T0110', [STUDENT])).toEqual(LI);
  await open('T0110', NOBODY.slice(0, 2));
  const before = await openedBy('T0110');
  minutesPass(20);
  expect(await open('T0110', NOBODY.slice(2, 3))).toEqual(capped(['x'], 40 * 60));
  expect(await openedBy('T0110')).toEqual(before);
});

test('one who was opened already may be opened again, and others after an hour', async () => {
  await open('T0110', [STUDENT, ...NOBODY.slice(0, 2)]);
  minutesPass(30);
  expect(await open('T0110', [STUDENT])).toEqual(LI);
  minutesPass(30);
  // Two of them are an hour old; he is counted from when he was opened last.
  expect(await open('T0110', NOBODY.slice(0, 3))).toEqual(capped(NOBODY.slice(0, 3), 30 * 60));
  expect((await open('T0110', NOBODY.slice(2, 4))).retryAfter).toBe(undefined);
});

const OPENING = /open_students/;
const countsOf = async (person: string): Promise<number> => {
  const { statements } = await countStatements(() => open(person, [STUDENT]));
  return statements.filter(({ text }) => OPENING.test(text)).length;
};
const secondsPass = (seconds: number) => minutesPass(seconds / 60);

test('who is opened again within the same minute is not counted anew, and counts an hour from its end', async () => {
  secondsPass(10);
  expect(await countsOf('T0110')).toBe(1);
  secondsPass(49);
  expect(await countsOf('T0110')).toBe(0);
  // Of another person nothing is remembered.
  expect(await countsOf('T0001')).toBe(1);
  secondsPass(2);
  expect(await countsOf('T0110')).toBe(1);
  await open('T0110', NOBODY.slice(0, 2));
  secondsPass(3540);
  // One second after an hour: he counts to an hour after the end of the second minute.
  expect((await open('T0110', NOBODY.slice(2, 3))).retryAfter).toBe('119');
  secondsPass(119);
  expect((await open('T0110', NOBODY.slice(2, 3))).retryAfter).toBe(undefined);
});

test('one who is not there for the caller is counted each time, by the same statements', async () => {
  const statementsOf = async (no: string) =>
    (await countStatements(() => open('T0110', [no]))).statements.map(({ text }) => text);
  await open('T0110', [STUDENT]);
  const [nobody = ''] = NOBODY;
  const first = await statementsOf(nobody);
  expect(first.some((text) => OPENING.test(text))).toBe(true);
  expect(await statementsOf(nobody)).toEqual(first);
});

test('a request that names too many opens none of them', async () => {
  expect(await open('T0110', [STUDENT, ...NOBODY.slice(0, 3)])).toEqual(
    capped([STUDENT, ...NOBODY.slice(0, 3)], 60 * 60),
  );
  expect(await openedBy('T0110')).toEqual([]);
  expect(await open('T0110', [STUDENT])).toEqual(LI);
});

test('requests at once open no more than one after the other', async () => {
  const each = NOBODY.map((no) => open('T0110', [no]));
  const refused = (await Promise.all(each)).filter(({ retryAfter }) => retryAfter !== undefined);
  expect(refused).toHaveLength(NOBODY.length - MOST);
  expect(await openedBy('T0110')).toHaveLength(MOST);
});

test('two people do not share, and all roles of one do', async () => {
  await open('T0110', NOBODY.slice(0, 3));
  expect((await open('T0401', [STUDENT], {})).body).toEqual(LI.body);
  expect((await open('T0110', [STUDENT])).retryAfter).toBe('3600');
});

describe('what is no opening', () => {
  test('rows of lists', async () => {
    const list = '{ students(first: 100) { nodes { studentNo name } } }';
    await college.request('T0110', list, { headers: REVIEW });
    await college.request('T0401', '{ bills(first: 100) { nodes { student { name } } } }');
    expect([...(await openedBy('T0110')), ...(await openedBy('T0401'))]).toEqual([]);
  });

  test('what a student reads of himself', async () => {
    await college.request(STUDENT, '{ me { student { name } } myAccessLog { nodes { at } } }');
    await college.request(STUDENT, `{ student(studentNo: "${STUDENT}") { name } }`);
    expect(await openedBy(STUDENT)).toEqual([]);
  });

  test('what has not the form of a number', async () => {
    await open('T0110', ["x'; --", '1', ' 2024010317']);
    expect(await openedBy('T0110')).toEqual([]);
  });
});

test('a dossier and the access log of a student are openings', async () => {
  await college.request('T0701', `{ caseDossier(studentNo: "${STUDENT}") { caseId } }`, {
    headers: { 'x-case': 'EC-AWARD' },
  });
  expect(await openedBy('T0701')).toEqual([{ student_no: STUDENT }]);
  const log = `{ accessLog(filter: { studentNo: "${STUDENT}" }) { nodes { at } } }`;
  await college.request('T0001', log, { headers: REVIEW });
  expect(await openedBy('T0001')).toEqual([{ student_no: STUDENT }]);
});

test('a refused opening stands in the access log of him whom it names', async () => {
  await open('T0110', NOBODY.slice(0, 3));
  const count = `select count(*)::integer from access_event
    where student_no = '${STUDENT}' and actor = 'T0110'`;
  const [before] = await asOwner(college, 'archive', count);
  expect(await open('T0110', [STUDENT])).toEqual(capped([STUDENT], 60 * 60));
  const [after] = await asOwner(college, 'archive', count);
  expect(Number(after?.['count'])).toBe(Number(before?.['count']) + 1);
});
