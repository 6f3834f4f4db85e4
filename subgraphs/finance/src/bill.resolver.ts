import { orderedOwnList } from '@chengxin/kit/read/own-list';
import { Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { Bill, BillItem } from './bill.entity.js';
import { Student } from './student.stub.js';

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

export const BillList = orderedOwnList({
  name: 'bills',
  noun: 'Bill',
  entity: Bill,
  group: 'TUITION',
  description: 'Bills, for finance alone.',
  filter: BillFilter,
  equal: ['academicYear', 'item'],
  orderDescription: 'Order of a list of bills.',
  orders: {
    DUE_ON: [
      ['dueOn', 'asc'],
      ['id', 'asc'],
    ],
    STUDENT: BY_STUDENT,
  },
});

@Resolver(() => Bill)
export class BillResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Whose bill it is.' })
  student(@Root() bill: Bill): Student {
    return { studentNo: bill.studentNo };
  }
}
