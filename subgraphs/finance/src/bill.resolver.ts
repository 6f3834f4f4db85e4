import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, equalClauses, rosterClauses, RosterFilter } from '@chengxin/kit/read/roster';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { Bill, BillItem } from './bill.entity.js';
import { Student } from './student.stub.js';

const BillConnection = connectionOf('Bill', () => Bill);

enum BillOrder {
  DUE_ON = 'DUE_ON',
  STUDENT = 'STUDENT',
}
registerEnumType(BillOrder, { name: 'BillOrder', description: 'Order of a list of bills.' });
const ORDERS = {
  [BillOrder.DUE_ON]: [
    ['dueOn', 'asc'],
    ['id', 'asc'],
  ],
  [BillOrder.STUDENT]: BY_STUDENT,
} as const;

@InputType()
class BillFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('Bill.academicYear')
  @Field(() => String, { nullable: true })
  academicYear?: string;

  @Reads('Bill.item')
  @Field(() => BillItem, { nullable: true })
  item?: BillItem;
}

@Resolver(() => Bill)
export class BillResolver {
  @Reads({ order: orderReads('Bill', ORDERS) })
  @Privacy('TUITION', { own: true })
  @Query(() => BillConnection, { nullable: true, description: 'Bills, for finance alone.' })
  bills(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => BillFilter, { nullable: true }) filter: BillFilter | undefined,
    @Arg('order', () => BillOrder, { defaultValue: BillOrder.DUE_ON }) order: BillOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<Bill>> {
    const where = [
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['academicYear', 'item']),
    ];
    return page(ctx, { name: 'bills', entity: Bill, where, filter, order: ORDERS[order] }, args);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose bill it is.' })
  student(@Root() bill: Bill): Student {
    return { studentNo: bill.studentNo };
  }
}
