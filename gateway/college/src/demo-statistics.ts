/**
 * The demo college has a locked run of the half-year that is over, and two people of Student Affairs
 * release its statistics. A run takes weeks of notices, so it is put there like the rest of the past; the
 * release is made as in any college.
 */
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { College } from './college.js';
import { asPerson, requireDone, type Done } from './demo-request.js';
import { OFFICE_PEOPLE } from './office-people.js';

const RULE_SET = 'CR-2026.1';

/** The half-year that is over at an instant: H1 ends with July, H2 with January. */
function halfYearBefore(now: Date): { readonly runId: string; readonly endsOn: string } {
  const [year = 0, month = 0] = dayOf(now).split('-').map(Number);
  if (month === 1) return { runId: `${year - 1}H1`, endsOn: `${year - 1}-07-31` };
  return month > 7
    ? { runId: `${year}H1`, endsOn: `${year}-07-31` }
    : { runId: `${year - 1}H2`, endsOn: `${year}-01-31` };
}

const RUN = `
  insert into evaluation_run (run_id, period, rule_set, cut_off_at, kind, state, locked_at, recorded_by,
    recorded_at, approved_by, approved_at)
  select ?, ?, ?, e, 'OFFICIAL', 'LOCKED', e, ?, e, ?, e from (select ?::timestamptz as e) ended
  on conflict (run_id) do nothing`;

const SNAPSHOTS = `
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view, run_id)
  select distinct on (s.student_no) s.student_no, s.rule_set, 'OFFICIAL', ?::date, r.cut_off_at, 'CONFIRMED',
    s.grade, s.level, s.score_excluding_disputed, s.school_view, s.full_view, r.run_id
  from credit_snapshot s cross join evaluation_run r
  where r.run_id = ? and s.kind = 'PROVISIONAL'
    and not exists (select from credit_snapshot o where o.run_id = r.run_id)
  order by s.student_no, s.seq desc`;

/**
 * Results of terms that were over by then stood when the run was made. The demo brings them in today, so
 * that a release of that day would know none of them.
 */
const STOOD_BY_THEN = `
  update academic_summary set recorded_at = ?, approved_at = ? where approved_at > ?::timestamptz`;

const KNOWN = '{ statisticReleases(first: 20) { nodes { runId state version } } }';
const PAYLOAD = '{ ok errors { message } release: statisticRelease { runId state version } }';
const PREPARE = `mutation ($request: ID!, $run: ID!) {
  done: prepareStatistics(clientMutationId: $request, run: $run, reason: "半年统计") ${PAYLOAD} }`;
const RELEASE = `mutation ($request: ID!, $run: ID!, $version: Int!) {
  done: releaseStatistics(clientMutationId: $request, id: $run, expectedVersion: $version,
    reason: "核对无误") ${PAYLOAD} }`;

interface Release {
  readonly runId: string;
  readonly state: string;
  readonly version: number;
}
interface Taken {
  readonly done: Done & { readonly release: Release };
}

function releaseOf({ done }: Taken): Release {
  requireDone('The statistics', done);
  return done.release;
}

const officeOf = (started: College['started'], name: string) => {
  const office = started.offices.get(name);
  if (!office) throw new Error(`The office ${name} has not started.`);
  return office;
};

/** Put the locked run of the half-year that is over where it would be, with what it rests on. */
export async function putDemoRun(started: College['started'], now: Date): Promise<string> {
  const [clerk = '', reviewer = ''] = OFFICE_PEOPLE['archive'] ?? [];
  const { runId, endsOn } = halfYearBefore(now);
  const ended = `${endsOn}T23:59:59+08:00`;
  const academics = forkOf(officeOf(started, 'academics').orm);
  await execute(academics, STOOD_BY_THEN, [ended, ended, ended]);
  const archive = forkOf(officeOf(started, 'archive').orm);
  await execute(archive, RUN, [runId, runId, RULE_SET, clerk, reviewer, ended]);
  await execute(archive, SNAPSHOTS, [endsOn, runId]);
  return runId;
}

/**
 * Release the statistics of the half-year that is over. What a torn seeding left is gone on with.
 *
 * @throws Error when the release is refused.
 */
export async function releaseDemoStatistics(
  { gateway: { url }, started }: College,
  tokenOf: (person: string) => Promise<string>,
  now: Date,
): Promise<void> {
  const [clerk = '', reviewer = ''] = OFFICE_PEOPLE['archive'] ?? [];
  const runId = await putDemoRun(started, now);
  const first = asPerson(url, await tokenOf(clerk));
  const second = asPerson(url, await tokenOf(reviewer));
  interface Known {
    readonly statisticReleases: { readonly nodes: readonly Release[] };
  }
  const { statisticReleases: known } = await first<Known>(KNOWN);
  const found = known.nodes.find((release) => release.runId === runId);
  const { state, version } = found ?? releaseOf(await first<Taken>(PREPARE, { run: runId }));
  if (state === 'PREPARED') releaseOf(await second<Taken>(RELEASE, { run: runId, version }));
}
