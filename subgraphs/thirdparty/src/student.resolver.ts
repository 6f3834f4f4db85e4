import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CardOverdraft } from './card-overdraft.entity.js';
import { cardOverdraftsOf } from './card-overdraft.loader.js';
import { LoanPerformance } from './loan-performance.entity.js';
import { loanPerformanceOf } from './loan-performance.loader.js';
import { PhoneBill } from './phone-bill.entity.js';
import { phoneBillsOf } from './phone-bill.loader.js';
import { ProviderMaliceFinding } from './provider-malice-finding.entity.js';
import { providerMaliceOf } from './provider-malice-finding.loader.js';
import { Student } from './student.stub.js';

/** What third parties reported of a student, under consents in force. */
@Resolver(() => Student)
export class StudentResolver {
  @Privacy('CARD_OVERDRAFTS')
  @FieldResolver(() => [CardOverdraft], {
    nullable: true,
    description: 'Card statements under consents in force, the latest first (G8.4).',
  })
  cardOverdrafts(@Root() student: Student, @Ctx() ctx: Context): Promise<CardOverdraft[]> {
    return cardOverdraftsOf(ctx).load(student.studentNo);
  }

  @Privacy('PHONE_BILLS')
  @FieldResolver(() => [PhoneBill], {
    nullable: true,
    description: 'Phone bills under consents in force, the latest first (G8.4).',
  })
  phoneBills(@Root() student: Student, @Ctx() ctx: Context): Promise<PhoneBill[]> {
    return phoneBillsOf(ctx).load(student.studentNo);
  }

  @Privacy('LOAN_PERFORMANCE')
  @FieldResolver(() => [LoanPerformance], {
    nullable: true,
    description: 'Months of repayment after graduation, the latest first (G9.4b, T-05).',
  })
  loanPerformance(@Root() student: Student, @Ctx() ctx: Context): Promise<LoanPerformance[]> {
    return loanPerformanceOf(ctx).load(student.studentNo);
  }

  @Privacy('PENDING_CONDUCT')
  @FieldResolver(() => [ProviderMaliceFinding], {
    nullable: true,
    description: 'What providers propose to find, or have found, the latest first (L-04).',
  })
  providerMaliceFindings(
    @Root() student: Student,
    @Ctx() ctx: Context,
  ): Promise<ProviderMaliceFinding[]> {
    return providerMaliceOf(ctx).load(student.studentNo);
  }
}
