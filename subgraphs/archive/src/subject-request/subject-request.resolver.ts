import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { SubjectRequest, SubjectRequestState } from './subject-request.entity.js';
import { subjectRequestsOf } from './subject-request.loader.js';
import { COMPLAINT } from './subject-request.rules.js';
import { pageOfStudents } from '../student/page-of-students.js';

const SubjectRequestConnection = connectionOf('SubjectRequest', () => SubjectRequest);
const ORDER = [
  ['dueOn', 'asc'],
  ['id', 'asc'],
] as const;

@Resolver(() => SubjectRequest)
export class SubjectRequestResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'How to complain about a refusal; null of all others.',
  })
  complaint(@Root() { state }: SubjectRequest): string | null {
    return state === SubjectRequestState.REFUSED ? COMPLAINT : null;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether its day has passed without an answer.',
  })
  isOverdue(@Root() { state, dueOn }: SubjectRequest, @Ctx() { today }: Context): boolean {
    return state === SubjectRequestState.FILED && dueOn < today;
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose request it is.' })
  student(@Root() request: SubjectRequest, @Ctx() ctx: Context): Promise<Student> {
    return studentByNo(ctx).load(request.studentNo);
  }

  /** Requests name students; whoever is none has none. */
  @Privacy('SUBJECT_REQUESTS')
  @Query(() => [SubjectRequest], {
    nullable: true,
    description: 'Requests of the caller about his own data, the latest first.',
  })
  async mySubjectRequests(@Ctx() ctx: Context): Promise<SubjectRequest[]> {
    const { studentNo } = ctx.identity;
    if (studentNo === undefined) return [];
    await studentByNo(ctx).load(studentNo);
    return subjectRequestsOf(ctx).load(studentNo);
  }

  @Privacy('SUBJECT_REQUESTS')
  @Query(() => SubjectRequestConnection, {
    nullable: true,
    description: 'Requests that wait for an answer, what is due first before the rest.',
  })
  subjectRequestQueue(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<SubjectRequest>> {
    const where = [{ state: SubjectRequestState.FILED }];
    const list = { name: 'subjectRequestQueue', entity: SubjectRequest, where, order: ORDER };
    return pageOfStudents<SubjectRequest>(ctx, list, args);
  }
}

@Resolver(() => Student)
export class StudentRequestResolver {
  @Privacy('SUBJECT_REQUESTS')
  @FieldResolver(() => [SubjectRequest], {
    nullable: true,
    description: 'Requests about his own data, the latest first (3.6).',
  })
  subjectRequests(@Root() student: Student, @Ctx() ctx: Context): Promise<SubjectRequest[]> {
    return subjectRequestsOf(ctx).load(student.studentNo);
  }
}
