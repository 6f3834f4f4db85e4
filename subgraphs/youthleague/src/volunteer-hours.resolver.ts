import { orderedOwnList } from '@chengxin/kit/read/own-list';
import { Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { Student } from './student.stub.js';
import { VolunteerHours } from './volunteer-hours.entity.js';
import { volunteerHoursRows } from './volunteer-hours.loader.js';
import { YouthRecordState } from './youth-record.state.js';

@InputType()
class VolunteerHoursFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('VolunteerHours.termCode')
  @Field(() => String, { nullable: true })
  termCode?: string;

  @Reads('VolunteerHours.state')
  @Field(() => YouthRecordState, { nullable: true })
  state?: YouthRecordState;
}

export const VolunteerHoursList = orderedOwnList({
  name: 'volunteerHours',
  noun: 'VolunteerHours',
  entity: VolunteerHours,
  group: 'GOOD_CONDUCT',
  description: 'Volunteer hours, for the Youth League alone (G6.4).',
  filter: VolunteerHoursFilter,
  equal: ['termCode', 'state'],
  rows: volunteerHoursRows,
  orderDescription: 'Order of volunteer hours: the latest term or most hours first, or by class.',
  orders: {
    TERM: [
      ['termCode', 'desc'],
      ['id', 'asc'],
    ],
    HOURS: [
      ['hours', 'desc'],
      ['id', 'asc'],
    ],
    STUDENT: BY_STUDENT,
  },
});

@Resolver(() => VolunteerHours)
export class VolunteerHoursResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Who served.' })
  student(@Root() hours: VolunteerHours): Student {
    return { studentNo: hours.studentNo };
  }
}
