import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver } from 'type-graphql';
import { CATALOGUE } from '../rules/catalogue-item.loader.js';
import { ArchiveCount, ArchiveOverview, type ArchiveUnit } from './archive-overview.entity.js';
import { countArchives, countUnits, type UnitCounts } from './archive-overview.loader.js';
import { qualityOf } from './collection.rules.js';

const unitOf = (counts: UnitCounts): ArchiveUnit => ({
  ...counts,
  catalogueItems: CATALOGUE.filter(({ providerOffice }) => providerOffice === counts.office).length,
  quality: qualityOf(counts),
});

@Resolver(() => ArchiveOverview)
export class ArchiveOverviewResolver {
  @Reads({ year: NO_FIELD })
  @Privacy('COLLECTION')
  @Query(() => ArchiveOverview, {
    nullable: true,
    description:
      'How the archives of the school stand, unit by unit; of this year, or another (G5.1).',
  })
  async archiveOverview(
    @Arg('year', () => Int, { nullable: true }) year: number | undefined,
    @Ctx() ctx: Context,
  ): Promise<ArchiveOverview> {
    const { today } = ctx;
    const units = await countUnits(ctx, year ?? Number(today.slice(0, 4)));
    return { asOf: today, units: units.map(unitOf) };
  }

  @FieldResolver(() => [ArchiveCount], {
    nullable: true,
    description: 'Of the whole school, for those who see every unit; else none.',
  })
  archives(@Ctx() ctx: Context): Promise<ArchiveCount[] | null> {
    return countArchives(ctx);
  }
}
