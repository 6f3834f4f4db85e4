/** What an official run of many students takes: computing, its notices, and the replay of its day. */
import type { College } from '@chengxin/college/college';
import { computeRun } from '@chengxin/archive/run/compute-run.job';
import { sendSelfNotices } from '@chengxin/archive/run/send-self-notices.job';
import { replayDay } from '@chengxin/archive/credit/replay';
import { digestOfRules, readRuleSet } from '@chengxin/archive/credit/rule-set';
import { forkOf } from '@chengxin/kit/database/orm';
import pg from 'pg';
import { addStudents, type Sql } from '../support/many-students.js';

const RUN = 'BENCH';
const ON = '2026-01-31';

const PLAN = `
  insert into evaluation_run (run_id, period, rule_set, rule_set_sha256, cut_off_at, kind, state,
    recorded_by, recorded_at)
  values ('2025H2-${RUN}', '2025H2', 'CR-2026.1', $1, '${ON}T15:59:59Z', 'OFFICIAL', 'COMPUTING',
    'T0001', now())`;
const CONFIRMED = `
  update evaluation_run set state = 'COLLEGE_CONFIRMED' where run_id = '2025H2-${RUN}'`;
const DONE = `select count(*)::int as count from credit_snapshot where run_id = '2025H2-${RUN}'`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** On a college that has its demo, with so many students beside it. */
export async function* runFigures(college: College, students: number): AsyncGenerator<string> {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('The archive is not running.');
  const client = new pg.Client({ connectionString: archive.config.ownerUrl });
  await client.connect();
  const sql: Sql = (text, ...values) => client.query(text, values);
  try {
    await addStudents(sql, students);
    await sql('analyze');
    await sql(PLAN, digestOfRules(readRuleSet('CR-2026.1')));
    const now = archive.config.clock.now();
    const computing = await timed(() => computeRun.run(archive, now));
    const { rows } = await client.query<{ count: number }>(DONE);
    yield `a run of ${rows[0]?.count} students: ${computing.toFixed(1)} s`;
    await sql(CONFIRMED);
    const notices = await timed(() => sendSelfNotices.run(archive, now));
    yield `their notices, as far as they are sent: ${notices.toFixed(1)} s`;
    const replaying = await timed(() => replayDay(forkOf(archive.orm), now, ON));
    yield `the replay of its day: ${replaying.toFixed(1)} s`;
  } finally {
    await client.end();
  }
}
