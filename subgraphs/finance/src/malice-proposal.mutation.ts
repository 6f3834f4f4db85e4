import type { Context } from '@chengxin/kit/call/context';
import { type Payload, type Step } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { Arrears } from './arrears.entity.js';
import type { Bill } from './bill.entity.js';
import { bill } from './bill.noun.js';
import { MaliceProposal } from './malice-proposal.entity.js';
import { maliceProposal } from './malice-proposal.noun.js';
import { publishProposal } from './malice-proposal.publish.js';
import { proposed, type Proposal } from './malice-proposal.rules.js';

@ArgsType()
class ProposeMaliceArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Number of the bill.' })
  billNo!: string;

  @Field(() => String, { description: 'S1, S2 or S3.' })
  severity!: string;

  @Field(() => String, { description: 'Number of the document on the ability to pay.' })
  abilityDocNo!: string;

  @Field(() => String, { description: 'Number of the document on there being no proper reason.' })
  reasonDocNo!: string;
}

/** By what is owed of the bill today. */
const proposalOf =
  (proposal: Proposal): Step<MaliceProposal, Bill> =>
  async (row, act) => {
    const { billNo } = row;
    const owed = await act.follow((em) =>
      em.findOne(Arrears, { billNo }, { disableIdentityMap: true }),
    );
    return proposed(proposal)(row, owed, act);
  };

/** What finance proposes; the archive alone decides (T-01, R-MAL). */
@Resolver(() => MaliceProposal)
export class MaliceProposalMutation {
  @Changes('malice.propose', maliceProposal, 'Propose that a bill is unpaid out of malice (T-01).')
  proposeMalice(
    @Args(() => ProposeMaliceArgs) args: ProposeMaliceArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: bill, id: args.billNo };
    const step = proposalOf(args);
    return open(ctx, 'malice.propose', maliceProposal, on, args, step, publishProposal);
  }
}
