import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, Resolver } from 'type-graphql';
import { AccessReview, ReviewConclusion } from './access-review.entity.js';
import { accessReview } from './access-review.noun.js';

@ArgsType()
class CloseReviewArgs extends RowArgs {
  @Field(() => ReviewConclusion)
  conclusion!: ReviewConclusion;
}

/** Reviews that detectors opened. Source: DOMAIN 3.6. */
@Resolver(() => AccessReview)
export class AccessReviewMutation {
  @Changes('detector.close', accessReview, 'Close a review that a detector opened.')
  closeAccessReview(
    @Args(() => CloseReviewArgs) { conclusion, ...args }: CloseReviewArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'detector.close', accessReview, args, (_, { by, now }) => ({
      conclusion,
      closedBy: by.subject,
      closedAt: now,
    }));
  }
}
