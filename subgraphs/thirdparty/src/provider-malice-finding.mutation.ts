import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { requestNotice } from '@chengxin/kit/feed/notice';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { publishMalice } from './malice.publish.js';
import { ProviderMaliceFinding } from './provider-malice-finding.entity.js';
import { originOf } from './provider-malice-finding.loader.js';
import { cardOverdraft, phoneBill, providerMaliceFinding } from './provider-malice-finding.noun.js';
import { confirmed, proposedOfCard, proposedOfPhone } from './provider-malice-finding.rules.js';

@ArgsType()
class ProposeMaliceArgs extends ChangeArgs {
  @Field(() => ID, { nullable: true, description: 'Card statement that it rests on.' })
  cardOverdraftId?: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Or the phone bill, which its operator confirmed.',
  })
  phoneBillId?: string;

  @Field(() => String, { description: "Number of the provider's document." })
  docNo!: string;

  @Field(() => String, { description: 'S1 or S2 for a card, S1 for a phone (2.3).' })
  severity!: string;
}

const PROPOSE = 'providerMalice.propose';
/** The student alone reads it: no school role may read the group of the row (T-04). */
const notify = requestNotice(
  providerMaliceFinding,
  'FINDING',
  (row) => ['PENDING_CONDUCT', ...originOf(row)],
  ({ consentId }) => consentId,
);

/** Findings of providers; no school role sees or confirms one (T-04). Source: L-04, T-04. */
@Resolver(() => ProviderMaliceFinding)
export class ProviderMaliceMutation {
  @Changes(PROPOSE, providerMaliceFinding, 'Propose that a row of one’s own was malice (L-04).')
  proposeProviderMalice(
    @Args(() => ProposeMaliceArgs) args: ProposeMaliceArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { cardOverdraftId = '', phoneBillId } = args;
    const noun = providerMaliceFinding;
    if (phoneBillId !== undefined) {
      const on = { noun: phoneBill, id: phoneBillId };
      return open(ctx, PROPOSE, noun, on, args, proposedOfPhone(args), notify);
    }
    const on = { noun: cardOverdraft, id: cardOverdraftId };
    return open(ctx, PROPOSE, noun, on, args, proposedOfCard(args), notify);
  }

  @Changes('providerMalice.confirm', providerMaliceFinding, 'Confirm it as a second person.')
  confirmProviderMalice(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const noun = providerMaliceFinding;
    return change(ctx, 'providerMalice.confirm', noun, args, confirmed, ({ id }, { follow }) =>
      follow((em, now) => publishMalice(em, now, id)),
    );
  }
}
