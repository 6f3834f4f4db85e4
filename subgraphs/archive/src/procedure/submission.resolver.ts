import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { SubjectRequest } from './subject-request.entity.js';
import { Submission } from './submission.entity.js';
import { subjectRequestsOf, submissionsOf } from './submission.loader.js';

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

  @Privacy('SUBJECT_REQUESTS')
  @FieldResolver(() => [SubjectRequest], {
    nullable: true,
    description: 'Requests about his own data, the latest first (3.6).',
  })
  subjectRequests(@Root() student: Student, @Ctx() ctx: Context): Promise<SubjectRequest[]> {
    return subjectRequestsOf(ctx).load(student.studentNo);
  }
}
