import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { StatisticCell, StatisticGroup, StatisticMetric } from './statistic-cell.entity.js';
import { releasedTable } from './statistic.loader.js';

@Resolver(() => StatisticCell)
export class StatisticResolver {
  /** A released table of a LOCKED run. VALIDATION for any other run and for what is not released. */
  @Reads({
    metric: 'StatisticCell.metric',
    groupBy: 'StatisticCell.keys',
    run: 'StatisticCell.value',
  })
  @Privacy('STATISTICS')
  @Query(() => [StatisticCell], {
    nullable: true,
    description: 'A table that was released of a LOCKED run, open to everybody (3.6).',
  })
  stats(
    @Arg('metric', () => StatisticMetric) metric: StatisticMetric,
    @Arg('groupBy', () => [StatisticGroup], { description: 'None: the whole school.' })
    groupBy: StatisticGroup[],
    @Arg('run', () => String, { description: 'Number of the run: 2026H1.' }) run: string,
    @Ctx() ctx: Context,
  ): Promise<StatisticCell[]> {
    return releasedTable(ctx, metric, groupBy, run);
  }
}
