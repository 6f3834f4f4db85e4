import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { equalClauses } from '@chengxin/kit/read/roster';
import { rowClauses } from '@chengxin/kit/read/rows';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { LoanPerformance, LoanPerformanceState } from './loan-performance.entity.js';
import { loanPerformanceRows } from './loan-performance.loader.js';
import { disclosed } from './withheld.rules.js';

const LoanPerformanceConnection = connectionOf('LoanPerformance', () => LoanPerformance);
const ORDER = [
  ['month', 'desc'],
  ['id', 'asc'],
] as const;

/** No filter by student: a provider knows none (T-04). */
@InputType()
class LoanPerformanceFilter {
  @Reads('LoanPerformance.consentId')
  @Field(() => ID, { nullable: true, description: 'By consent.' })
  consentId?: string;

  @Reads('LoanPerformance.month')
  @Field(() => String, { nullable: true, description: 'By month, 2026-02.' })
  month?: string;

  @Reads('LoanPerformance.state')
  @Field(() => LoanPerformanceState, { nullable: true, description: 'By how it is repaid.' })
  state?: LoanPerformanceState;
}

@Resolver(() => LoanPerformance)
export class LoanPerformanceResolver {
  @Privacy('LOAN_PERFORMANCE', { own: true })
  @Query(() => LoanPerformanceConnection, {
    nullable: true,
    description: "Months of repayment, the latest first, the provider's own alone (T-05).",
  })
  loanPerformance(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => LoanPerformanceFilter, { nullable: true })
    filter: LoanPerformanceFilter | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<LoanPerformance>> {
    const where = [
      ...rowClauses(ctx, loanPerformanceRows),
      ...equalClauses(filter, ['consentId', 'month', 'state']),
    ];
    const list = { name: 'loanPerformance', entity: LoanPerformance, where, filter, order: ORDER };
    return page(ctx, list, args);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The student whom the row is about; withheld from providers (note 6).',
  })
  studentNo(@Root() row: LoanPerformance, @Ctx() ctx: Context): string {
    return disclosed(ctx.identity, 'LOAN_PERFORMANCE', row, 'studentNo');
  }

  @FieldResolver(() => String, { nullable: true, description: 'Number of the contract, masked.' })
  contractNoMasked(@Root() row: LoanPerformance, @Ctx() ctx: Context): string {
    return disclosed(ctx.identity, 'LOAN_PERFORMANCE', row, 'contractNoMasked');
  }

  @FieldResolver(() => LoanPerformanceState, { nullable: true, description: 'How it is repaid.' })
  state(@Root() row: LoanPerformance, @Ctx() ctx: Context): LoanPerformanceState {
    return disclosed(ctx.identity, 'LOAN_PERFORMANCE', row, 'state');
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether the loan is paid off.',
  })
  settled(@Root() row: LoanPerformance, @Ctx() ctx: Context): boolean {
    return disclosed(ctx.identity, 'LOAN_PERFORMANCE', row, 'settled');
  }
}
