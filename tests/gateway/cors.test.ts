/** Pages of other origins read answers of the graph where the operator names them (issue 10, 1). */
import { readGatewayConfig } from '@chengxin/gateway/config';
import { readOrigins } from '@chengxin/gateway/cors';
import { startGateway, type RunningGateway } from '@chengxin/gateway/server';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { request } from 'undici';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { besideIt } from '../support/gateway-beside.js';

const PORTAL = 'https://portal.example.edu';
const STRANGER = 'https://evil.example';
const NOBODY = { issuer: 'https://nobody.invalid', audience: 'nobody' };

let college: TestCollege;
/** One that names origins, and one that names none. */
let open: RunningGateway;
let shut: RunningGateway;
beforeAll(async () => {
  college = await startCollege();
  const corsOrigins = readOrigins({ CORS_ORIGINS: `${PORTAL}, http://localhost:5173` });
  open = await startGateway(await besideIt(college, NOBODY, { corsOrigins }));
  shut = await startGateway(await besideIt(college, NOBODY));
});
afterAll(async () => {
  await open.stop();
  await shut.stop();
  await college.stop();
});

/** What a browser looks at before it lets a page read, and the status. */
async function corsOf(
  gateway: RunningGateway,
  method: 'OPTIONS' | 'POST' | 'GET',
  headers: Record<string, string>,
  { path = '/graphql', body }: { path?: string; body?: string } = {},
) {
  const answer = await request(`${gateway.origin}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  });
  await answer.body.dump();
  const cors = Object.entries(answer.headers).filter(
    ([name]) => name.startsWith('access-control-') || name === 'vary',
  );
  return { status: answer.statusCode, ...Object.fromEntries(cors) };
}

const PREFLIGHT = { 'access-control-request-method': 'POST' };
const QUESTION = { body: JSON.stringify({ query: '{ codeSets(name: "sex") { name } }' }) };
const READS = (origin: string) => ({
  vary: 'Origin',
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'retry-after, x-request-id',
});

test.each([PORTAL, 'http://localhost:5173'])(
  'a page of %s may request and read',
  async (origin) => {
    expect(await corsOf(open, 'OPTIONS', { origin, ...PREFLIGHT })).toEqual({
      status: 204,
      ...READS(origin),
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers':
        'authorization, content-type, x-role, x-purpose, x-case, x-reference, x-report-token, x-dry-run',
      'access-control-max-age': '600',
    });
    expect(await corsOf(open, 'POST', { origin }, QUESTION)).toEqual({
      status: 200,
      ...READS(origin),
    });
  },
);

test.each([
  ['that is no JSON', 400, {}, '{'],
  ['of nobody', 401, { authorization: 'Bearer no.token' }, QUESTION.body],
  ['that is too large', 413, {}, 'x'.repeat(300 * 1024)],
])('a page learns why a request %s is refused', async (_, status, headers, body) => {
  expect(await corsOf(open, 'POST', { origin: PORTAL, ...headers }, { body })).toEqual({
    status,
    ...READS(PORTAL),
  });
});

test.each([
  STRANGER,
  'null',
  `${PORTAL}.evil.example`,
  `${PORTAL}:8443`,
  PORTAL.replace('https', 'http'),
  PORTAL.toUpperCase(),
  '*',
])('a page of %s may neither request nor read', async (origin) => {
  expect(await corsOf(open, 'OPTIONS', { origin, ...PREFLIGHT })).toEqual({
    status: 204,
    vary: 'Origin',
  });
  expect(await corsOf(open, 'POST', { origin }, QUESTION)).toEqual({ status: 200, vary: 'Origin' });
});

test('who is no page is answered as ever, and the answer says to caches that it depends', async () => {
  expect(await corsOf(open, 'POST', {}, QUESTION)).toEqual({ status: 200, vary: 'Origin' });
});

test.each([
  ['GET', '/health/live', 200],
  ['OPTIONS', '/health/live', 405],
  ['OPTIONS', '/authority', 405],
  ['GET', '/nothing', 404],
] as const)('the graph alone answers preflight requests: %s %s', async (method, path, status) => {
  expect(await corsOf(open, method, { origin: PORTAL, ...PREFLIGHT }, { path })).toEqual({
    status,
  });
});

test('without origins there is no preflight, and no answer speaks of them', async () => {
  expect(await corsOf(shut, 'OPTIONS', { origin: PORTAL, ...PREFLIGHT })).toEqual({ status: 405 });
  expect(await corsOf(shut, 'POST', { origin: PORTAL }, QUESTION)).toEqual({ status: 200 });
});

test('the setting is read, and nothing is named by an empty one', () => {
  expect(readOrigins({ CORS_ORIGINS: `${PORTAL},, http://[::1]:5173 ` })).toEqual(
    new Set([PORTAL, 'http://[::1]:5173']),
  );
  expect([readOrigins({}), readOrigins({ CORS_ORIGINS: '' })]).toEqual([new Set(), new Set()]);
});

test.each([
  '*',
  'null',
  'https://*.example.edu',
  'portal.example.edu',
  `${PORTAL}/`,
  `${PORTAL}/app`,
  `${PORTAL}:443`,
  'https://Portal.example.edu',
  'https://user@portal.example.edu',
  'file:///srv/page.html',
])('a gateway does not start with an origin %s', async (one) => {
  const env = { CHENGXIN_KEYS: inject('keys'), OIDC_ISSUER: NOBODY.issuer };
  const starting = readGatewayConfig(SUPERGRAPH_FILE, { ...env, CORS_ORIGINS: `${PORTAL},${one}` });
  await expect(starting).rejects.toThrow(
    `CORS_ORIGINS: ${one} is no exact origin, as https://portal.example.edu (no path, no *).`,
  );
});

test.each([
  ['/files', 'POST', 'POST'],
  ['/files/0b0c0000-0000-4000-8000-000000000001', 'GET', 'GET'],
  ['/reports/0b0c0000-0000-4000-8000-000000000001', 'POST', 'POST'],
  ['/exports', 'POST', 'POST'],
  ['/exports/my-archive', 'GET', 'GET'],
  ['/exports/0b0c0000-0000-4000-8000-000000000001', 'GET', 'GET'],
  ['/imports/finance/bills', 'POST', 'GET, POST'],
  ['/imports/0b0c0000-0000-4000-8000-000000000001/rejected.csv', 'GET', 'GET, POST'],
] as const)(
  '%s may be asked by %s from the same pages (F-13, F-14)',
  async (path, method, methods) => {
    const asked = { origin: PORTAL, 'access-control-request-method': method };
    expect(await corsOf(open, 'OPTIONS', asked, { path })).toMatchObject({
      status: 204,
      ...READS(PORTAL),
      'access-control-allow-methods': methods,
    });
    expect(await corsOf(open, method, { origin: PORTAL }, { path })).toEqual({
      status: 401,
      ...READS(PORTAL),
    });
    expect(await corsOf(open, 'OPTIONS', { ...asked, origin: STRANGER }, { path })).toEqual({
      status: 204,
      vary: 'Origin',
    });
  },
);
