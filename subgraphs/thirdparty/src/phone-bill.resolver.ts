import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
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
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { PhoneBill } from './phone-bill.entity.js';
import { phoneBillRows } from './phone-bill.loader.js';
import { disclosed } from './withheld.rules.js';

const PhoneBillConnection = connectionOf('PhoneBill', () => PhoneBill);

enum PhoneBillOrder {
  MONTH = 'MONTH',
  AMOUNT = 'AMOUNT',
}
registerEnumType(PhoneBillOrder, {
  name: 'PhoneBillOrder',
  description: 'Order of a list of phone bills: the latest, or the largest amount first.',
});
const ORDERS = {
  [PhoneBillOrder.MONTH]: [
    ['month', 'desc'],
    ['id', 'asc'],
  ],
  [PhoneBillOrder.AMOUNT]: [
    ['amountFen', 'desc'],
    ['id', 'asc'],
  ],
} as const;

/** No filter by student: a provider knows none (T-04). */
@InputType()
class PhoneBillFilter {
  @Reads('PhoneBill.consentId')
  @Field(() => ID, { nullable: true, description: 'By consent.' })
  consentId?: string;

  @Reads('PhoneBill.month')
  @Field(() => String, { nullable: true, description: 'By month, 2026-02.' })
  month?: string;

  @Reads('PhoneBill.confirmed')
  @Field(() => Boolean, { nullable: true, description: 'By whether the operator confirmed it.' })
  confirmed?: boolean;
}

@Resolver(() => PhoneBill)
export class PhoneBillResolver {
  @Reads({ order: orderReads('PhoneBill', ORDERS) })
  @Privacy('PHONE_BILLS', { own: true })
  @Query(() => PhoneBillConnection, {
    nullable: true,
    description: "Phone bills, the provider's own alone (T-04).",
  })
  phoneBills(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => PhoneBillFilter, { nullable: true }) filter: PhoneBillFilter | undefined,
    @Arg('order', () => PhoneBillOrder, { defaultValue: PhoneBillOrder.MONTH })
    order: PhoneBillOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<PhoneBill>> {
    const where = [
      ...rowClauses(ctx, phoneBillRows),
      ...equalClauses(filter, ['consentId', 'month', 'confirmed']),
    ];
    const list = { name: 'phoneBills', entity: PhoneBill, where, filter };
    return page(ctx, { ...list, order: ORDERS[order] }, args);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The student whom the row is about; withheld from providers (note 6).',
  })
  studentNo(@Root() row: PhoneBill, @Ctx() ctx: Context): string {
    return disclosed(ctx.identity, 'PHONE_BILLS', row, 'studentNo');
  }
}
