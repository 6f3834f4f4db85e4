/** A connection to an office that is cut, and an office that is left alone (ARCHITECTURE §6). */
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { sheddingBeyond } from '@chengxin/kit/call/shed';
import { json, type HttpRequest } from '@chengxin/kit/call/http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { errorOf } from '../support/straight.js';
import { until } from '../support/until.js';

const STUDENT = '2025020415';
const NAME = '赵文博';
const QUERY = `{ student(studentNo: "${STUDENT}") { name bills { billNo } } }`;
const WHOLE = { data: { student: { name: NAME, bills: [] } } };
const WITHOUT_BILLS = {
  data: { student: { name: NAME, bills: null } },
  errors: [errorOf('SUBGRAPH_UNAVAILABLE', ['student', 'bills'])],
};

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
const servers: Server[] = [];
afterEach(async () => {
  college.divert('finance');
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => college.stop());

const request = () => college.request('T0401', QUERY);

/** Stands before finance and cuts connections, as many as it is told to. */
async function cutting(most: number): Promise<{ readonly connections: () => number }> {
  const { port } = new URL(college.started.offices.get('finance')?.url ?? '');
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    // A socket that is cut is an error at the other end alone.
    socket.on('error', () => {});
    if (connections <= most) return void socket.resetAndDestroy();
    const office = connect(Number(port), '127.0.0.1');
    office.on('error', () => socket.destroy());
    socket.on('close', () => office.destroy());
    socket.pipe(office).pipe(socket);
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  college.divert('finance', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { connections: () => connections };
}

test('a query whose connection is cut is sent once more, and no third time', async () => {
  const once = await cutting(1);
  expect(await request()).toEqual(WHOLE);
  expect(once.connections()).toBe(2);

  const twice = await cutting(2);
  expect(await request()).toEqual(WITHOUT_BILLS);
  expect(twice.connections()).toBe(2);
});

test('a mutation is sent once: whoever sends it again has the key that makes it one', async () => {
  const { connections } = await cutting(Number.MAX_SAFE_INTEGER);

  const { errors } = await college.request(
    'T0402',
    'mutation { rejectFinanceImport(id: "00000000-0000-4000-8000-000000000000", expectedVersion: 1, reason: "x", clientMutationId: "k") { ok } }',
  );

  expect(errors).toEqual([errorOf('SUBGRAPH_UNAVAILABLE', ['rejectFinanceImport'])]);
  expect(connections()).toBe(1);
});

/** Fewer than twenty requests would use up, each of them twice, if nobody left the office alone. */
const CUT = 24;

test('an office that goes on failing is left alone for a moment, and then tried again', async () => {
  const { connections } = await cutting(CUT);
  // Each of them fails twice; half of the last twenty calls are enough.
  for (let i = 0; i < 20; i++) expect(await request()).toEqual(WITHOUT_BILLS);

  const before = connections();
  expect(before).toBeLessThan(CUT);
  await until(async () => JSON.stringify(await request()) === JSON.stringify(WHOLE));
  expect(connections()).toBeGreaterThan(before);
});

test('requests beyond what a process can have under way are refused at once, with a time to come back', async () => {
  const held = Promise.withResolvers<void>();
  const route = sheddingBeyond(2, async () => {
    await held.promise;
    return json(200, {});
  });
  const send = () => Promise.resolve(route({} as HttpRequest));
  const first = [send(), send()];

  const refused = await send();
  expect(refused.status).toBe(503);
  expect(refused.headers?.['retry-after']).toBe('1');
  expect(JSON.parse(String(refused.body))).toMatchObject({
    errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
  });

  held.resolve();
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await send()).status).toBe(200);
});
