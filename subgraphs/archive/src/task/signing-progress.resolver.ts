import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { SigningProgress, signingProgress } from './signing-progress.js';

@Resolver(() => SigningProgress)
export class SigningProgressResolver {
  @Reads({ college: 'Student.college' })
  @Privacy('ACCOUNT')
  @Query(() => [SigningProgress], {
    nullable: true,
    description: 'How far the signing is in a college, by class and state (G7.2); counts alone.',
  })
  signingProgress(
    @Arg('college', () => ID, { description: 'Code of the college.' }) college: string,
    @Ctx() ctx: Context,
  ): Promise<SigningProgress[]> {
    return signingProgress(ctx, college);
  }
}
