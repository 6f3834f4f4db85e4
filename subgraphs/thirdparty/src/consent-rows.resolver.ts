import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { CardOverdraft } from './card-overdraft.entity.js';
import { cardOverdraftRows } from './card-overdraft.loader.js';
import { ownConsent, rowsUnder } from './consent.loader.js';
import { LoanPerformance } from './loan-performance.entity.js';
import { loanPerformanceRows } from './loan-performance.loader.js';
import { PhoneBill } from './phone-bill.entity.js';
import { phoneBillRows } from './phone-bill.loader.js';
import { ProviderMaliceFinding } from './provider-malice-finding.entity.js';
import { providerMaliceRows } from './provider-malice-finding.loader.js';

/** What a provider holds of a person whom it knows by the consent alone. Source: T-04, note 6. */
@ObjectType({
  description: 'What a provider holds of a person whom it knows by the consent alone.',
})
class ConsentRows {
  consentId!: string;
  studentNo!: string;
}

@Resolver(() => ConsentRows)
export class ConsentRowsResolver {
  @Reads({ consentId: 'Consent.consentId' })
  @Privacy('CONSENTS', { own: true })
  @Query(() => ConsentRows, {
    nullable: true,
    description:
      "Rows under a consent of the provider's own; NOT_FOUND when it is not in force (T-04).",
  })
  consentRows(
    @Arg('consentId', () => ID, { description: 'The consent that the person handed over.' })
    consentId: string,
    @Ctx() ctx: Context,
  ): Promise<ConsentRows> {
    return ownConsent(ctx, consentId);
  }

  @Privacy('CARD_OVERDRAFTS')
  @FieldResolver(() => [CardOverdraft], { nullable: true, description: 'Card statements.' })
  cardOverdrafts(
    @Root() { consentId }: ConsentRows,
    @Ctx() ctx: Context,
  ): Promise<CardOverdraft[]> {
    return rowsUnder(ctx, cardOverdraftRows, consentId);
  }

  @Privacy('PHONE_BILLS')
  @FieldResolver(() => [PhoneBill], { nullable: true, description: 'Phone bills.' })
  phoneBills(@Root() { consentId }: ConsentRows, @Ctx() ctx: Context): Promise<PhoneBill[]> {
    return rowsUnder(ctx, phoneBillRows, consentId);
  }

  @Privacy('LOAN_PERFORMANCE')
  @FieldResolver(() => [LoanPerformance], { nullable: true, description: 'Months of repayment.' })
  loanPerformance(
    @Root() { consentId }: ConsentRows,
    @Ctx() ctx: Context,
  ): Promise<LoanPerformance[]> {
    return rowsUnder(ctx, loanPerformanceRows, consentId);
  }

  @Privacy('PENDING_CONDUCT')
  @FieldResolver(() => [ProviderMaliceFinding], {
    nullable: true,
    description: 'Findings that rest on these rows (L-04).',
  })
  maliceFindings(
    @Root() { consentId }: ConsentRows,
    @Ctx() ctx: Context,
  ): Promise<ProviderMaliceFinding[]> {
    return rowsUnder(ctx, providerMaliceRows, consentId);
  }
}
