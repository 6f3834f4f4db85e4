import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, equalClauses, rosterClauses, RosterFilter } from '@chengxin/kit/read/roster';
import { rowClauses } from '@chengxin/kit/read/rows';
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
import { Student } from './student.stub.js';
import { VolunteerHours } from './volunteer-hours.entity.js';
import { volunteerHoursRows } from './volunteer-hours.loader.js';
import { YouthRecordState } from './youth-record.state.js';

const VolunteerHoursConnection = connectionOf('VolunteerHours', () => VolunteerHours);

enum VolunteerHoursOrder {
  TERM = 'TERM',
  HOURS = 'HOURS',
  STUDENT = 'STUDENT',
}
registerEnumType(VolunteerHoursOrder, {
  name: 'VolunteerHoursOrder',
  description: 'Order of volunteer hours: the latest term or most hours first, or by class.',
});
const ORDERS = {
  [VolunteerHoursOrder.TERM]: [
    ['termCode', 'desc'],
    ['id', 'asc'],
  ],
  [VolunteerHoursOrder.HOURS]: [
    ['hours', 'desc'],
    ['id', 'asc'],
  ],
  [VolunteerHoursOrder.STUDENT]: BY_STUDENT,
} as const;

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

@Resolver(() => VolunteerHours)
export class VolunteerHoursResolver {
  @Reads({ order: orderReads('VolunteerHours', ORDERS) })
  @Privacy('GOOD_CONDUCT', { own: true })
  @Query(() => VolunteerHoursConnection, {
    nullable: true,
    description: 'Volunteer hours, for the Youth League alone (G6.4).',
  })
  volunteerHours(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => VolunteerHoursFilter, { nullable: true })
    filter: VolunteerHoursFilter | undefined,
    @Arg('order', () => VolunteerHoursOrder, { defaultValue: VolunteerHoursOrder.TERM })
    order: VolunteerHoursOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<VolunteerHours>> {
    const where = [
      ...rowClauses(ctx, volunteerHoursRows),
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['termCode', 'state']),
    ];
    const name = 'volunteerHours';
    return page(ctx, { name, entity: VolunteerHours, where, filter, order: ORDERS[order] }, args);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Who served.' })
  student(@Root() hours: VolunteerHours): Student {
    return { studentNo: hours.studentNo };
  }
}
