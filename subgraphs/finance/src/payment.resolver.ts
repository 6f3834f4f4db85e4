import { ownList } from '@chengxin/kit/read/own-list';
import { Reads } from '@chengxin/kit/schema/reads';
import { RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, ID, InputType, Resolver, Root } from 'type-graphql';
import { Payment } from './payment.entity.js';
import { Student } from './student.stub.js';

@InputType()
class PaymentFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('Payment.billNo')
  @Field(() => ID, { nullable: true })
  billNo?: string;
}

export const PaymentList = ownList({
  name: 'payments',
  noun: 'Payment',
  entity: Payment,
  group: 'TUITION',
  description: 'Payments, for finance alone.',
  filter: PaymentFilter,
  equal: ['billNo'],
  order: [
    ['paidOn', 'desc'],
    ['id', 'asc'],
  ],
});

@Resolver(() => Payment)
export class PaymentResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Whose payment it is.' })
  student(@Root() payment: Payment): Student {
    return { studentNo: payment.studentNo };
  }
}
