import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import { isLocked, readRun } from './evaluation-run.js';
import { Suppression, type StatisticCell, type StatisticMetric } from './statistic-cell.entity.js';

const CELLS = `
  select metric, keys, value, suppressed from released_statistic
  where run_id = ? and metric = ? and group_by = ? order by position`;

interface Stored extends Omit<StatisticCell, 'suppressed'> {
  readonly suppressed: boolean;
}

/**
 * A table that was released of a run.
 *
 * @throws VALIDATION for a run that is not LOCKED, and for a table that is not released.
 */
export async function releasedTable(
  ctx: Context,
  metric: StatisticMetric,
  groupBy: readonly string[],
  runId: string,
): Promise<StatisticCell[]> {
  if (!isLocked(await readRun(ctx.em, runId))) throw fault('VALIDATION', 'run');
  const name = [...groupBy].toSorted().join(',');
  const cells = await execute<Stored>(ctx.em, CELLS, [runId, metric, name]);
  if (!cells.length) throw fault('VALIDATION', 'groupBy');
  return cells.map((cell) => ({
    ...cell,
    suppressed: cell.suppressed ? Suppression.K_ANON_SUPPRESSED : null,
  }));
}
