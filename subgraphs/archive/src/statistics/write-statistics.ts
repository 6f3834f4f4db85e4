/**
 * Statistics of a run: computed once, checked together, stored as they are published. Source: 3.6.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import { isLocked, readRun } from './evaluation-run.js';
import {
  cellName,
  releasedCounts,
  releasedShares,
  type CellKey,
  type GradeCount,
  type ReleasedCell,
} from './grade-table.rules.js';

/** A later change makes a derived snapshot for evaluators; figures of a run never change. */
const COUNTS = `
  select s.college, s.major_code as major, c.grade, count(*)::int as count
  from credit_snapshot c join student s on s.student_no = c.student_no
  where c.run_id = ? and c.supersedes is null
  group by s.college, s.major_code, c.grade`;

/** What was published of the last 12 months (3.6). */
const EARLIER = `
  select r.group_by as "groupBy", r.keys, r.value from released_statistic r
  join evaluation_run e on e.run_id = r.run_id
  where r.metric = 'GRADE_COUNT' and not r.suppressed and r.run_id <> ?
    and e.locked_at > ?::timestamptz - interval '12 months'`;

interface EarlierCell {
  readonly groupBy: string;
  readonly keys: readonly CellKey[];
  readonly value: number;
}

async function earlierValues(em: EntityManager, runId: string, lockedAt: Date | null) {
  const cells = await execute<EarlierCell>(em, EARLIER, [runId, lockedAt]);
  const named = Map.groupBy(cells, ({ groupBy, keys }) => cellName(groupBy, keys));
  return new Map([...named].map(([name, same]) => [name, same.map(({ value }) => value)]));
}

const PUT = `
  insert into released_statistic (run_id, metric, group_by, position, keys, value, suppressed)
  select ?, ?, v."groupBy", v.position, v.keys, v.value, v.value is null
  from jsonb_to_recordset(?::jsonb) as v("groupBy" text, position integer, keys jsonb, value integer)`;

const put = (em: EntityManager, runId: string, metric: string, cells: readonly ReleasedCell[]) =>
  execute(em, PUT, [
    runId,
    metric,
    JSON.stringify(cells.map((cell, position) => ({ ...cell, position }))),
  ]);

/**
 * Release the tables of a run, all at once and once for ever.
 *
 * @throws VALIDATION for a run that is not LOCKED; STATE_CONFLICT when they are released already.
 */
export async function releaseStatistics(em: EntityManager, runId: string): Promise<void> {
  await em.transactional(async (inner) => {
    const tx = inner as EntityManager;
    await execute(tx, `select 1 from evaluation_run where run_id = ? for update`, [runId]);
    const run = await readRun(tx, runId);
    if (!isLocked(run)) throw fault('VALIDATION', 'run');
    const known = await execute(tx, `select 1 from released_statistic where run_id = ? limit 1`, [
      runId,
    ]);
    if (known.length) throw fault('STATE_CONFLICT', 'run');
    const counts = await execute<GradeCount>(tx, COUNTS, [runId]);
    const cells = releasedCounts(counts, await earlierValues(tx, runId, run.lockedAt));
    await put(tx, runId, 'GRADE_COUNT', cells);
    await put(tx, runId, 'GRADE_SHARE', releasedShares(cells));
  });
}
