/** What an operator sets of the limits: read once, and refused at start when it is wrong (DOMAIN 3.1, 3.7(9)). */
import { readGatewayConfig } from '@chengxin/gateway/config';
import { LIMIT_NAMES } from '@chengxin/gateway/limits/request-limits';
import { readLimits, USUAL_LIMITS } from '@chengxin/gateway/limits/settings';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { expect, inject, test } from 'vitest';

const TRUSTED = '10.0.0.7, 10.1.0.0/16,fd00::/8';

test('settings are read, and the usual ones where nothing is said', () => {
  const { trustedProxies, ...numbers } = readLimits({
    REQUESTS_PER_ADDRESS: '60',
    TRUSTED_PROXIES: TRUSTED,
    KNOWN_OPERATIONS: 'log',
    LIMITS_WARN_ONLY: 'aliases, cost',
    STUDENTS_PER_HOUR: '50',
  });
  expect(numbers).toEqual({
    perAddress: 60,
    perSubject: 1200,
    operations: 'log',
    studentsPerHour: 50,
    warnOnly: new Set(['aliases', 'cost']),
  });
  expect(readLimits({}).warnOnly).toEqual(new Set());
  expect(readLimits({ LIMITS_WARN_ONLY: 'all' }).warnOnly).toEqual(new Set(LIMIT_NAMES));
  const request = (address: string) =>
    trustedProxies.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  expect(['10.0.0.7', '10.1.2.3', 'fd12::1'].map(request)).toEqual([true, true, true]);
  expect(['10.0.0.8', '10.2.0.1', 'fe80::1', '127.0.0.1'].map(request)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(readLimits({}).trustedProxies.rules).toEqual([]);
});

test.each(['0', '-1', '1.5', 'many', '1e3', '1000001'])(
  'a number of requests is no %j',
  (value) => {
    expect(() => readLimits({ REQUESTS_PER_SUBJECT: value })).toThrow(
      'REQUESTS_PER_SUBJECT is not a number of requests a minute, 1 to 1000000.',
    );
  },
);

test.each(['proxy.example.edu', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/', '::/0', '10.0.0.1;::1'])(
  'no proxy is trusted by %j',
  (value) => {
    expect(() => readLimits({ TRUSTED_PROXIES: value })).toThrow(
      'TRUSTED_PROXIES is not a list of addresses and networks, as 10.0.0.7,10.1.0.0/16.',
    );
  },
);

test.each(['0', 'many', '1000001'])('a number of students is no %j', (value) => {
  expect(() => readLimits({ STUDENTS_PER_HOUR: value })).toThrow(
    'STUDENTS_PER_HOUR is not a number of students, 1 to 1000000.',
  );
});

test.each(['none', 'alias', 'aliases;cost'])('no limit is named %j', (value) => {
  expect(() => readLimits({ LIMITS_WARN_ONLY: value })).toThrow(
    `LIMITS_WARN_ONLY is not a list of all, ${LIMIT_NAMES.join(', ')}.`,
  );
});

test.each(['on', 'Only', 'none'])('no level of known operations is %j', (value) => {
  expect(() => readLimits({ KNOWN_OPERATIONS: value })).toThrow(
    'KNOWN_OPERATIONS is none of off, log, only.',
  );
});

test('settings that are wrong keep the gateway from starting', async () => {
  const env = { OIDC_ISSUER: 'https://login.invalid', CHENGXIN_KEYS: inject('keys') };
  const read = (more: object) => readGatewayConfig(SUPERGRAPH_FILE, { ...env, ...more });
  expect((await read({})).limits).toEqual(USUAL_LIMITS);
  await expect(read({ REQUESTS_PER_ADDRESS: 'none' })).rejects.toThrow(
    'REQUESTS_PER_ADDRESS is not a number of requests a minute, 1 to 1000000.',
  );
});
