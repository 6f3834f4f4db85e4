import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { AidRound } from './aid-round.entity.js';
import { aidRoundsOf } from './aid-round.loader.js';

@Resolver(() => AidRound)
export class AidRoundResolver {
  @Reads({ academicYear: 'AidRound.academicYear' })
  @Privacy('RULES')
  @Query(() => [AidRound], {
    nullable: true,
    description: 'The aid rounds, or those of one academic year, the latest first (F-04).',
  })
  aidRounds(
    @Arg('academicYear', () => String, { nullable: true }) academicYear: string | undefined,
    @Ctx() ctx: Context,
  ): Promise<AidRound[]> {
    return aidRoundsOf(ctx, academicYear);
  }
}
