import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { rosterClauses, RosterFilter } from '@chengxin/kit/read/roster';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Int,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { Arrears, ArrearsCategory } from './arrears.entity.js';
import { banded, categoryClause, categoryOf, daysOverdueOf } from './arrears.rules.js';
import { Student } from './student.stub.js';

const ArrearsConnection = connectionOf('Arrears', () => Arrears);

enum ArrearsOrder {
  DUE_ON = 'DUE_ON',
  OUTSTANDING = 'OUTSTANDING',
}
registerEnumType(ArrearsOrder, { name: 'ArrearsOrder', description: 'Order of the arrears list.' });
const ORDERS = {
  [ArrearsOrder.DUE_ON]: [
    ['dueOn', 'asc'],
    ['id', 'asc'],
  ],
  [ArrearsOrder.OUTSTANDING]: [
    ['outstandingFen', 'desc'],
    ['id', 'asc'],
  ],
} as const;

@InputType()
class ArrearsFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('Arrears.category')
  @Field(() => ArrearsCategory, { nullable: true })
  category?: ArrearsCategory;
}

@Resolver(() => Arrears)
export class ArrearsResolver {
  @Reads({ order: orderReads('Arrears', ORDERS) })
  @Privacy('TUITION', { own: true })
  @Query(() => ArrearsConnection, {
    nullable: true,
    description: 'Overdue bills, for finance alone (G6.3).',
  })
  arrearsList(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => ArrearsFilter, { nullable: true }) filter: ArrearsFilter | undefined,
    @Arg('order', () => ArrearsOrder, { defaultValue: ArrearsOrder.DUE_ON }) order: ArrearsOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<Arrears>> {
    const where = [{ dueOn: { $lt: ctx.today } }, ...rosterClauses(filter?.student)];
    if (filter?.category) where.push(categoryClause(filter.category, ctx.today) as never);
    const list = { name: 'arrearsList', entity: Arrears, where, filter, order: ORDERS[order] };
    return page(ctx, list, args);
  }

  @Privacy<ArrearsCategory>('TUITION', { mask: banded })
  @FieldResolver(() => ArrearsCategory, { nullable: true, description: 'Why it is not paid.' })
  category(@Root() row: Arrears, @Ctx() ctx: Context): ArrearsCategory {
    return categoryOf(row, ctx.today);
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Calendar days past the due day.' })
  daysOverdue(@Root() row: Arrears, @Ctx() ctx: Context): number {
    return daysOverdueOf(row, ctx.today);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Who owes it.' })
  student(@Root() row: Arrears): Student {
    return { studentNo: row.studentNo };
  }
}
