import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import type { Shown } from '@chengxin/kit/privacy/masks';
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
import { MisconductCase, MisconductStage } from './misconduct-case.entity.js';
import { misconductRows } from './misconduct-case.loader.js';

const MisconductCaseConnection = connectionOf('MisconductCase', () => MisconductCase);

enum MisconductCaseOrder {
  DAY = 'DAY',
  STUDENT = 'STUDENT',
}
registerEnumType(MisconductCaseOrder, {
  name: 'MisconductCaseOrder',
  description: 'Order of a list of misconduct cases: the latest first, or by class and student.',
});
const ORDERS = {
  [MisconductCaseOrder.DAY]: [
    ['reportedOn', 'desc'],
    ['id', 'asc'],
  ],
  [MisconductCaseOrder.STUDENT]: BY_STUDENT,
} as const;

@InputType()
class MisconductCaseFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('MisconductCase.stage')
  @Field(() => MisconductStage, { nullable: true })
  stage?: MisconductStage;
}

/** A category is the stage itself, for FINAL alone is shown; a flag is a flag (masks.csv). */
const stageShown = (stage: MisconductStage, shown: Shown): MisconductStage =>
  shown === 'FLAG' ? MisconductStage.HAS_ACTIVE_SERIOUS : stage;

@Resolver(() => MisconductCase)
export class MisconductCaseResolver {
  @Reads({ order: orderReads('MisconductCase', ORDERS) })
  @Privacy('ACADEMIC_MISCONDUCT', { own: true })
  @Query(() => MisconductCaseConnection, {
    nullable: true,
    description: 'Cases of academic misconduct, for academic affairs alone (Z5.4.4).',
  })
  misconductCases(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => MisconductCaseFilter, { nullable: true })
    filter: MisconductCaseFilter | undefined,
    @Arg('order', () => MisconductCaseOrder, { defaultValue: MisconductCaseOrder.DAY })
    order: MisconductCaseOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<MisconductCase>> {
    const where = [
      ...rowClauses(ctx, misconductRows),
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['stage']),
    ];
    const name = 'misconductCases';
    return page(ctx, { name, entity: MisconductCase, where, filter, order: ORDERS[order] }, args);
  }

  @Privacy<MisconductStage>('ACADEMIC_MISCONDUCT', { mask: stageShown })
  @FieldResolver(() => MisconductStage, { nullable: true, description: 'How far the case is.' })
  stage(@Root() misconduct: MisconductCase): MisconductStage {
    return misconduct.stage;
  }

  @FieldResolver(() => AcademicDecision, {
    nullable: true,
    description: 'The decision; null before there is one.',
  })
  decision(@Root() misconduct: MisconductCase): AcademicDecision | null {
    return decisionOf(misconduct);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whom it is about.' })
  student(@Root() misconduct: MisconductCase): Student {
    return { studentNo: misconduct.studentNo };
  }
}
