import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { post } from '../support/post.js';
import { ownerOf } from '../support/sql.js';
import { until } from '../support/until.js';

let college: TestCollege;
beforeEach(async () => {
  college = await startCollege();
});
afterEach(() => college.stop());

const BILLS = '{ bills { nodes { billNo } } }';
const NO_BILLS = { data: { bills: { nodes: [] } } };

/** Run something while finance waits for its own table, and until it has it again. */
async function whileFinanceWaits(send: () => Promise<unknown>, meanwhile: () => Promise<void>) {
  const holder = await ownerOf(college, 'finance');
  await holder.query('begin');
  await holder.query('lock table bill in access exclusive mode');
  const pending = send();
  await until(async () => {
    const { rows } = await holder.query(
      `select from pg_locks where not granted and relation = 'bill'::regclass`,
    );
    return rows.length > 0;
  });
  await meanwhile();
  await holder.query('commit');
  await holder.end();
  return pending;
}

test('what is under way is answered while gateway and office stop, and nothing new is taken', async () => {
  const finance = college.started.offices.get('finance');
  const stopped: Promise<void>[] = [];

  const answer = await whileFinanceWaits(
    () => college.request('T0401', BILLS),
    async () => {
      stopped.push(college.gateway.stop(), finance?.stop() ?? Promise.resolve());

      const body = JSON.stringify({ query: BILLS });
      await expect(post(college.gateway.url, body)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    },
  );

  expect(answer).toEqual(NO_BILLS);
  await Promise.all(stopped);
});

test('to stop twice is to stop once', async () => {
  const stopped = [college.gateway, ...college.started.offices.values()].map(async (part) => {
    await Promise.all([part.stop(), part.stop()]);
    return part.stop();
  });

  expect(await Promise.all(stopped)).toEqual(stopped.map(() => undefined));
});

test('nothing is left open', async () => {
  const resources = () =>
    process.getActiveResourcesInfo().filter((name) => /TCP/.test(name)).length;
  await college.stop();
  const before = resources();

  college = await startCollege();
  expect(await college.request('T0401', BILLS)).toEqual(NO_BILLS);
  await college.stop();

  await until(() => resources() <= before);
});
