import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, equalClauses, rosterClauses, RosterFilter } from '@chengxin/kit/read/roster';
import { rowClauses } from '@chengxin/kit/read/rows';
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
import { AcademicDecision, decisionOf } from './academic-decision.js';
import { HAS_ACTIVE_SERIOUS } from './conduct.rules.js';
import { ExamType, ExamViolation, ExamViolationState } from './exam-violation.entity.js';
import { examViolationRows } from './exam-violation.loader.js';

const ExamViolationConnection = connectionOf('ExamViolation', () => ExamViolation);

enum ExamViolationOrder {
  DAY = 'DAY',
  STUDENT = 'STUDENT',
}
registerEnumType(ExamViolationOrder, {
  name: 'ExamViolationOrder',
  description: 'Order of a list of exam violations: the latest first, or by class and student.',
});
const ORDERS = {
  [ExamViolationOrder.DAY]: [
    ['occurredOn', 'desc'],
    ['id', 'asc'],
  ],
  [ExamViolationOrder.STUDENT]: BY_STUDENT,
} as const;

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

@Resolver(() => ExamViolation)
export class ExamViolationResolver {
  @Reads({ order: orderReads('ExamViolation', ORDERS) })
  @Privacy('ACADEMIC_MISCONDUCT', { own: true })
  @Query(() => ExamViolationConnection, {
    nullable: true,
    description: 'Exam violations, for academic affairs alone (G6.2).',
  })
  examViolations(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => ExamViolationFilter, { nullable: true })
    filter: ExamViolationFilter | undefined,
    @Arg('order', () => ExamViolationOrder, { defaultValue: ExamViolationOrder.DAY })
    order: ExamViolationOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<ExamViolation>> {
    const where = [
      ...rowClauses(ctx, examViolationRows),
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['examType', 'indicatorCode', 'state']),
    ];
    const name = 'examViolations';
    return page(ctx, { name, entity: ExamViolation, where, filter, order: ORDERS[order] }, args);
  }

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
