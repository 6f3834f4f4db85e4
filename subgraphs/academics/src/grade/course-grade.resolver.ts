import { orderedOwnList } from '@chengxin/kit/read/own-list';
import { Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { Student } from '../student.stub.js';
import { CourseGrade, GradeState } from './course-grade.entity.js';
import { Score, ScoreScale } from './score.js';

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

export const CourseGradeList = orderedOwnList({
  name: 'courseGrades',
  noun: 'CourseGrade',
  entity: CourseGrade,
  group: 'GRADES',
  description: 'Course grades, for academic affairs alone (G6.2).',
  filter: GradeFilter,
  equal: ['termCode', 'courseCode', 'scoreScale', 'state'],
  orderName: 'GradeOrder',
  orderDescription: 'Order of a list of grades: the latest term first, by course, or by class.',
  orders: {
    TERM: [
      ['termCode', 'desc'],
      ['id', 'asc'],
    ],
    COURSE: [
      ['courseCode', 'asc'],
      ['termCode', 'desc'],
      ['id', 'asc'],
    ],
    STUDENT: BY_STUDENT,
  },
});

@Resolver(() => CourseGrade)
export class CourseGradeResolver {
  @FieldResolver(() => Score, { nullable: true, description: 'The score with its scale.' })
  score(@Root() grade: CourseGrade): Score {
    return { raw: grade.scoreRaw, scale: grade.scoreScale };
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose grade it is.' })
  student(@Root() grade: CourseGrade): Student {
    return { studentNo: grade.studentNo };
  }
}
