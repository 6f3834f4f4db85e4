import { openCase } from '../access/case.loader.js';
import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { connectionOf, page, PageArgs, withNodes, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { NOBODY, relationClause } from '../access/relation.loader.js';
import { countOpened } from '../student/opening.js';
import { Student } from '../student/student.entity.js';
import { STUDENT_ORDERS } from '../student/student-list.js';
import { studentByNo } from '../student/student.loader.js';
import { CaseAssignment } from './case-assignment.entity.js';
import { CaseDecision } from './case-decision.entity.js';
import { CaseDossier, PurposeBlock } from './case-dossier.entity.js';
import { profileOf } from './case.rules.js';
import { CaseDossierOrder, DOSSIER_ORDER_READS, isByGrade } from './dossier-order.js';
import { CaseDossierFilter, dossierClauses } from './dossier.filter.js';
import { pageByGrade } from './dossier.loader.js';
import { EvaluationCase } from './evaluation-case.entity.js';
import {
  assignmentsOfCase,
  caseClauses,
  decisionsOfCase,
  purposeBlocksOf,
  runOfCase,
  studentsOfCase,
} from './evaluation-case.loader.js';

const EvaluationCaseConnection = connectionOf('EvaluationCase', () => EvaluationCase);
const ORDER = [['caseId', 'asc']] as const;

const CaseDossierConnection = connectionOf('CaseDossier', () => CaseDossier);

/** @throws CASE_SCOPE for a request outside a case; CASE_EXPIRED for one whose case is over. */
async function requireOpenCase(ctx: Context): Promise<string> {
  const { caseId } = ctx.identity;
  if (!caseId) throw fault('CASE_SCOPE', 'x-case');
  if (!(await openCase(ctx)).studentNos.size) throw fault('CASE_EXPIRED', 'x-case');
  return caseId;
}

/** One student of the case, who is opened: in a list as by his number. */
async function openDossier(
  ctx: Context,
  caseId: string,
  { studentNo: named }: Pick<Student, 'studentNo'>,
): Promise<CaseDossier> {
  const studentNo = await countOpened(ctx, named);
  return { studentNo, caseId, student: await studentByNo(ctx).load(studentNo) };
}

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
    return openDossier(ctx, await requireOpenCase(ctx), { studentNo: named });
  }

  /** All students of the case that `x-case` names, page by page: a work list. */
  @Reads({ order: DOSSIER_ORDER_READS })
  @Privacy('CASES')
  @Query(() => CaseDossierConnection, {
    nullable: true,
    description:
      'The students of the case that x-case names, page by page: a work list; none outside of a case (G21).',
  })
  async caseDossiers(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => CaseDossierFilter, { nullable: true })
    filter: CaseDossierFilter | undefined,
    @Arg('order', () => CaseDossierOrder, { defaultValue: CaseDossierOrder.STUDENT_NO })
    order: CaseDossierOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<CaseDossier>> {
    const inCase = ctx.identity.caseId !== undefined;
    const caseId = inCase ? await requireOpenCase(ctx) : '';
    const where = [inCase ? await relationClause(ctx) : NOBODY, ...dossierClauses(caseId, filter)];
    const list = { name: `caseDossiers ${caseId}`, where, filter };
    const found = isByGrade(order)
      ? await pageByGrade(ctx, list, args)
      : await page(ctx, { ...list, entity: Student, order: STUDENT_ORDERS[order] }, args);
    const open = found.nodes.map((node) => openDossier(ctx, caseId, node));
    return withNodes(found, await Promise.all(open));
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

@Resolver(() => CaseDossier)
export class CaseDossierResolver {
  @FieldResolver(() => [PurposeBlock], {
    nullable: true,
    description: 'Needs confirmation and reason.',
  })
  purposeBlock(@Root() { studentNo }: CaseDossier, @Ctx() ctx: Context): Promise<PurposeBlock[]> {
    return purposeBlocksOf(ctx, studentNo);
  }
}
