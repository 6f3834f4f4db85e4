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
import { LawViolation, LawViolationCategory, LawViolationState } from './law-violation.entity.js';
import { lawViolationRows } from './law-violation.loader.js';
import { Material } from './material.entity.js';
import { materialsOf } from './material.loader.js';
import { Student } from './student.stub.js';

const LawViolationConnection = connectionOf('LawViolation', () => LawViolation);

enum LawViolationOrder {
  ACT_ON = 'ACT_ON',
  STUDENT = 'STUDENT',
}
registerEnumType(LawViolationOrder, {
  name: 'LawViolationOrder',
  description: 'Order of a list of law violations: the latest act first, or by class and student.',
});
const ORDERS = {
  [LawViolationOrder.ACT_ON]: [
    ['actOn', 'desc'],
    ['id', 'asc'],
  ],
  [LawViolationOrder.STUDENT]: BY_STUDENT,
} as const;

@InputType()
class LawViolationFilter {
  @Field(() => RosterFilter, { nullable: true, description: 'By student, college or class.' })
  student?: RosterFilter;

  @Reads('LawViolation.category')
  @Field(() => LawViolationCategory, { nullable: true, description: 'By kind of decision.' })
  category?: LawViolationCategory;

  @Reads('LawViolation.state')
  @Field(() => LawViolationState, { nullable: true, description: 'By state.' })
  state?: LawViolationState;
}

@Resolver(() => LawViolation)
export class LawViolationResolver {
  @Reads({ order: orderReads('LawViolation', ORDERS) })
  @Privacy('LAW_VIOLATIONS', { own: true })
  @Query(() => LawViolationConnection, {
    nullable: true,
    description: 'Law violations, for security alone (G6.1).',
  })
  lawViolations(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => LawViolationFilter, { nullable: true })
    filter: LawViolationFilter | undefined,
    @Arg('order', () => LawViolationOrder, { defaultValue: LawViolationOrder.ACT_ON })
    order: LawViolationOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<LawViolation>> {
    const where = [
      ...rowClauses(ctx, lawViolationRows),
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['category', 'state']),
    ];
    const list = { name: 'lawViolations', entity: LawViolation, where, filter };
    return page(ctx, { ...list, order: ORDERS[order] }, args);
  }

  @Privacy('LAW_VIOLATIONS', { sealedAs: ['LawViolation', 'studentNo'] })
  @FieldResolver(() => Student, { nullable: true, description: 'The student whose act it was.' })
  student(@Root() { studentNo }: LawViolation): Student {
    return { studentNo };
  }

  @Privacy('LAW_VIOLATIONS', { sealedAs: ['Material', 'digest'] })
  @FieldResolver(() => [Material], { nullable: true, description: 'Files behind it (G6.1).' })
  async materials(@Root() { id, state }: LawViolation, @Ctx() ctx: Context): Promise<Material[]> {
    const materials = await materialsOf(ctx).load(id);
    // Files are sealed with their record.
    return materials.map((material) => ({ ...material, state }));
  }
}
