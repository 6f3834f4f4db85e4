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
import { CadreAppraisal, CadreLevel, CadrePost } from './cadre-post.entity.js';
import { cadrePostRows } from './cadre-post.loader.js';
import { Student } from './student.stub.js';
import { YouthRecordState } from './youth-record.state.js';

const CadrePostConnection = connectionOf('CadrePost', () => CadrePost);

enum CadrePostOrder {
  FROM = 'FROM',
  STUDENT = 'STUDENT',
}
registerEnumType(CadrePostOrder, {
  name: 'CadrePostOrder',
  description: 'Order of a list of cadre posts: the latest first, or by class and student.',
});
const ORDERS = {
  [CadrePostOrder.FROM]: [
    ['from', 'desc'],
    ['id', 'asc'],
  ],
  [CadrePostOrder.STUDENT]: BY_STUDENT,
} as const;

@InputType()
class CadrePostFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('CadrePost.org')
  @Field(() => String, { nullable: true })
  org?: string;

  @Reads('CadrePost.level')
  @Field(() => CadreLevel, { nullable: true })
  level?: CadreLevel;

  @Reads('CadrePost.appraisal')
  @Field(() => CadreAppraisal, { nullable: true })
  appraisal?: CadreAppraisal;

  @Reads('CadrePost.state')
  @Field(() => YouthRecordState, { nullable: true })
  state?: YouthRecordState;
}

@Resolver(() => CadrePost)
export class CadrePostResolver {
  @Reads({ order: orderReads('CadrePost', ORDERS) })
  @Privacy('GOOD_CONDUCT', { own: true })
  @Query(() => CadrePostConnection, {
    nullable: true,
    description: 'Cadre posts, for the Youth League alone (G6.4).',
  })
  cadrePosts(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => CadrePostFilter, { nullable: true }) filter: CadrePostFilter | undefined,
    @Arg('order', () => CadrePostOrder, { defaultValue: CadrePostOrder.FROM })
    order: CadrePostOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<CadrePost>> {
    const where = [
      ...rowClauses(ctx, cadrePostRows),
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['org', 'level', 'appraisal', 'state']),
    ];
    const list = { name: 'cadrePosts', entity: CadrePost, where, filter, order: ORDERS[order] };
    return page(ctx, list, args);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Who held the post.' })
  student(@Root() cadrePost: CadrePost): Student {
    return { studentNo: cadrePost.studentNo };
  }
}
