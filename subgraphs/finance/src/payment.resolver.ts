import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { equalClauses, rosterClauses, RosterFilter } from '@chengxin/kit/read/roster';
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
import { Payment } from './payment.entity.js';
import { Student } from './student.stub.js';

const PaymentConnection = connectionOf('Payment', () => Payment);
const ORDER = [
  ['paidOn', 'desc'],
  ['id', 'asc'],
] as const;

@InputType()
class PaymentFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('Payment.billNo')
  @Field(() => ID, { nullable: true })
  billNo?: string;
}

@Resolver(() => Payment)
export class PaymentResolver {
  @Privacy('TUITION', { own: true })
  @Query(() => PaymentConnection, { nullable: true, description: 'Payments, for finance alone.' })
  payments(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => PaymentFilter, { nullable: true }) filter: PaymentFilter | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<Payment>> {
    const where = [...rosterClauses(filter?.student), ...equalClauses(filter, ['billNo'])];
    return page(ctx, { name: 'payments', entity: Payment, where, filter, order: ORDER }, args);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose payment it is.' })
  student(@Root() payment: Payment): Student {
    return { studentNo: payment.studentNo };
  }
}
