import type { Context } from '@chengxin/kit/call/context';
import { placesBelow } from '@chengxin/kit/disclosure/selection';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { openStudent } from '../student/student.loader.js';
import { CreditLoop } from './credit-loop.entity.js';
import { loopItems } from './credit-loop.loader.js';
import { linksAmong } from './credit-loop.rules.js';

@Resolver(() => CreditLoop)
export class CreditLoopResolver {
  /**
   * Commitment → report → evaluation → supervision → sanction → repair, as links of two items, so that
   * it is walked both ways. Both sides of a link are rows that the caller reads. Source: Z2.2.
   */
  @Reads({ studentNo: NO_FIELD })
  @Privacy('IDENTITY')
  @Query(() => [CreditLoop], {
    nullable: true,
    description:
      'The closed loop of a student: links between items that the caller reads, of the stages that are selected (Z2.2).',
  })
  async creditLoop(
    @Arg('studentNo', () => ID) named: string,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CreditLoop[]> {
    const { studentNo } = await openStudent(ctx, named);
    const selected = new Set(placesBelow(info).map(([, field]) => field));
    const links = linksAmong(await loopItems(ctx, studentNo, selected));
    return links.map((link) => ({ ...link, studentNo }));
  }
}
