import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { unknownOrgs } from '../org/org.loader.js';
import { AidRound } from './aid-round.entity.js';
import { aidRound } from './aid-round.noun.js';
import { closedRound, opened } from './aid-round.rules.js';

@ArgsType()
class OpenAidRoundArgs extends ChangeArgs {
  @Field(() => ID, {
    description: 'What `x-reference` names with purpose AID_REVIEW from then on.',
  })
  roundId!: string;

  @Field(() => String, { description: 'Academic year, 2025-2026.' })
  academicYear!: string;

  @Field(() => [ID], { description: 'Orgs whose students it is for, with all below them.' })
  orgCodes!: string[];

  @Field(() => Instant, { nullable: true, description: 'From when; now, when nothing is said.' })
  opensAt?: string;

  @Field(() => Instant, { description: 'End, not included; 120 days later at most.' })
  closesAt!: string;
}

/** Rounds of aid (资助轮次): hardship is read inside one alone. Source: F-04, G9.4. */
@Resolver(() => AidRound)
export class AidRoundMutation {
  @Changes('aidRound.open', aidRound, 'Open a round of aid for some orgs and a window of time.')
  openAidRound(
    @Args(() => OpenAidRoundArgs) args: OpenAidRoundArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return make(ctx, 'aidRound.open', aidRound, args, async ({ now, follow }) =>
      opened(args, await follow((em) => unknownOrgs(em, args.orgCodes)), now),
    );
  }

  @Changes('aidRound.close', aidRound, 'Close a round of aid before its end.')
  closeAidRound(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'aidRound.close', aidRound, args, closedRound);
  }
}
