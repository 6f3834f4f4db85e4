import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { pageOfStudents } from '../student/page-of-students.js';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { HumanReview, HumanReviewState } from './human-review.entity.js';
import { humanReviewsOf } from './human-review.loader.js';

const HumanReviewConnection = connectionOf('HumanReview', () => HumanReview);
const ORDER = [
  ['dueOn', 'asc'],
  ['id', 'asc'],
] as const;

/** In a list nobody has a task on one student: what has closed is open to none of its readers. */
const NOTHING_CLOSED = { rowGroups: { $contained: [] } };

@Resolver(() => HumanReview)
export class HumanReviewResolver {
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether its day has passed without a decision.',
  })
  isOverdue(@Root() { state, dueOn }: HumanReview, @Ctx() { today }: Context): boolean {
    return state === HumanReviewState.REQUESTED && dueOn < today;
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose grade it is.' })
  student(@Root() review: HumanReview, @Ctx() ctx: Context): Promise<Student> {
    return studentByNo(ctx).load(review.studentNo);
  }

  @Privacy('SUBJECT_REQUESTS')
  @Query(() => HumanReviewConnection, {
    nullable: true,
    description: 'Reviews that wait for a decision, what is due first before the rest.',
  })
  humanReviewQueue(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<HumanReview>> {
    const where = [{ state: HumanReviewState.REQUESTED }, NOTHING_CLOSED];
    const list = { name: 'humanReviewQueue', entity: HumanReview, where, order: ORDER };
    return pageOfStudents<HumanReview>(ctx, list, args);
  }
}

@Resolver(() => Student)
export class StudentReviewResolver {
  @Privacy('SUBJECT_REQUESTS')
  @FieldResolver(() => [HumanReview], {
    nullable: true,
    description: 'Human reviews of his grades, the latest first (L-08).',
  })
  humanReviews(@Root() student: Student, @Ctx() ctx: Context): Promise<HumanReview[]> {
    return humanReviewsOf(ctx).load(student.studentNo);
  }
}
