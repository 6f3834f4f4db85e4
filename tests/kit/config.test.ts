/** What a part needs before it starts, and what it refuses (docs/decisions/0016). */
import { readGatewayConfig } from '@chengxin/gateway/config';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { readOfficeConfig, readWorkConfig } from '@chengxin/kit/server/config';
import { expect, inject, test } from 'vitest';

const USUAL_PORT = 4103;
const APP = 'postgres://finance_app:a@127.0.0.1/finance';
const OWNER = 'postgres://finance_owner:o@127.0.0.1/finance';

const settings = (more: Record<string, string> = {}) => ({
  CHENGXIN_KEYS: inject('keys'),
  FINANCE_DATABASE_URL: APP,
  ...more,
});
const messageOf = (starting: Promise<unknown>): Promise<string> =>
  starting.then(
    () => 'starts',
    (error: Error) => error.message,
  );

test('an office starts with an owner of its database who does not serve', async () => {
  const config = readOfficeConfig(
    'finance',
    USUAL_PORT,
    settings({ FINANCE_OWNER_DATABASE_URL: OWNER }),
  );
  expect(await config).toMatchObject({ databaseUrl: APP, ownerUrl: OWNER, port: USUAL_PORT });
});

test.each([
  ['without an owner', {}, 'Set FINANCE_OWNER_DATABASE_URL; see .env.example.'],
  [
    'whose run-time role would own its logs',
    { FINANCE_OWNER_DATABASE_URL: APP },
    'FINANCE_OWNER_DATABASE_URL names the role of FINANCE_DATABASE_URL: who serves would own its logs.',
  ],
])('an office %s does not start (INV-12)', async (_, more, message) => {
  expect(await messageOf(readOfficeConfig('finance', USUAL_PORT, settings(more)))).toBe(message);
});

test('a command of an office needs no owner', async () => {
  expect(await readWorkConfig('finance', settings())).not.toHaveProperty('ownerUrl');
});

test.each([
  [{}, false],
  [{ NODE_ENV: 'development' }, false],
  [{ NODE_ENV: 'test', CHENGXIN_MODE: '' }, false],
  [{ CHENGXIN_MODE: 'production' }, false],
  [{ CHENGXIN_MODE: 'Development' }, false],
  [{ CHENGXIN_MODE: 'development', NODE_ENV: 'production' }, true],
])('with %o a gateway publishes its schema: %s (3.7(9))', async (mode, introspection) => {
  const env = { CHENGXIN_KEYS: inject('keys'), OIDC_ISSUER: 'https://login.example.edu', ...mode };
  expect(await readGatewayConfig(SUPERGRAPH_FILE, env)).toMatchObject({ introspection });
});

test.each([
  [{}, ['FULLTIME_JUNIOR']],
  [{ STUDENT_SCOPES: '' }, ['FULLTIME_JUNIOR']],
  [
    { STUDENT_SCOPES: 'FULLTIME_JUNIOR, FULLTIME_UNDERGRAD' },
    ['FULLTIME_JUNIOR', 'FULLTIME_UNDERGRAD'],
  ],
])('with %o the measures apply to %o (G22)', async (more, studentScopes) => {
  expect(await readWorkConfig('finance', settings(more))).toMatchObject({ studentScopes });
});

test('a kind of study that is none stops the start, by its name', async () => {
  const starting = readWorkConfig('finance', settings({ STUDENT_SCOPES: 'full-time' }));
  expect(await messageOf(starting)).toBe('STUDENT_SCOPES: full-time is no kind of study.');
});
