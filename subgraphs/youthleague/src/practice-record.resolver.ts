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
import { PracticeRecord } from './practice-record.entity.js';
import { practiceRows } from './practice-record.loader.js';
import { Student } from './student.stub.js';
import { YouthRecordState } from './youth-record.state.js';

const PracticeRecordConnection = connectionOf('PracticeRecord', () => PracticeRecord);

enum PracticeRecordOrder {
  DAY = 'DAY',
  HOURS = 'HOURS',
  STUDENT = 'STUDENT',
}
registerEnumType(PracticeRecordOrder, {
  name: 'PracticeRecordOrder',
  description:
    'Order of a list of practices: the latest or longest first, or by class and student.',
});
const ORDERS = {
  [PracticeRecordOrder.DAY]: [
    ['practisedOn', 'desc'],
    ['id', 'asc'],
  ],
  [PracticeRecordOrder.HOURS]: [
    ['hours', 'desc'],
    ['id', 'asc'],
  ],
  [PracticeRecordOrder.STUDENT]: BY_STUDENT,
} as const;

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

@Resolver(() => PracticeRecord)
export class PracticeRecordResolver {
  @Reads({ order: orderReads('PracticeRecord', ORDERS) })
  @Privacy('GOOD_CONDUCT', { own: true })
  @Query(() => PracticeRecordConnection, {
    nullable: true,
    description: 'Social practices, for the Youth League alone (G6.4).',
  })
  practices(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => PracticeRecordFilter, { nullable: true })
    filter: PracticeRecordFilter | undefined,
    @Arg('order', () => PracticeRecordOrder, { defaultValue: PracticeRecordOrder.DAY })
    order: PracticeRecordOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<PracticeRecord>> {
    const where = [
      ...rowClauses(ctx, practiceRows),
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['activity', 'state']),
    ];
    const list = { name: 'practices', entity: PracticeRecord, where, filter, order: ORDERS[order] };
    return page(ctx, list, args);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Who took part.' })
  student(@Root() practice: PracticeRecord): Student {
    return { studentNo: practice.studentNo };
  }
}
