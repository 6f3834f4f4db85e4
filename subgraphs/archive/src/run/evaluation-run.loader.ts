/** Runs and how far they are. Source: DOMAIN 2.4, 4.8. */
import { mayAct } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import DataLoader from 'dataloader';
import { ownUnit } from '../org/scope.loader.js';
import { EvaluationRun } from './evaluation-run.entity.js';
import { EvaluationRunPart } from './evaluation-run-part.entity.js';
import type { Locking, Waiting } from './evaluation-run.rules.js';

/** Every run, or those of one semester, the latest first: a few a year. */
export const runsOf = (ctx: Context, period: string | undefined): Promise<EvaluationRun[]> =>
  ctx.em.find(EvaluationRun, period ? { period } : {}, {
    orderBy: { cutOffAt: 'desc', recordedAt: 'desc', runId: 'desc' },
  });

const partsBatch = (ctx: Context) => async (runIds: readonly string[]) => {
  const own = await ownUnit(ctx, 'ADMINISTRATION', 'orgCode');
  const where = { $and: [{ runId: { $in: [...runIds] } }, ...own] };
  const parts = await ctx.em.find(EvaluationRunPart, where, { orderBy: { orgCode: 'asc' } });
  const byRun = Map.groupBy(parts, ({ runId }) => runId);
  return runIds.map((runId) => byRun.get(runId) ?? []);
};

/** The parts of a run that lie in the caller's units. */
export const partsOf = (ctx: Context): DataLoader<string, EvaluationRunPart[]> =>
  ctx.loader(partsBatch, () => new DataLoader(partsBatch(ctx)));

/** Snapshots `s` of runs that stand: the last of each chain. */
export const STANDING = `
  not exists (select from credit_snapshot d where d.supersedes = s.snapshot_id)`;

/** Whether the college has confirmed what a snapshot `s` says, under this number or another. */
const OF_COLLEGE = `
  exists (select from grade_confirmation g
    join credit_snapshot c on c.snapshot_id = g.snapshot_id
    where g.student_no = s.student_no and g.level = 'COLLEGE'
      and c.grade = s.grade and c.school_view = s.school_view)`;

/** Grades that wait, by run and college; few of a run are C or D. */
const WAITING = `
  select s.run_id as "runId", t.college, count(*)::int as "forAnybody",
    (count(*) filter (where not ${OF_COLLEGE}))::int as "forCollege"
  from credit_snapshot s join student t on t.student_no = s.student_no
  where s.run_id = any(?::text[]) and s.state = 'PENDING' and ${STANDING}
  group by s.run_id, t.college`;

interface Found extends Waiting {
  readonly runId: string;
  readonly college: string;
}

const NONE: Waiting = { forCollege: 0, forAnybody: 0 };

const waitingIn = (em: EntityManager, runIds: readonly string[]): Promise<Found[]> =>
  execute<Found>(em, WAITING, [runIds]);

/** What waits in the part of a college. */
export async function waitingOfPart(
  em: EntityManager,
  { runId, orgCode }: Pick<EvaluationRunPart, 'runId' | 'orgCode'>,
): Promise<Waiting> {
  const found = await waitingIn(em, [runId]);
  return found.find(({ college }) => college === orgCode) ?? NONE;
}

const waitingBatch =
  (ctx: Context) =>
  async (parts: readonly EvaluationRunPart[]): Promise<(Waiting | null)[]> => {
    // Who confirms no grades learns of none that waits, not even how many (2.4).
    if (!mayAct(ctx.identity.role, 'grade.confirm')) return parts.map(() => null);
    const found = await waitingIn(ctx.em, [...new Set(parts.map(({ runId }) => runId))]);
    const byPart = new Map(found.map((one) => [`${one.runId} ${one.college}`, one]));
    return parts.map(({ runId, orgCode }) => byPart.get(`${runId} ${orgCode}`) ?? NONE);
  };

/** How many grades of a part wait, for those who confirm them. */
export const waitingOf = (ctx: Context): DataLoader<EvaluationRunPart, Waiting | null> =>
  ctx.loader(waitingBatch, () => new DataLoader(waitingBatch(ctx)));

const LATER = `
  select run_id as "runId" from evaluation_run
  where kind = ? and state = 'LOCKED' and cut_off_at > ?::timestamptz limit 1`;

/** The number of a run of a later day that is locked: one of this day never will be. */
export async function laterLocked(
  em: EntityManager,
  { kind, cutOffAt }: Pick<EvaluationRun, 'kind' | 'cutOffAt'>,
): Promise<string | undefined> {
  const [later] = await execute<{ runId: string }>(em, LATER, [kind, cutOffAt]);
  return later?.runId;
}

/** What stands against locking a run. */
export async function lockingOf(em: EntityManager, run: EvaluationRun): Promise<Locking> {
  const waiting = await waitingIn(em, [run.runId]);
  const sum = (of: (one: Waiting) => number) => waiting.reduce((all, one) => all + of(one), 0);
  return {
    forCollege: sum(({ forCollege }) => forCollege),
    forAnybody: sum(({ forAnybody }) => forAnybody),
    laterRun: await laterLocked(em, run),
  };
}

const WAITS_UNTIL = `
  select subject_id as "runId", waits_until::text as "waitsUntil" from notice_standing
  where subject_type = 'EvaluationRun' and kind = 'SELF_NOTICE' and subject_id = any(?::text[])`;

/** The day until which the students of runs have time to answer. */
export async function waitsUntilOf(
  em: EntityManager,
  runs: readonly EvaluationRun[],
): Promise<(string | undefined)[]> {
  const runIds = runs.map(({ runId }) => runId);
  const found = await execute<{ runId: string; waitsUntil: string }>(em, WAITS_UNTIL, [runIds]);
  const byRun = new Map(found.map((one) => [one.runId, one.waitsUntil]));
  return runIds.map((runId) => byRun.get(runId));
}

/** Runs of a semester that there are. */
export async function countRuns(em: EntityManager, period: string): Promise<number> {
  const sql = 'select count(*)::int as count from evaluation_run where period = ?';
  const [row] = await execute<{ count: number }>(em, sql, [period]);
  return row?.count ?? 0;
}

/** Who has confirmed parts of each of some runs. */
export async function confirmersOf(
  em: EntityManager,
  runIds: readonly string[],
): Promise<string[][]> {
  const sql = `select distinct run_id as "runId", confirmed_by as "by" from evaluation_run_part
    where run_id = any(?::text[]) and confirmed_by is not null`;
  const found = await execute<{ runId: string; by: string }>(em, sql, [runIds]);
  const people = Map.groupBy(found, ({ runId }) => runId);
  return runIds.map((id) => (people.get(id) ?? []).map(({ by }) => by));
}

/**
 * Whether the parts of a run are confirmed but for one. The run is locked first: of two colleges that
 * confirm at the same instant the second sees what the first has done.
 */
export async function isLastPart(
  em: EntityManager,
  { id, runId }: Pick<EvaluationRunPart, 'id' | 'runId'>,
): Promise<boolean> {
  await execute(em, 'select from evaluation_run where run_id = ? for no key update', [runId]);
  const sql = `select from evaluation_run_part
    where run_id = ? and id <> ?::uuid and state = 'COMPUTED' limit 1`;
  return (await execute(em, sql, [runId, id])).length === 0;
}
