import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { ChangeRequest } from './change-request.entity.js';
import { changeRequestsOf } from './change-request.loader.js';

@Resolver(() => Student)
export class StudentChangeRequestResolver {
  @Privacy('APPEALS')
  @FieldResolver(() => [ChangeRequest], {
    nullable: true,
    description:
      'Requests to change a fact of an office, the latest first; for who asks and who decides (T-02).',
  })
  changeRequests(@Root() student: Student, @Ctx() ctx: Context): Promise<ChangeRequest[]> {
    return changeRequestsOf(ctx).load(student.studentNo);
  }
}
