/** Rates of requests: by person, and without a login by address (DOMAIN 3.1). */
import { BlockList } from 'node:net';
import { USUAL_LIMITS, type Limits } from '@chengxin/gateway/limits/settings';
import { startGateway, type RunningGateway } from '@chengxin/gateway/server';
import { sentence, type ErrorCode } from '@chengxin/kit/errors';
import { json } from '@chengxin/kit/call/http';
import { AUTHORITY_PATH } from '@chengxin/kit/import/authority';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { besideIt } from '../support/gateway-beside.js';
import { startTestIssuer, type TestIssuer } from '../support/issuer.js';
import { keepLog } from '../support/log-lines.js';
import { countStatements } from '../support/statements.js';

const NAME = `{ student(studentNo: "${STUDENT}") { name } }`;
const FAR = '2001:db8:0:7::1';

const PER_ADDRESS = 3;
const PER_SUBJECT = 4;
const loopback = new BlockList();
loopback.addAddress('127.0.0.1');
const LIMITS: Limits = {
  ...USUAL_LIMITS,
  perAddress: PER_ADDRESS,
  perSubject: PER_SUBJECT,
  trustedProxies: loopback,
};

let college: TestCollege;
let issuer: TestIssuer;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await college.settle();
  issuer = await startTestIssuer(college.clock);
});
afterAll(async () => {
  await issuer.stop();
  await college.stop();
});

const { log, lines } = keepLog();
const config = (limits: Limits) => besideIt(college, issuer, { log, introspection: true, limits });

let gateway: RunningGateway;
beforeEach(async () => {
  // The minutes of the limits are the machine's, which stand still here until they are moved.
  vi.useFakeTimers({ toFake: ['Date'] });
  lines.splice(0);
  gateway = await startGateway(await config(LIMITS));
});
afterEach(async () => {
  await gateway.stop();
  vi.useRealTimers();
});
const secondsPass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

interface Sent {
  readonly as?: string;
  readonly headers?: Record<string, string>;
  readonly query?: string;
  readonly path?: string;
  readonly body?: object;
}
async function send({ as, headers = {}, query = NAME, path = '/graphql', body }: Sent) {
  const bearer = as === undefined ? {} : { authorization: `Bearer ${await issuer.token(as)}` };
  const answer = await request(new URL(path, gateway.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer, ...headers },
    body: JSON.stringify(body ?? { query }),
  });
  return {
    status: answer.statusCode,
    retryAfter: answer.headers['retry-after'],
    body: (await answer.body.json()) as unknown,
  };
}
const from = (address: string): Sent => ({ headers: { 'x-forwarded-for': address } });
async function times(count: number, options: Sent): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < count; i += 1) statuses.push((await send(options)).status);
  return statuses;
}
const tooOften = (seconds: number) => ({
  status: 429,
  retryAfter: String(seconds),
  body: {
    errors: [
      {
        message: sentence('RATE_LIMITED'),
        extensions: { code: 'RATE_LIMITED', retryAfterSeconds: seconds },
      },
    ],
  },
});
const refused = (status: number, code: ErrorCode) => ({
  status,
  retryAfter: undefined,
  body: { errors: [{ message: sentence(code), extensions: { code } }] },
});
const answered = {
  status: 200,
  retryAfter: undefined,
  body: { data: { student: { name: '李思源' } } },
};

describe('with a login', () => {
  const CLERK = { as: 'T0401' };

  test('one requests so often within a minute, gets the time of a retry, and is answered then', async () => {
    expect(await times(PER_SUBJECT, CLERK)).toEqual([200, 200, 200, 200]);
    expect(await send(CLERK)).toEqual(tooOften(60));
    secondsPass(59.5);
    expect(await send(CLERK)).toEqual(tooOften(1));
    secondsPass(0.5);
    expect(await send(CLERK)).toEqual(answered);
  });

  test('what is requested at once is counted one by one', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => send(CLERK)));
    const count = (wanted: number) => all.filter(({ status }) => status === wanted).length;
    expect({ answered: count(200), refused: count(429) }).toEqual({ answered: 4, refused: 6 });
  });

  test('what is refused reaches no office', async () => {
    const before = await countStatements(() => times(PER_SUBJECT, CLERK));
    expect(before.byOffice['archive']).toBeGreaterThan(0);
    const { result, statements } = await countStatements(() => send(CLERK));
    expect(result).toEqual(tooOften(60));
    expect(statements).toEqual([]);
  });

  test('two people do not share, from one address either', async () => {
    expect(await times(PER_SUBJECT + 1, CLERK)).toEqual([200, 200, 200, 200, 429]);
    expect(await send({ as: 'T0402' })).toEqual(answered);
  });

  test('two roles of one person do, and two addresses', async () => {
    const admin = { as: 'T0110', headers: { 'x-purpose': 'ADMIN_REVIEW' } };
    const self = { as: 'T0110', headers: { 'x-role': 'STAFF_SELF' }, query: '{ __typename }' };
    const elsewhere = { as: 'T0110', headers: { ...self.headers, ...from(FAR).headers } };
    expect([...(await times(2, admin)), ...(await times(2, self))]).toEqual([200, 200, 200, 200]);
    expect(await send(self)).toEqual(tooOften(60));
    expect(await send(admin)).toEqual(tooOften(60));
    expect(await send(elsewhere)).toEqual(tooOften(60));
  });

  test('authorization to import is requested within the same number', async () => {
    const leave = {
      ...CLERK,
      path: AUTHORITY_PATH,
      body: { office: 'finance', actions: ['bill.record'], target: 'bills' },
    };
    await times(PER_SUBJECT, CLERK);
    expect(await send(leave)).toEqual(tooOften(60));
  });
});

describe('without a login', () => {
  test('one address requests so often, whoever else requests', async () => {
    const here = { query: '{ __typename }' };
    expect(await times(PER_ADDRESS, here)).toEqual([200, 200, 200]);
    expect(await send(here)).toEqual(tooOften(60));
    expect((await send({ ...here, ...from(FAR) })).status).toBe(200);
    secondsPass(60);
    expect((await send(here)).status).toBe(200);
  });

  test('what is refused is not written down by the archive, which is what it is for', async () => {
    const before = await countStatements(() => times(PER_ADDRESS, {}));
    expect(before.byOffice['archive']).toBeGreaterThan(0);
    const { result, statements } = await countStatements(() => send({}));
    expect(result).toEqual(tooOften(60));
    expect(statements).toEqual([]);
  });

  test('what is refused is not read: not even as JSON', async () => {
    await times(PER_ADDRESS, {});
    const answer = await request(gateway.url, { method: 'POST', body: '{' });
    expect(answer.statusCode).toBe(429);
    await answer.body.dump();
  });

  test('tokens that are refused count, so that nobody tries them out; good ones go on', async () => {
    const forged = { headers: { authorization: 'Bearer abc.def.ghi' } };
    const wrong = { headers: { authorization: 'Basic eDp5' } };
    expect(await send(forged)).toEqual(refused(401, 'UNAUTHENTICATED'));
    expect(await send(wrong)).toEqual(refused(401, 'UNAUTHENTICATED'));
    expect(await send(forged)).toEqual(refused(401, 'UNAUTHENTICATED'));
    expect(await send(forged)).toEqual(tooOften(60));
    expect(await send({})).toEqual(tooOften(60));
    expect(await send({ as: 'T0401' })).toEqual(answered);
  });

  test('report tokens are tried out as often, and the archive gets no more', async () => {
    const guess = (i: number) => ({ headers: { 'x-report-token': `guess-${i}` } });
    for (let i = 0; i < PER_ADDRESS; i += 1)
      expect(await send(guess(i))).toEqual(refused(401, 'UNAUTHENTICATED'));
    const { result, statements } = await countStatements(() => send(guess(PER_ADDRESS)));
    expect(result).toEqual(tooOften(60));
    expect(statements).toEqual([]);
  });

  test('a token that cannot be looked at is not held against anybody', async () => {
    await gateway.stop();
    const dead = { ...(await config(LIMITS)), issuer: 'http://127.0.0.1:9' };
    gateway = await startGateway(dead);
    const one = { as: 'T0401' };
    expect(await times(PER_ADDRESS + 1, one)).toEqual([401, 401, 401, 401]);
    expect((await send({ query: '{ __typename }' })).status).toBe(200);
  });

  test('the log has one line of it a minute, and no address', async () => {
    await times(PER_ADDRESS + 3, from(FAR));
    const logged = () => lines.filter(({ msg }) => msg === 'too many requests');
    expect(logged()).toEqual([
      { level: 40, time: expect.any(String), part: 'test', by: 'address', msg: logged()[0]?.msg },
    ]);
    secondsPass(60);
    await times(PER_ADDRESS + 3, from(FAR));
    expect(logged()).toHaveLength(2);
    expect(JSON.stringify(logged())).not.toContain('2001');
  });
});

test('what requests nothing at /authority is counted by its address', async () => {
  const nothing = { path: AUTHORITY_PATH, body: { office: 'finance' } };
  for (let i = 0; i < PER_ADDRESS; i += 1)
    expect(await send(nothing)).toEqual(refused(400, 'VALIDATION'));
  expect(await send(nothing)).toEqual(tooOften(60));
});

test('the people to pick from, and logging in as one, are counted by address', async () => {
  await gateway.stop();
  let answers = 0;
  const picked = () => json(200, { answers: (answers += 1) });
  gateway = await startGateway(await config(LIMITS), {
    'GET /explorer/people': picked,
    'POST /explorer/token': picked,
  });
  const listed = async () => {
    const answer = await request(new URL('/explorer/people', gateway.origin));
    return { status: answer.statusCode, body: await answer.body.json() };
  };
  for (let i = 1; i < PER_ADDRESS; i += 1)
    expect(await listed()).toEqual({ status: 200, body: { answers: i } });
  const logIn = { path: '/explorer/token', body: { person: 'T0401' } };
  expect((await send(logIn)).status).toBe(200);
  expect(await send(logIn)).toEqual(tooOften(60));
  expect((await listed()).status).toBe(429);
  expect(answers).toBe(PER_ADDRESS);
});

test('health and what else is no question to the graph is answered as ever', async () => {
  await times(PER_ADDRESS + 1, {});
  const paths = ['/health/live', '/health/ready', '/'];
  const statuses = paths.map(async (path) => {
    const { statusCode, body } = await request(new URL(path, gateway.origin));
    await body.dump();
    return statusCode;
  });
  expect(await Promise.all(statuses)).toEqual([200, 200, 200]);
});

describe('behind proxies', () => {
  const SPENT = 429;
  /** Whether what is said of the way counts as the same caller as before. */
  async function isSame(first: string, second: string): Promise<boolean> {
    const options = (way: string) => ({ ...from(way), query: '{ __typename }' });
    await times(PER_ADDRESS, options(first));
    return (await send(options(second))).status === SPENT;
  }

  test.each([
    ['what the caller made up before it', '203.0.113.9', '10.9.9.9, 203.0.113.9', true],
    ['another caller', '203.0.113.9', '203.0.113.9, 203.0.113.8', false],
    ['a trusted proxy after it', '203.0.113.9', '203.0.113.9, 127.0.0.1', true],
    ['IPv4 written as IPv6', '203.0.113.9', '::ffff:203.0.113.9', true],
    ['another address of one IPv6 network', FAR, '2001:db8::7:ffff:0:0:1', true],
    ['another IPv6 network', FAR, '2001:db8:0:8::1', false],
    ['no address at all, which is the proxy', 'nonsense', '', true],
  ])('the last address that a trusted proxy wrote counts: %s', async (_, first, second, same) => {
    expect(await isSame(first, second)).toBe(same);
  });

  test('who trusts none counts the other end of the connection, whatever is said', async () => {
    await gateway.stop();
    gateway = await startGateway(await config({ ...LIMITS, trustedProxies: new BlockList() }));
    expect(await isSame('203.0.113.9', '203.0.113.8')).toBe(true);
  });
});
