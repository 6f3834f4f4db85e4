import { orderedOwnList } from '@chengxin/kit/read/own-list';
import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { RosterFilter } from '@chengxin/kit/read/roster';
import { Ctx, Field, FieldResolver, ID, InputType, Int, Resolver, Root } from 'type-graphql';
import { Arrears, ArrearsCategory } from './arrears.entity.js';
import { banded, categoryClause, categoryOf, daysOverdueOf } from './arrears.rules.js';
import { Student } from './student.stub.js';

@InputType()
class ArrearsFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('Arrears.category')
  @Field(() => ArrearsCategory, { nullable: true })
  category?: ArrearsCategory;

  @Reads('ArrearsList.id')
  @Field(() => ID, { nullable: true, description: 'By the list of arrears on which they stand.' })
  listId?: string;
}

export const ArrearsRoot = orderedOwnList({
  name: 'arrearsList',
  noun: 'Arrears',
  entity: Arrears,
  group: 'TUITION',
  description: 'Overdue bills, for finance alone (G6.3).',
  filter: ArrearsFilter,
  where: (ctx, filter) => [
    { dueOn: { $lt: ctx.today } },
    ...(filter?.category ? [categoryClause(filter.category, ctx.today)] : []),
    ...(filter?.listId ? [{ listIds: { $overlap: [filter.listId] } }] : []),
  ],
  orderDescription: 'Order of the arrears list.',
  orders: {
    DUE_ON: [
      ['dueOn', 'asc'],
      ['id', 'asc'],
    ],
    OUTSTANDING: [
      ['outstandingFen', 'desc'],
      ['id', 'asc'],
    ],
  },
});

@Resolver(() => Arrears)
export class ArrearsResolver {
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
