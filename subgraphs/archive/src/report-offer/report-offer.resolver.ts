import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { ReportOffer } from './report-offer.entity.js';
import { offersFor } from './report-offer.noun.js';

const ReportOfferConnection = connectionOf('ReportOffer', () => ReportOffer);
const LATEST_FIRST = [
  ['recordedAt', 'desc'],
  ['id', 'desc'],
] as const;

@Resolver(() => ReportOffer)
export class ReportOfferResolver {
  @Privacy('ADMINISTRATION')
  @Query(() => ReportOfferConnection, {
    nullable: true,
    description: 'Reports offered to those who graduate, the latest first.',
  })
  reportOffers(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<ReportOffer>> {
    const where = [offersFor(ctx.identity)];
    const list = { name: 'reportOffers', entity: ReportOffer, order: LATEST_FIRST };
    return page(ctx, { ...list, where, filter: null }, args);
  }
}
