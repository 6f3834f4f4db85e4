import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { equalClauses } from '@chengxin/kit/read/roster';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { AccessReview, AccessReviewState } from './access-review.entity.js';
import { auditAlone } from './access-review.noun.js';

const AccessReviewConnection = connectionOf('AccessReview', () => AccessReview);
const LATEST_FIRST = [
  ['openedAt', 'desc'],
  ['id', 'desc'],
] as const;

@Resolver(() => AccessReview)
export class AccessReviewResolver {
  @Reads({ state: 'AccessReview.state' })
  @Privacy('OPERATION_LOG')
  @Query(() => AccessReviewConnection, {
    nullable: true,
    description: 'What detectors found, the latest first; an audit alone finds any (D-01 … D-06).',
  })
  accessReviews(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('state', () => AccessReviewState, { nullable: true }) state: AccessReviewState | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<AccessReview>> {
    const where = [...equalClauses({ state }, ['state']), auditAlone(ctx.identity)];
    const list = { name: 'accessReviews', entity: AccessReview, order: LATEST_FIRST };
    return page(ctx, { ...list, where, filter: state }, args);
  }
}
