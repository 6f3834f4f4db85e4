import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { StewardAssignment } from './steward-assignment.entity.js';
import { aliasesOf, stewardsOf } from './steward.loader.js';
import { StudentAlias } from './student-alias.entity.js';
import { Student } from './student.entity.js';

@Resolver(() => Student)
export class StudentStewardResolver {
  @Privacy('ADMINISTRATION')
  @FieldResolver(() => [StewardAssignment], {
    nullable: true,
    description: 'Who keeps the archive today (G11).',
  })
  stewards(@Root() student: Student, @Ctx() ctx: Context): Promise<StewardAssignment[]> {
    return stewardsOf(ctx).load(student.studentNo);
  }

  @Privacy('IDENTITY')
  @FieldResolver(() => [StudentAlias], {
    nullable: true,
    description: 'Numbers that the student had before, the latest first.',
  })
  aliases(@Root() student: Student, @Ctx() ctx: Context): Promise<StudentAlias[]> {
    return aliasesOf(ctx).load(student.studentNo);
  }
}
