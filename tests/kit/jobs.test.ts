/** What a day brings is done once, whatever the number of replicas (ARCHITECTURE §5). */
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { installJobs, startJobs, type Job, type RunningJobs } from '@chengxin/kit/server/jobs';
import type { RunningOffice } from '@chengxin/kit/server/office';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { keepLog } from '../support/log-lines.js';
import { asOwner } from '../support/sql.js';
import { until } from '../support/until.js';

const ERROR = 50;

let college: TestCollege;
let finance: RunningOffice;
const replicas: RunningJobs[] = [];
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  const running = college.started.offices.get('finance');
  if (!running) throw new Error('There is no finance.');
  finance = running;
});
afterEach(async () => {
  for (const replica of replicas.splice(0)) await replica.stop();
});
afterAll(() => college.stop());

/** A job of the archive's name that never falls due by itself. */
const job = (run: Job['run']): Job => ({ name: 'computeSnapshots', cron: '0 0 29 2 *', run });
const install = (jobs: readonly Job[]) =>
  installJobs({ ownerUrl: finance.config.ownerUrl, appUrl: finance.config.databaseUrl }, jobs);
const queue = (state: string) =>
  asOwner(college, 'finance', `select name, retry_count from job.job where state::text = $1`, [
    state,
  ]);

test('two replicas that start together do it once, with the clock of the office', async () => {
  const runs: string[] = [];
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const one = job(async (_, at) => {
    runs.push(at.toISOString());
    await finished;
  });
  await install([one]);
  for (let i = 0; i < 2; i += 1) replicas.push(await startJobs(finance, [one]));
  await until(() => runs.length > 0);
  finish();
  await until(async () => (await queue('completed')).length > 0);
  expect(runs).toEqual(['2026-04-12T02:00:00.000Z']);
  expect(await queue('created')).toEqual([]);
});

test('one that fails is written down, and waits to be tried again', async () => {
  const { log, lines } = keepLog();
  const failing = job(() => Promise.reject(new Error('no')));
  const config = { ...finance.config, log };
  replicas.push(await startJobs({ ...finance, config }, [failing]));
  await until(async () => (await queue('retry')).length > 0);
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([[ERROR, 'job failed']]);
});

test('none begins before it is known where the other offices answer; one that is stopped then waits', async () => {
  const { log, lines } = keepLog();
  let runs = 0;
  const one = job(async () => void (runs += 1));
  const others = Promise.withResolvers<void>();
  const config = { ...finance.config, log, othersKnown: others.promise };
  await asOwner(college, 'finance', 'delete from job.job');
  const first = await startJobs({ ...finance, config }, [one]);
  await until(async () => (await queue('active')).length > 0);
  await first.stop();
  expect([runs, (await queue('retry')).length]).toEqual([0, 1]);
  await asOwner(college, 'finance', 'delete from job.job');
  replicas.push(await startJobs({ ...finance, config }, [one]));
  await until(async () => (await queue('active')).length > 0);
  expect(runs).toBe(0);
  others.resolve();
  await until(async () => (await queue('completed')).length > 0);
  expect(runs).toBe(1);
  expect(lines.filter(({ level }) => Number(level) >= ERROR)).toEqual([]);
});

test('the role that runs it cannot change the queue itself', async () => {
  await expect(execute(forkOf(finance.orm), 'create table job.another (id int)')).rejects.toThrow(
    'permission denied for schema job',
  );
});

test('a job that the action table does not know starts nowhere (INV-19)', async () => {
  await expect(install([{ ...job(async () => {}), name: 'tidyUp' }])).rejects.toThrow(
    'The action table has no job tidyUp.',
  );
});
