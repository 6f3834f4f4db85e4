import { openCase } from '../access/case.loader.js';
import { dayOf } from '@chengxin/kit/clock';
import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { countOpened } from '../student/opening.js';
import { studentByNo } from '../student/student.loader.js';
import { CaseAssignment } from './case-assignment.entity.js';
import { CaseDecision } from './case-decision.entity.js';
import { CaseDossier } from './case-dossier.entity.js';
import { blocksOf, profileOf } from './case.rules.js';
import { EvaluationCase } from './evaluation-case.entity.js';
import {
  assignmentsOfCase,
  caseClauses,
  caseOfStudent,
  decisionsOfCase,
  runOfCase,
  studentsOfCase,
} from './evaluation-case.loader.js';

const EvaluationCaseConnection = connectionOf('EvaluationCase', () => EvaluationCase);
const ORDER = [['caseId', 'asc']] as const;

@Resolver(() => EvaluationCase)
export class EvaluationCaseResolver {
  @Privacy('CASES')
  @Query(() => EvaluationCaseConnection, {
    nullable: true,
    description: 'Cases of the own unit, the own case, or a student’s own entries (G21).',
  })
  async cases(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<EvaluationCase>> {
    const where = await caseClauses(ctx);
    return page(ctx, { name: 'cases', entity: EvaluationCase, where, order: ORDER }, args);
  }

  /** One student of the case that `x-case` names. CASE_EXPIRED once it is over; else NOT_FOUND. */
  @Reads({ studentNo: 'Student.studentNo' })
  @Privacy('CASES')
  @Query(() => CaseDossier, {
    nullable: true,
    description: 'One student of the case that x-case names; NOT_FOUND outside of it (G21).',
  })
  async caseDossier(
    @Arg('studentNo', () => ID) named: string,
    @Ctx() ctx: Context,
  ): Promise<CaseDossier> {
    const { caseId } = ctx.identity;
    if (!caseId) throw fault('CASE_SCOPE', 'x-case');
    if (!(await openCase(ctx)).studentNos.size) throw fault('CASE_EXPIRED', 'x-case');
    const studentNo = await countOpened(ctx, named);
    const student = await studentByNo(ctx).load(studentNo);
    const { purpose, opensAt, blocking } = await caseOfStudent(ctx, studentNo);
    const purposeBlock = blocksOf(purpose, dayOf(opensAt), blocking);
    return { studentNo, caseId, student, purposeBlock };
  }

  @FieldResolver(() => [ID], { nullable: true, description: 'Numbers of its students.' })
  async students(@Root() one: EvaluationCase, @Ctx() ctx: Context): Promise<string[]> {
    const rows = await studentsOfCase(ctx).load(one.caseId);
    return rows.map(({ studentNo }) => studentNo);
  }

  @FieldResolver(() => [String], { nullable: true, description: 'Groups that it shows (3.5).' })
  fieldProfile(@Root() one: EvaluationCase): string[] {
    return profileOf(one.purpose);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The run whose grades it shows: the latest that was locked when it opened.',
  })
  async runId(@Root() one: EvaluationCase, @Ctx() ctx: Context): Promise<string | null> {
    const [run] = await runOfCase(ctx).load(one.caseId);
    return run?.runId ?? null;
  }

  @FieldResolver(() => [CaseAssignment], { nullable: true })
  assignments(@Root() one: EvaluationCase, @Ctx() ctx: Context): Promise<CaseAssignment[]> {
    return assignmentsOfCase(ctx).load(one.caseId);
  }

  @FieldResolver(() => [CaseDecision], {
    nullable: true,
    description: 'What was decided; a student reads his own, once the case is decided.',
  })
  decisions(@Root() one: EvaluationCase, @Ctx() ctx: Context): Promise<CaseDecision[]> {
    return decisionsOfCase(ctx).load(one.caseId);
  }
}
