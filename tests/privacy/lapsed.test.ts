/**
 * A decision that became too old while a request waited is no refusal: the query is executed once
 * more, else the office counts as one that does not answer (issue 9, 1.4; docs/decisions/0017).
 */
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { disclosedTo } from '../support/access-log.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { startProxy, type HoldingProxy } from '../support/holding-proxy.js';
import { asOwner, ownerOf } from '../support/sql.js';
import { errorOf } from '../support/straight.js';
import { bringFacts } from '../support/student-facts.js';
import { until } from '../support/until.js';

const AT = '2026-04-12T10:00:00+08:00';
const STUDENT = '2024010317';
const NOBODY = '2024019999';
/** Longer than anything holds that was read or decided. */
const TOO_LONG = 6;

let college: TestCollege;
const proxies = new Map<string, HoldingProxy>();
beforeAll(async () => {
  college = await startCollege({ at: AT });
  await bringFacts(college, [STUDENT]);
  for (const office of ['archive', 'finance']) {
    const proxy = await startProxy(college.started.addresses(office) ?? '');
    proxies.set(office, proxy);
  }
});
beforeEach(() => {
  for (const [office, proxy] of proxies) {
    proxy.calls.splice(0);
    college.divert(office, proxy.url);
  }
});
afterEach(() => college.clock.set(AT));
afterAll(async () => {
  await college.stop();
  for (const proxy of proxies.values()) await proxy.stop();
});

const before = (office: string): HoldingProxy => {
  const proxy = proxies.get(office);
  if (!proxy) throw new Error(`Nobody stands before ${office}.`);
  return proxy;
};
const graphCalls = (office: string): number =>
  before(office).calls.filter(({ path }) => path === '/graphql').length;

const wait = (): void =>
  college.clock.set(new Date(college.clock.now().getTime() + TOO_LONG * 1000).toISOString());

interface Posted {
  readonly status: number;
  readonly retryAfter: unknown;
  readonly body: unknown;
}

async function send(
  person: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<Posted> {
  const answer = await request(college.gateway.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await college.token(person)}`,
      ...headers,
    },
    body: JSON.stringify({ query }),
  });
  const retryAfter = answer.headers['retry-after'];
  // Masks are not of interest here.
  const { extensions: _, ...body } = (await answer.body.json()) as Answer & {
    extensions?: unknown;
  };
  return { status: answer.statusCode, retryAfter, body };
}

const answered = (data: object): Posted => ({ status: 200, retryAfter: undefined, body: { data } });
const unavailable = (data: object | null, ...paths: (readonly (string | number)[])[]): Posted => ({
  status: 200,
  retryAfter: '1',
  body: {
    data,
    errors: paths.map((path) => errorOf('SUBGRAPH_UNAVAILABLE', path, { retryAfterSeconds: 1 })),
  },
});

/** Time goes by while an office's next calls are on their way, so many times. */
async function whileHeld<T>(office: string, times: number, send: () => Promise<T>): Promise<T> {
  const first = before(office).hold();
  const pending = send();
  let letGo = await first;
  for (let held = 1; held < times; held++) {
    const next = before(office).hold();
    wait();
    letGo();
    letGo = await next;
  }
  wait();
  letGo();
  return pending;
}

const COUNSELLOR = { 'x-purpose': 'ADMIN_REVIEW' };
const query = (name: string, studentNo = STUDENT) =>
  `query ${name} { student(studentNo: "${studentNo}") { name bills { academicYear } arrears { category } } }`;
const WHOLE = {
  student: {
    name: '李思源',
    bills: [{ academicYear: '2025-2026' }, { academicYear: '2024-2025' }],
    arrears: [{ category: 'NONE' }, { category: 'UNEXPLAINED' }],
  },
};
const asCounsellor = (name: string, studentNo?: string) =>
  send('T0101', query(name, studentNo), COUNSELLOR);

/** What the student sees that was done to his groups, request by request. */
async function effects(operation: string): Promise<string[]> {
  await college.settle();
  const events = await disclosedTo(college, STUDENT, operation);
  return [...new Set(events.flatMap(({ groups }) => Object.values(groups)))].toSorted();
}

test('a query for which an office had too little time is executed once more and answered whole', async () => {
  const answer = await whileHeld('finance', 1, () => asCounsellor('Once'));

  expect(answer).toEqual(answered(WHOLE));
  expect([graphCalls('archive'), graphCalls('finance')]).toEqual([2, 2]);
  expect(await effects('Once')).toEqual(['ALLOW', 'MASK']);
});

test('a query that lapses again is not executed a third time: the office is unavailable', async () => {
  const answer = await whileHeld('finance', 2, () => asCounsellor('Twice'));

  expect(answer).toEqual(
    unavailable(
      { student: { name: '李思源', bills: null, arrears: null } },
      ['student', 'bills'],
      ['student', 'arrears'],
    ),
  );
  expect([graphCalls('archive'), graphCalls('finance')]).toEqual([2, 2]);
  // The archive wrote down what finance was asked: more than came of it, and never less.
  expect(await effects('Twice')).toEqual(['ALLOW', 'MASK']);
});

test('the archive says of nobody that he exists or not when it had too little time', async () => {
  for (const studentNo of [STUDENT, NOBODY]) {
    // So that the next call is the one for the graph.
    await asCounsellor('Before', studentNo);
    const answer = await whileHeld('archive', 3, () => asCounsellor('Late', studentNo));

    expect(answer).toEqual(unavailable({ student: null }, ['student']));
  }
  expect(await effects('Late')).toEqual([]);
});

test('the archive answers whom it had too little time for at the second time', async () => {
  await asCounsellor('Before');
  const answer = await whileHeld('archive', 1, () => asCounsellor('Second'));

  expect(answer).toEqual(answered(WHOLE));
});

test('a list of students is never short of those for whom there was too little time', async () => {
  const list = '{ students(first: 1) { nodes { studentNo } } }';
  const whole = await send('T0101', list, COUNSELLOR);
  const answer = await whileHeld('archive', 1, () => send('T0101', list, COUNSELLOR));

  expect(answer).toEqual(whole);
  expect(whole.body).not.toEqual({ data: { students: { nodes: [] } } });
});

test("a list of an office's own people is executed once more", async () => {
  const list = '{ bills(first: 1) { nodes { billNo } } }';

  expect(await whileHeld('finance', 1, () => send('T0401', list))).toEqual(
    answered({ bills: { nodes: [{ billNo: 'BILL-1-A' }] } }),
  );
  expect(await whileHeld('finance', 2, () => send('T0401', list))).toEqual(
    unavailable({ bills: null }, ['bills']),
  );
});

test('what lapses while an office reads its rows is executed once more', async () => {
  const holder = await ownerOf(college, 'finance');
  await holder.query('begin');
  await holder.query('lock table bill in access exclusive mode');
  const pending = asCounsellor('Waiting');
  await until(async () => {
    const { rows } = await holder.query(
      `select from pg_locks where not granted and relation = 'bill'::regclass`,
    );
    return rows.length > 0;
  });
  wait();
  await holder.query('commit');
  await holder.end();
  const answer = await pending;

  expect(answer).toEqual(answered(WHOLE));
  expect(await effects('Waiting')).toEqual(['ALLOW', 'MASK']);
});

test('when the caller cannot be identified, what lapsed stays unavailable', async () => {
  const held = before('finance').hold();
  const pending = asCounsellor('Alone');
  const letGo = await held;
  wait();
  college.divert('archive', 'http://127.0.0.1:9');
  letGo();

  expect(await pending).toEqual(
    unavailable(
      { student: { name: '李思源', bills: null, arrears: null } },
      ['student', 'bills'],
      ['student', 'arrears'],
    ),
  );
});

test('who lost his role meanwhile is answered as one who has none (INV-21)', async () => {
  const put = (state: string) =>
    asOwner(college, 'archive', `update admin_grant set state = $1 where staff_no = 'T0101'`, [
      state,
    ]);
  const held = before('finance').hold();
  const pending = asCounsellor('Ended');
  const letGo = await held;
  wait();
  await put('ENDED');
  letGo();
  const answer = await pending;
  await put('ACTIVE');

  expect(answer).toEqual({
    status: 200,
    retryAfter: undefined,
    body: {
      data: { student: { name: '李思源', bills: null, arrears: null } },
      errors: [errorOf('NOT_FOUND', ['student'])],
    },
  });
});
