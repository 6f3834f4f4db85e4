/** Requests that are made to cost are refused before anything is done for them (DOMAIN 3.7(10)). */
import { REQUEST_LIMITS, type LimitName } from '@chengxin/gateway/limits/request-limits';
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { startGateway, type RunningGateway } from '@chengxin/gateway/server';
import { sentence } from '@chengxin/kit/errors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { besideIt } from '../support/gateway-beside.js';
import { DEAREST, HOSTILE, type HostileRequest } from '../support/hostile.js';
import { startTestIssuer, type TestIssuer } from '../support/issuer.js';
import { keepLog } from '../support/log-lines.js';
import { post } from '../support/post.js';
import { countStatements } from '../support/statements.js';

let college: TestCollege;
let issuer: TestIssuer;
/** As in production. */
let closed: RunningGateway;
const { log, lines } = keepLog('info');
beforeAll(async () => {
  college = await startCollege({ limits: LIMITS_OF_ONE_CALLER });
  await bringReferences(college);
  issuer = await startTestIssuer(college.clock);
  closed = await startGateway(
    await besideIt(college, issuer, { limits: LIMITS_OF_ONE_CALLER, log }),
  );
});
afterAll(async () => {
  await closed.stop();
  await issuer.stop();
  await college.stop();
});

type Sent = Pick<HostileRequest, 'query' | 'variables'>;
async function send(
  { url }: Pick<RunningGateway, 'url'>,
  person: string | null,
  { query, variables }: Sent,
) {
  const bearer = person
    ? { authorization: `Bearer ${await issuer.token(person)}`, 'x-purpose': 'ADMIN_REVIEW' }
    : {};
  return post(url, JSON.stringify({ query, variables }), bearer);
}

/** The limit that an answer names, or that the body was refused for its bytes. */
function limitOf({ status, body }: Awaited<ReturnType<typeof send>>) {
  const { data, errors = [] } = body as Answer;
  const [{ message, extensions } = { message: '', extensions: {} }] = errors;
  const limit = extensions['limit'] as LimitName | undefined;
  return { status, data, count: errors.length, code: extensions['code'], limit, message };
}

/** What stands in the place of a limit's figures. */
const refusal = (limit: LimitName) => {
  const { code } = REQUEST_LIMITS[limit];
  return {
    status: code === 'BODY_TOO_LARGE' ? 413 : 400,
    data: undefined,
    count: 1,
    code,
    limit,
    message: expect.stringMatching(
      new RegExp(`^${sentence(code).replaceAll('.', '\\.')} ${limit}: \\d+ > \\d+\\.$`),
    ),
  };
};

const TOO_LONG = {
  status: 413,
  data: undefined,
  count: 1,
  code: 'BODY_TOO_LARGE',
  limit: undefined,
  message: sentence('BODY_TOO_LARGE'),
};

/** Bodies that never become a request: the whole of it is too long. */
const isTooLong = ({ query, variables }: Sent): boolean =>
  JSON.stringify({ query, variables }).length > 256 * 1024;

describe.each([
  ['without a login', null, 0],
  ['with a login', 'T0110', 1],
] as const)('%s', (_, person, index) => {
  const ended = HOSTILE.filter(({ limit }) => limit[index] !== null);

  test.each(ended.map((hostile) => [hostile.name, hostile] as const))(
    '%s: refused, and reaches no office',
    async (_name, hostile) => {
      const limit = hostile.limit[index] as LimitName;
      // The caller is cached by now, so that what is counted is the request's own.
      await send(closed, person, { query: '{ __typename }' });
      const { result, statements } = await countStatements(() => send(closed, person, hostile));
      expect(limitOf(result)).toEqual(isTooLong(hostile) ? TOO_LONG : refusal(limit));
      expect(statements).toEqual([]);
    },
  );

  const answered = [...HOSTILE, ...DEAREST].filter(({ limit }) => limit[index] === null);
  test.each(answered.map((one) => [one.name, one] as const))(
    '%s: within every limit, so it is validated',
    async (_name, one) => {
      const { limit } = limitOf(await send(closed, person, one));
      expect(limit).toBe(undefined);
    },
  );
});

test('every limit is reached by some request of those', () => {
  const reached = new Set(HOSTILE.flatMap(({ limit }) => limit));
  const never = Object.keys(REQUEST_LIMITS).filter((name) => !reached.has(name as LimitName));
  expect(never).toEqual([]);
});

test('mistakes in variables are reported a few times, however many there are', async () => {
  const query = 'query ($f: StudentFilter) { students(filter: $f) { nodes { name } } }';
  const keys = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`k${i}`, i]));
  const answer = await college.request('T0110', query, {
    headers: { 'x-purpose': 'ADMIN_REVIEW' },
    variables: { f: keys },
  });
  expect(answer.errors?.map(({ extensions }) => extensions)).toEqual(
    Array.from({ length: 5 }, () => ({ code: 'VALIDATION' })),
  );
});

describe('limits that are only logged', () => {
  const NAMES = ['aliases', 'rootFields'] as const;
  const many = Array.from({ length: 30 }, (_, i) => `a${i}: __typename`).join(' ');

  test('the request is answered, and the log has one line a limit, without a word of it', async () => {
    const limits = { ...LIMITS_OF_ONE_CALLER, warnOnly: new Set<LimitName>(NAMES) };
    const lenient = await startGateway(await besideIt(college, issuer, { limits, log }));
    try {
      lines.splice(0);
      const { status, body } = await send(lenient, null, { query: `{ ${many} }` });
      expect([status, Object.keys((body as Answer).data ?? {}).length]).toEqual([200, 30]);
      const warned = lines.filter(({ msg }) => msg === 'a limit is exceeded');
      expect(warned).toEqual(
        NAMES.map((limit) => ({
          level: 40,
          time: expect.any(String),
          part: 'test',
          role: 'PUBLIC',
          code: 'QUERY_TOO_COSTLY',
          limit,
          size: 30,
          most: REQUEST_LIMITS[limit].anonymous,
          msg: 'a limit is exceeded',
        })),
      );
      const other = await send(lenient, null, {
        query: `{ ${'a{'.repeat(40)}x${'}'.repeat(40)} }`,
      });
      expect(limitOf(other).limit).toBe('nesting');
    } finally {
      await lenient.stop();
    }
  });

  test('what the stack cannot bear is refused all the same', async () => {
    const limits = {
      ...LIMITS_OF_ONE_CALLER,
      warnOnly: new Set(Object.keys(REQUEST_LIMITS) as LimitName[]),
    };
    const lenient = await startGateway(await besideIt(college, issuer, { limits }));
    try {
      const deep = 40_000;
      const query = `{ ${'a{'.repeat(deep)}x${'}'.repeat(deep)} }`;
      const refused = limitOf(await send(lenient, null, { query }));
      expect(refused).toEqual({
        status: 400,
        data: undefined,
        count: 1,
        code: 'QUERY_TOO_DEEP',
        limit: 'nesting',
        message: `${sentence('QUERY_TOO_DEEP')} nesting.`,
      });
      expect((await send(lenient, null, { query: '{ __typename }' })).status).toBe(200);
    } finally {
      await lenient.stop();
    }
  });
});

test('a hundred students may be named, each as often as one likes', async () => {
  const named = Array.from({ length: 99 }, (_, i) => String(2_025_020_000 + i));
  const query = `query ($n: ID!) { ${[...named, ...named.slice(0, 10)]
    .map((no, i) => `a${i}: student(studentNo: "${no}") { name }`)
    .join(' ')} b: student(studentNo: $n) { name } }`;
  const answer = await send(closed, 'T0110', { query, variables: { n: STUDENT } });
  expect(limitOf(answer).limit).toBe(undefined);
  expect((answer.body as Answer).data).toMatchObject({ b: { name: '李思源' } });
});
