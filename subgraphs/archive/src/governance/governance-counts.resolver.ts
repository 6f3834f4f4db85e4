import type { Context } from '@chengxin/kit/call/context';
import { DAY_MS } from '@chengxin/kit/clock';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { countEntries } from '../collection/collection.loader.js';
import { qualityOf } from '../collection/collection.rules.js';
import { AnnualSummary } from './annual-summary.entity.js';
import { countSupervision, countYear } from './governance-counts.loader.js';
import { coverageOf } from './governance-counts.rules.js';
import { SupervisionCoverage } from './supervision-coverage.entity.js';

const TWELVE_MONTHS = 365 * DAY_MS;

@Resolver()
export class GovernanceCountsResolver {
  @Privacy('GOVERNANCE')
  @Query(() => [SupervisionCoverage], {
    nullable: true,
    description:
      'Which fields of operation are supervised before, during and after the event (Z2.3).',
  })
  async supervisionCoverage(@Ctx() ctx: Context): Promise<SupervisionCoverage[]> {
    return coverageOf(await countSupervision(ctx, new Date(ctx.now.getTime() - TWELVE_MONTHS)));
  }

  @Reads({ year: NO_FIELD })
  @Privacy('GOVERNANCE')
  @Query(() => AnnualSummary, {
    nullable: true,
    description: 'A year of the leading group and of the units; a unit reads its own (Z2.5).',
  })
  async annualSummary(
    @Arg('year', () => Int) year: number,
    @Ctx() ctx: Context,
  ): Promise<AnnualSummary> {
    const collection = qualityOf(await countEntries(ctx, { year }));
    return { ...(await countYear(ctx, year)), collection };
  }
}
