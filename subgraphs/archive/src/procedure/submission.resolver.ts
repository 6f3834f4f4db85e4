import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { Submission } from './submission.entity.js';
import { submissionsOf } from './submission.loader.js';

@Resolver(() => Student)
export class StudentSubmissionResolver {
  @Privacy('SUBMISSIONS')
  @FieldResolver(() => [Submission], {
    nullable: true,
    description: 'Submissions to the province, the latest first (Z5.5).',
  })
  submissions(@Root() student: Student, @Ctx() ctx: Context): Promise<Submission[]> {
    return submissionsOf(ctx).load(student.studentNo);
  }
}
