import { orderedOwnList } from '@chengxin/kit/read/own-list';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { Student } from '../student.stub.js';
import { AcademicDecision, decisionOf } from './academic-decision.js';
import { HAS_ACTIVE_SERIOUS } from './conduct.rules.js';
import { ExamType, ExamViolation, ExamViolationState } from './exam-violation.entity.js';
import { examViolationRows } from './exam-violation.loader.js';

@InputType()
class ExamViolationFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('ExamViolation.examType')
  @Field(() => ExamType, { nullable: true })
  examType?: ExamType;

  @Reads('ExamViolation.indicatorCode')
  @Field(() => String, { nullable: true })
  indicatorCode?: string;

  @Reads('ExamViolation.state')
  @Field(() => ExamViolationState, { nullable: true })
  state?: ExamViolationState;
}

export const ExamViolationList = orderedOwnList({
  name: 'examViolations',
  noun: 'ExamViolation',
  entity: ExamViolation,
  group: 'ACADEMIC_MISCONDUCT',
  description: 'Exam violations, for academic affairs alone (G6.2).',
  filter: ExamViolationFilter,
  equal: ['examType', 'indicatorCode', 'state'],
  rows: examViolationRows,
  orderDescription:
    'Order of a list of exam violations: the latest first, or by class and student.',
  orders: {
    DAY: [
      ['occurredOn', 'desc'],
      ['id', 'asc'],
    ],
    STUDENT: BY_STUDENT,
  },
});

@Resolver(() => ExamViolation)
export class ExamViolationResolver {
  @Privacy<string>('ACADEMIC_MISCONDUCT', { mask: () => HAS_ACTIVE_SERIOUS })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'D1-04 or D1-05; HAS_ACTIVE_SERIOUS for who is shown a flag alone.',
  })
  indicatorCode(@Root() violation: ExamViolation): string {
    return violation.indicatorCode;
  }

  @FieldResolver(() => AcademicDecision, {
    nullable: true,
    description: 'The decision; null before there is one.',
  })
  decision(@Root() violation: ExamViolation): AcademicDecision | null {
    return decisionOf(violation);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whom it is about.' })
  student(@Root() violation: ExamViolation): Student {
    return { studentNo: violation.studentNo };
  }
}
