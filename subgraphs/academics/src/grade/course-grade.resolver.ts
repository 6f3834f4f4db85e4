import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, equalClauses, rosterClauses, RosterFilter } from '@chengxin/kit/read/roster';
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
import { Student } from '../student.stub.js';
import { CourseGrade, GradeState } from './course-grade.entity.js';
import { Score, ScoreScale } from './score.js';

const CourseGradeConnection = connectionOf('CourseGrade', () => CourseGrade);

enum GradeOrder {
  TERM = 'TERM',
  COURSE = 'COURSE',
  STUDENT = 'STUDENT',
}
registerEnumType(GradeOrder, {
  name: 'GradeOrder',
  description: 'Order of a list of grades: the latest term first, by course, or by class.',
});
const ORDERS = {
  [GradeOrder.TERM]: [
    ['termCode', 'desc'],
    ['id', 'asc'],
  ],
  [GradeOrder.COURSE]: [
    ['courseCode', 'asc'],
    ['termCode', 'desc'],
    ['id', 'asc'],
  ],
  [GradeOrder.STUDENT]: BY_STUDENT,
} as const;

@InputType()
class GradeFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('CourseGrade.termCode')
  @Field(() => String, { nullable: true })
  termCode?: string;

  @Reads('CourseGrade.courseCode')
  @Field(() => String, { nullable: true })
  courseCode?: string;

  @Reads('CourseGrade.scoreScale')
  @Field(() => ScoreScale, { nullable: true })
  scoreScale?: ScoreScale;

  @Reads('CourseGrade.state')
  @Field(() => GradeState, { nullable: true })
  state?: GradeState;
}

@Resolver(() => CourseGrade)
export class CourseGradeResolver {
  @Reads({ order: orderReads('CourseGrade', ORDERS) })
  @Privacy('GRADES', { own: true })
  @Query(() => CourseGradeConnection, {
    nullable: true,
    description: 'Course grades, for academic affairs alone (G6.2).',
  })
  courseGrades(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => GradeFilter, { nullable: true }) filter: GradeFilter | undefined,
    @Arg('order', () => GradeOrder, { defaultValue: GradeOrder.TERM }) order: GradeOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<CourseGrade>> {
    const where = [
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['termCode', 'courseCode', 'scoreScale', 'state']),
    ];
    const list = { name: 'courseGrades', entity: CourseGrade, where, filter, order: ORDERS[order] };
    return page(ctx, list, args);
  }

  @FieldResolver(() => Score, { nullable: true, description: 'The score with its scale.' })
  score(@Root() grade: CourseGrade): Score {
    return { raw: grade.scoreRaw, scale: grade.scoreScale };
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose grade it is.' })
  student(@Root() grade: CourseGrade): Student {
    return { studentNo: grade.studentNo };
  }
}
