/** No call waits for the database longer than somebody waits for the call (ARCHITECTURE §6). */
import { GATEWAY_WAITS_MS } from '@chengxin/kit/call/call';
import { CALLS } from '@chengxin/kit/database/deadlines';
import { execute, forkOf, openOrm } from '@chengxin/kit/database/orm';
import { CALL_HEADER, signCall } from '@chengxin/kit/call/call';
import { rememberedFor } from '@chengxin/kit/server/health';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { Roster } from '@chengxin/kit/read/roster';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBroken } from '../support/broken-office.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { keepLog } from '../support/log-lines.js';
import { asOwner, ownerOf } from '../support/sql.js';
import { GRAPH, errorOf } from '../support/straight.js';
import { until } from '../support/until.js';

const { log, lines } = keepLog('warn');
let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00', log });
  await college.bring('finance', 'bills', [
    {
      账单编号: 'B-1',
      学号: '2025020415',
      学年: '2025-2026',
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: '2025-10-31',
    },
  ]);
});
afterEach(() => void lines.splice(0));
afterAll(() => college.stop());

const BILLS = '{ bills { nodes { billNo } } }';
const WHOLE = { data: { bills: { nodes: [{ billNo: 'B-1' }] } } };

/** Keep everybody out of a table of finance until it is opened again. */
async function shut(table: string): Promise<() => Promise<void>> {
  const owner = await ownerOf(college, 'finance');
  await owner.query(`begin; lock table ${table} in access exclusive mode`);
  return async () => {
    await owner.query('rollback');
    await owner.end();
  };
}
const waiting = async (): Promise<number> => {
  const rows = await asOwner(
    college,
    'finance',
    `select 1 from pg_locks where relation = 'bill'::regclass and not granted`,
  );
  return rows.length;
};

test('each wait of a call ends before the gateway stops waiting, and the server keeps to it', async () => {
  const { connection, lock, statement } = CALLS;
  expect(Math.max(connection, lock, statement)).toBeLessThan(GATEWAY_WAITS_MS);
  const url = college.started.offices.get('finance')?.config.databaseUrl ?? '';
  const orm = await openOrm(url, [Roster], CALLS);
  const settings = await execute(
    forkOf(orm),
    `select name, setting::int from pg_settings where name in
       ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by 1`,
  );
  await orm.close();
  expect(settings).toEqual([
    { name: 'idle_in_transaction_session_timeout', setting: CALLS.idle },
    { name: 'lock_timeout', setting: lock },
    { name: 'statement_timeout', setting: statement },
  ]);
});

test('a call that waits too long for the database is SUBGRAPH_UNAVAILABLE, and works once it is free', async () => {
  const reopen = await shut('bill');

  expect(await college.request('T0401', BILLS)).toEqual({
    data: { bills: null },
    errors: [errorOf('SUBGRAPH_UNAVAILABLE', ['bills'])],
  });

  expect(lines.map(({ part, msg, reason }) => [part, msg, reason])).toEqual([
    ['finance', 'a statement was given up', '55P03'],
  ]);
  await reopen();
  expect(await college.request('T0401', BILLS)).toEqual(WHOLE);
});

test('a call whose caller has gone cancels its statement in the database', async () => {
  const reopen = await shut('bill');
  const body = JSON.stringify({ query: BILLS });
  const identity = importer('T0401', 'FIN_CLERK', ['FIN']);
  const gateway = await readKeyring(college.keys, 'gateway');
  const signedRequest = { to: 'finance', path: GRAPH, body };
  const call = await signCall(gateway, college.clock, signedRequest, identity);
  const caller = new AbortController();
  const pending = request(new URL(GRAPH, college.started.addresses('finance')), {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CALL_HEADER]: call },
    body,
    signal: caller.signal,
  });
  await until(async () => (await waiting()) === 1);

  caller.abort();

  await expect(pending).rejects.toThrow('aborted');
  await until(async () => (await waiting()) === 0);
  await until(() => lines.length > 0);
  // Not by the time limit for locks, which would be 55P03.
  expect(lines.map(({ msg, reason }) => [msg, reason])).toEqual([
    ['a statement was given up', 'CALLER_GONE'],
  ]);
  await reopen();
  expect(await college.request('T0401', BILLS)).toEqual(WHOLE);
});

test('readiness is computed once a second, however often it is requested', async () => {
  let looks = 0;
  const office = await startBroken((_, response) => {
    looks += 1;
    response.writeHead(200).end('{}');
  });
  let now = 0;
  const ready = rememberedFor(
    1000,
    async () => (await request(office.url)).statusCode,
    () => now,
  );

  expect(await Promise.all([ready(), ready(), ready()])).toEqual([200, 200, 200]);
  now = 999;
  expect(await ready()).toBe(200);
  expect(looks).toBe(1);
  now = 1000;
  expect(await ready()).toBe(200);
  expect(looks).toBe(2);
  await office.stop();
});
