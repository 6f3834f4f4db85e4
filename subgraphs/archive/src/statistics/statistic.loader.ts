import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import { readRun, wasLocked } from './evaluation-run.js';
import { sharesOf, type PublishedCell } from './share.rules.js';
import { Suppression, StatisticMetric, type StatisticCell } from './statistic-cell.entity.js';
import { TableName, TABLES } from './tables.js';

const CELLS = `
  select c.keys, c.value, c.half_width as "halfWidth", s.epsilon,
    b.yearly_epsilon as "yearlyEpsilon"
  from released_statistic c
  join privacy_spending s on s.run_id = c.run_id and s.table_name = c.table_name
  join privacy_budget b on b.table_name = c.table_name
  where c.run_id = ? and c.table_name = ? and c.group_by = ? order by c.position`;

interface Stored extends PublishedCell {
  readonly epsilon: number;
  readonly yearlyEpsilon: number;
}

/** Which table a metric is of, and whether it is its shares. */
const METRICS: Readonly<Record<StatisticMetric, readonly [TableName, 'COUNT' | 'SHARE']>> = {
  [StatisticMetric.GRADE_COUNT]: [TableName.GRADE, 'COUNT'],
  [StatisticMetric.GRADE_SHARE]: [TableName.GRADE, 'SHARE'],
  [StatisticMetric.DIMENSION_COUNT]: [TableName.DIMENSION, 'COUNT'],
  [StatisticMetric.DIMENSION_SHARE]: [TableName.DIMENSION, 'SHARE'],
  [StatisticMetric.COMMITMENT_COUNT]: [TableName.COMMITMENT, 'COUNT'],
  [StatisticMetric.COMMITMENT_SHARE]: [TableName.COMMITMENT, 'SHARE'],
  [StatisticMetric.WARNING_COUNT]: [TableName.WARNING, 'COUNT'],
  [StatisticMetric.WARNING_SHARE]: [TableName.WARNING, 'SHARE'],
};

const IS_RELEASED = `select from released_statistic where run_id = ? limit 1`;

const valueNameOf = (name: TableName): string =>
  TABLES.find((table) => table.name === name)?.parts[0]?.name ?? '';

/**
 * A table that was released of a run.
 *
 * @throws VALIDATION for a run that is not and was not LOCKED or of which nothing is released, and for a
 *         table that is not released.
 */
export async function releasedTable(
  ctx: Context,
  metric: StatisticMetric,
  groupBy: readonly string[],
  runId: string,
): Promise<StatisticCell[]> {
  if (!wasLocked(await readRun(ctx.em, runId))) throw fault('VALIDATION', 'run');
  if (!(await execute(ctx.em, IS_RELEASED, [runId])).length) throw fault('VALIDATION', 'run');
  const [table, kind] = METRICS[metric];
  const name = [...groupBy].toSorted().join(',');
  const cells = await execute<Stored>(ctx.em, CELLS, [runId, table, name]);
  if (!cells.length) throw fault('VALIDATION', 'groupBy');
  const published = kind === 'SHARE' ? sharesOf(cells, valueNameOf(table)) : cells;
  return published.map(({ keys, ...cell }) => ({
    ...cell,
    keys: [...keys],
    metric,
    suppressed: cell.value === null ? Suppression.K_ANON_SUPPRESSED : null,
  }));
}
