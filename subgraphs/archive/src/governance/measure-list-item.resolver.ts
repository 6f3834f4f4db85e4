import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, Query, Resolver } from 'type-graphql';
import { MeasureListItem } from './measure-list-item.entity.js';

@Resolver(() => MeasureListItem)
export class MeasureListItemResolver {
  /** Not narrowed to a unit: what stands on the list is no secret (`field-groups.csv`). */
  @Privacy('GOVERNANCE')
  @Query(() => [MeasureListItem], {
    nullable: true,
    description: 'The measures that may follow misconduct (Z5.5.1).',
  })
  measureList(@Ctx() ctx: Context): Promise<MeasureListItem[]> {
    return ctx.em.find(MeasureListItem, {}, { orderBy: { code: 'asc' } });
  }
}
