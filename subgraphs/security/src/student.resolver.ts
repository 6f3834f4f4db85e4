import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { LawViolation } from './law-violation.entity.js';
import { lawViolationsOf } from './law-violation.loader.js';
import { shown } from './law-violation.rules.js';
import { Student } from './student.stub.js';

/** What security knows of a student. */
@Resolver(() => Student)
export class StudentResolver {
  @Privacy('LAW_VIOLATIONS')
  @FieldResolver(() => [LawViolation], {
    nullable: true,
    description: 'Law violations, the latest act first; a flag is one row or none (G6.1).',
  })
  async lawViolations(
    @Root() student: Student,
    @Ctx() ctx: Context,
  ): Promise<readonly LawViolation[]> {
    const records = await lawViolationsOf(ctx).load(student.studentNo);
    return shown(records, ctx.identity.role);
  }
}
