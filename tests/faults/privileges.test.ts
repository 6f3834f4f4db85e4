/**
 * An office that may not read its own tables answers nothing well, and says so before it is called.
 */
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { keepLog } from '../support/log-lines.js';
import { asOwner } from '../support/sql.js';
import { until } from '../support/until.js';

const { log, lines } = keepLog('warn');
let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ log });
});
afterEach(() => lines.splice(0));
afterAll(() => college.stop());

async function ready(): Promise<{ status: number; body: unknown }> {
  const url = new URL('/health/ready', college.started.addresses('finance'));
  const answer = await request(url);
  return { status: answer.statusCode, body: await answer.body.json() };
}
/** Readiness is looked at once a second. */
const becomes = (status: number) => until(async () => (await ready()).status === status);
const roleOfFinance = (): string => {
  const { databaseUrl = '' } = college.started.offices.get('finance')?.config ?? {};
  return `"${new URL(databaseUrl).username}"`;
};

test.each([
  ['one of its tables', 'select on bill', ['public.bill']],
  ['the schema of all', 'usage on schema public', expect.arrayContaining(['public.bill'])],
])(
  'an office that may not read %s is not ready, and its log says which',
  async (_, right, tables) => {
    await becomes(200);
    expect(await ready()).toEqual({ status: 200, body: { ready: true } });

    await asOwner(college, 'finance', `revoke ${right} from ${roleOfFinance()}`);
    await becomes(503);

    expect(await ready()).toEqual({ status: 503, body: { ready: false, reason: 'privileges' } });
    const msg = 'the run-time role may not read its tables';
    const [line] = lines.filter((line) => line.msg === msg);
    expect(line).toMatchObject({ part: 'finance', tables });
    await asOwner(college, 'finance', `grant ${right} to ${roleOfFinance()}`);
    await becomes(200);
  },
);
