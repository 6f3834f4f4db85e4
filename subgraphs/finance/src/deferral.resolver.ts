import { ownList } from '@chengxin/kit/read/own-list';
import { Reads } from '@chengxin/kit/schema/reads';
import { RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, ID, InputType, Resolver, Root } from 'type-graphql';
import { Deferral, DeferralState } from './deferral.entity.js';
import { Student } from './student.stub.js';

@InputType()
class DeferralFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('Deferral.billNo')
  @Field(() => ID, { nullable: true })
  billNo?: string;

  @Reads('Deferral.state')
  @Field(() => DeferralState, { nullable: true, description: 'REQUESTED: what waits.' })
  state?: DeferralState;
}

export const DeferralList = ownList({
  name: 'deferrals',
  noun: 'Deferral',
  entity: Deferral,
  group: 'TUITION',
  description: 'Deferrals, for finance alone.',
  filter: DeferralFilter,
  equal: ['billNo', 'state'],
  order: [
    ['until', 'desc'],
    ['id', 'asc'],
  ],
});

@Resolver(() => Deferral)
export class DeferralResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Whose deferral it is.' })
  student(@Root() deferral: Deferral): Student {
    return { studentNo: deferral.studentNo };
  }
}
