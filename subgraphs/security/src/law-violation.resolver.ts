import { orderedOwnList } from '@chengxin/kit/read/own-list';
import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, RosterFilter } from '@chengxin/kit/read/roster';
import { Ctx, Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { LawViolation, LawViolationCategory, LawViolationState } from './law-violation.entity.js';
import { lawViolationRows } from './law-violation.loader.js';
import { Material } from './material.entity.js';
import { materialsOf } from './material.loader.js';
import { Student } from './student.stub.js';

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

export const LawViolationList = orderedOwnList({
  name: 'lawViolations',
  noun: 'LawViolation',
  entity: LawViolation,
  group: 'LAW_VIOLATIONS',
  description: 'Law violations, for security alone (G6.1).',
  filter: LawViolationFilter,
  equal: ['category', 'state'],
  rows: lawViolationRows,
  orderDescription:
    'Order of a list of law violations: the latest act first, or by class and student.',
  orders: {
    ACT_ON: [
      ['actOn', 'desc'],
      ['id', 'asc'],
    ],
    STUDENT: BY_STUDENT,
  },
});

@Resolver(() => LawViolation)
export class LawViolationResolver {
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
