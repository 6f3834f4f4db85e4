import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { StatisticRelease } from './statistic-release.entity.js';
import { releasesFor } from './statistic-release.noun.js';

const StatisticReleaseConnection = connectionOf('StatisticRelease', () => StatisticRelease);
const LATEST_FIRST = [['runId', 'desc']] as const;

@Resolver(() => StatisticRelease)
export class StatisticReleaseResolver {
  /** The runs of which statistics are released. */
  @Privacy('STATISTICS')
  @Query(() => StatisticReleaseConnection, {
    nullable: true,
    description:
      'The releases of statistics, the latest run first; Student Affairs sees those that wait, too (3.6).',
  })
  statisticReleases(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<StatisticRelease>> {
    const where = [releasesFor(ctx.identity)];
    const list = { name: 'statisticReleases', entity: StatisticRelease, order: LATEST_FIRST };
    return page(ctx, { ...list, where, filter: null }, args);
  }
}
