import { orderedOwnList } from '@chengxin/kit/read/own-list';
import { Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { PracticeRecord } from './practice-record.entity.js';
import { practiceRows } from './practice-record.loader.js';
import { Student } from './student.stub.js';
import { YouthRecordState } from './youth-record.state.js';

@InputType()
class PracticeRecordFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('PracticeRecord.activity')
  @Field(() => String, { nullable: true })
  activity?: string;

  @Reads('PracticeRecord.state')
  @Field(() => YouthRecordState, { nullable: true })
  state?: YouthRecordState;
}

export const PracticeRecordList = orderedOwnList({
  name: 'practices',
  noun: 'PracticeRecord',
  entity: PracticeRecord,
  group: 'GOOD_CONDUCT',
  description: 'Social practices, for the Youth League alone (G6.4).',
  filter: PracticeRecordFilter,
  equal: ['activity', 'state'],
  rows: practiceRows,
  orderDescription:
    'Order of a list of practices: the latest or longest first, or by class and student.',
  orders: {
    DAY: [
      ['practisedOn', 'desc'],
      ['id', 'asc'],
    ],
    HOURS: [
      ['hours', 'desc'],
      ['id', 'asc'],
    ],
    STUDENT: BY_STUDENT,
  },
});

@Resolver(() => PracticeRecord)
export class PracticeRecordResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Who took part.' })
  student(@Root() practice: PracticeRecord): Student {
    return { studentNo: practice.studentNo };
  }
}
