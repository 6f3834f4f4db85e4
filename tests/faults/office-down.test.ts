import { isDeepStrictEqual } from 'node:util';
import type { RequestListener } from 'node:http';
import { loadOffices } from '@chengxin/college/office-list';
import { OFFICES } from '@chengxin/gateway/offices';
import { sentence } from '@chengxin/kit/errors';
import { dropDatabase } from '@chengxin/kit/database/provision';
import { startOffice, type RunningOffice } from '@chengxin/kit/server/office';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { bill } from '../support/bill.js';
import { startBroken, type BrokenOffice } from '../support/broken-office.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { keepLog } from '../support/log-lines.js';
import { post } from '../support/post.js';
import { asOwner, cutConnections, databaseOf } from '../support/sql.js';
import { errorOf } from '../support/straight.js';
import { until } from '../support/until.js';

const AT = '2026-04-12T10:00:00+08:00';
const STUDENT = '2025020415';
const OTHER = '2024010305';

const { log, lines } = keepLog('warn');
let college: TestCollege;
/** What stands in the place of an office ends with its test, an office started again with all. */
const stops: (() => Promise<void>)[] = [];
const again: RunningOffice[] = [];
beforeAll(async () => {
  college = await startCollege({ at: AT, log });
  await college.bring('finance', 'bills', [bill('B-1', STUDENT), bill('B-2', OTHER)]);
});
afterEach(async () => {
  college.clock.set(AT);
  for (const { name } of OFFICES) college.divert(name);
  for (const stop of stops.splice(0)) await stop();
});
afterAll(async () => {
  for (const office of again) await office.stop();
  await college.stop();
});

const ONE = `{ student(studentNo: "${STUDENT}") { name bills { billNo } owed: arrears { outstandingFen } } }`;
const WHOLE = {
  data: {
    student: { name: '赵文博', bills: [{ billNo: 'B-1' }], owed: [{ outstandingFen: 980_000 }] },
  },
};
const FINANCE_DOWN = {
  data: { student: { name: '赵文博', bills: null, owed: null } },
  errors: [
    errorOf('SUBGRAPH_UNAVAILABLE', ['student', 'bills']),
    errorOf('SUBGRAPH_UNAVAILABLE', ['student', 'owed']),
  ],
};
/** SCHOOL_ADMIN: may see all of it. */
const ADMIN = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const send = (query = ONE) => college.request('T0001', query, ADMIN);

async function ready(): Promise<{ status: number; body: unknown }> {
  const answer = await request(new URL('/health/ready', college.gateway.origin));
  return { status: answer.statusCode, body: await answer.body.json() };
}
/** Readiness is looked at once a second. */
const becomesReady = (expected: object) =>
  until(async () => isDeepStrictEqual(await ready(), expected));
const readyBut = (office: string) =>
  Object.fromEntries(OFFICES.map(({ name }) => [name, name !== office]));

/** Put something else in the place of an office. */
async function instead(office: string, answer: RequestListener): Promise<BrokenOffice> {
  const broken = await startBroken(answer);
  stops.push(broken.stop);
  college.divert(office, broken.url);
  return broken;
}
const says =
  (status: number, body: string): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(body);

/** Start a stopped office again, on the port where it was. */
async function startAgain(name: string): Promise<void> {
  const old = college.started.offices.get(name);
  const definition = (await loadOffices()).find((office) => office.name === name);
  if (!old || !definition) throw new Error(`There is no ${name}.`);
  const port = Number(new URL(old.url).port);
  again.push(await startOffice(definition, { ...old.config, port }));
}

test('with every office up all is answered', async () => {
  expect(await send()).toEqual(WHOLE);
  await becomesReady({ status: 200, body: { ready: true, offices: readyBut('') } });
});

const INTERNAL = 'connect ECONNREFUSED 10.0.0.7:5432 at Client.query (/srv/finance/dist/pg.js:7)';
const ANSWERS: Readonly<Record<string, RequestListener>> = {
  'ends the connection': ({ socket }) => void socket.destroy(),
  'ends the connection in the middle of its answer': ({ socket }, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('{"data":', () => socket.destroy());
  },
  'answers 500 with a stack': says(500, INTERNAL),
  'answers 401': says(401, '{"errors":[{"message":"x","extensions":{"code":"UNAUTHENTICATED"}}]}'),
  'answers with a page of a proxy': says(502, '<html>bad gateway 10.0.0.7</html>'),
  'answers nothing': says(200, ''),
  'answers what is no JSON': says(200, INTERNAL),
  'answers null': says(200, 'null'),
  'answers a list': says(200, '[]'),
  'answers an empty object': says(200, '{}'),
  'answers without data': says(200, '{"data":null}'),
  'answers without the entities': says(200, '{"data":{}}'),
  'answers too few entities': says(200, '{"data":{"_entities":[]}}'),
  'answers too many entities': says(200, '{"data":{"_entities":[null,null]}}'),
  'answers errors that are no list': says(200, `{"errors":${JSON.stringify(INTERNAL)}}`),
  'answers errors that are none': says(200, '{"data":{"_entities":[null]},"errors":[null]}'),
  'answers an error of the whole': says(200, JSON.stringify({ errors: [{ message: INTERNAL }] })),
};

test.each(Object.keys(ANSWERS))(
  'an office that %s is one error per field, the rest is answered (DOMAIN 3.7(13))',
  async (way) => {
    await instead('finance', ANSWERS[way] as RequestListener);

    expect(await send()).toEqual(FINANCE_DOWN);
  },
);

test('in a list an office that is down is one error for each student, at his place (0036)', async () => {
  await instead('finance', says(500, ''));

  expect(await send('{ students(first: 2) { nodes { studentNo arrears { category } } } }')).toEqual(
    {
      data: {
        students: {
          nodes: [
            { studentNo: '2023010208', arrears: null },
            { studentNo: '2023020109', arrears: null },
          ],
        },
      },
      errors: [0, 1].map((i) =>
        errorOf('SUBGRAPH_UNAVAILABLE', ['students', 'nodes', i, 'arrears']),
      ),
    },
  );
});

test('an office that hangs or drips ends within the time limit', async () => {
  await instead('finance', () => {});
  await instead('academics', (_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 200);
    response.once('close', () => clearInterval(drip));
  });
  const { data, errors } = await send(
    `{ student(studentNo: "${STUDENT}") { name bills { billNo } grades { courseCode } } }`,
  );

  expect(data).toEqual({ student: { name: '赵文博', bills: null, grades: null } });
  // The two offices are called side by side; either may be reported first.
  expect(new Set(errors)).toEqual(
    new Set([
      errorOf('SUBGRAPH_UNAVAILABLE', ['student', 'bills']),
      errorOf('SUBGRAPH_UNAVAILABLE', ['student', 'grades']),
    ]),
  );
});

test('an office that is stopped is reported, and served again when it is back', async () => {
  await college.started.offices.get('finance')?.stop();

  expect(await send()).toEqual(FINANCE_DOWN);
  await becomesReady({
    status: 200,
    body: { ready: true, offices: readyBut('finance') },
  });

  await startAgain('finance');
  expect(await send()).toEqual(WHOLE);
});

const REFUSED = {
  status: 503,
  body: {
    errors: [
      {
        message: sentence('SUBGRAPH_UNAVAILABLE'),
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ],
  },
};

test('without the archive no field of any student is answered, the offices’ own included (DOMAIN 3.7(13))', async () => {
  // given: people who were let in within the last 5 seconds, and the archive gone
  const lists = '{ bills(order: STUDENT) { nodes { billNo student { studentNo name } } } }';
  await send('{ __typename }');
  await college.request('T0401', '{ __typename }');
  await college.started.offices.get('archive')?.stop();

  expect(await send()).toEqual({
    data: { student: null },
    errors: [errorOf('SUBGRAPH_UNAVAILABLE', ['student'])],
  });
  expect(await send('{ students { nodes { name } } }')).toEqual({
    data: { students: null },
    errors: [errorOf('SUBGRAPH_UNAVAILABLE', ['students'])],
  });
  // An office's own list needs no decision, only a grant, and that is known for 5 seconds.
  expect(await college.request('T0401', lists)).toEqual({
    data: {
      bills: {
        nodes: [
          { billNo: 'B-2', student: { studentNo: OTHER, name: null } },
          { billNo: 'B-1', student: { studentNo: STUDENT, name: null } },
        ],
      },
    },
    errors: [0, 1].map((i) =>
      errorOf('SUBGRAPH_UNAVAILABLE', ['bills', 'nodes', i, 'student', 'name']),
    ),
  });
  await becomesReady({
    status: 503,
    body: { ready: false, offices: readyBut('archive') },
  });

  // when: what was known of people is 5 seconds old
  college.clock.set('2026-04-12T10:00:05+08:00');
  for (const person of ['T0001', 'T0401', STUDENT]) {
    const authorization = `Bearer ${await college.token(person)}`;
    const body = JSON.stringify({ query: '{ __typename }' });

    expect(await post(college.gateway.url, body, { authorization })).toEqual(REFUSED);
  }

  // then: with the archive all is back
  await startAgain('archive');
  expect(await send()).toEqual(WHOLE);
  await becomesReady({ status: 200, body: { ready: true, offices: readyBut('') } });
});

const MASKED = { message: 'Internal error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };

test('a fault inside an office is masked, and stands in its log with its cause', async () => {
  await asOwner(college, 'finance', 'alter table bill rename to bill_elsewhere');
  lines.splice(0);

  expect(await send()).toEqual({
    data: { student: { ...WHOLE.data.student, bills: null } },
    errors: [{ ...MASKED, path: ['student', 'bills'] }],
  });
  expect(lines.map(({ part, msg, err }) => [part, msg, err?.message])).toEqual([
    ['finance', 'fault while answering', 'relation "bill" does not exist'],
    ['gateway', 'fault while answering', 'Internal error.'],
  ]);

  await asOwner(college, 'finance', 'alter table bill_elsewhere rename to bill');
  expect(await send()).toEqual(WHOLE);
});

test('an office whose connections are cut goes on', async () => {
  expect(await cutConnections(college, 'finance')).toBeGreaterThan(0);

  expect(await send()).toEqual(WHOLE);
});

test('an office whose database is gone answers no value and says nothing of it', async () => {
  await dropDatabase({
    adminUrl: inject('adminUrl'),
    database: databaseOf(college, 'finance'),
  });

  const { data, errors } = await send();

  expect(data).toEqual(FINANCE_DOWN.data);
  expect(new Set(errors)).toEqual(new Set(FINANCE_DOWN.errors));
  await becomesReady({
    status: 200,
    body: { ready: true, offices: readyBut('finance') },
  });
});
