/** Cases and what hangs on them, as far as the caller may know of each (CASES). Source: 3.4b. */
import type { Context } from '@chengxin/kit/call/context';
import { dayOf } from '@chengxin/kit/clock';
import { execute } from '@chengxin/kit/database/orm';
import DataLoader from 'dataloader';
import { openCase } from '../access/case.loader.js';
import { RELATIONS } from '../access/relation.rules.js';
import { ownUnit } from '../org/scope.loader.js';
import { childrenOf } from '../children.loader.js';
import { erased } from '../student/erased.js';
import { runAt } from '../statistics/evaluation-run.js';
import { CaseAssignment } from './case-assignment.entity.js';
import { CaseDecision } from './case-decision.entity.js';
import type { PurposeBlock } from './case-dossier.entity.js';
import { blocksOf, type Blocking, type BlockingRecord } from './case.rules.js';
import { CaseState, EvaluationCase } from './evaluation-case.entity.js';

/** A student reads his own entries (note 30). */
const isSelf = ({ identity }: Context): boolean => RELATIONS[identity.role] === 'SELF';

const OWN_ENTRIES = `select case_id as "caseId" from case_student where student_no = ?`;

/** Numbers of the cases under OWN_CASE: the one of the request, or those that list the student. */
async function ownCases(ctx: Context): Promise<string[]> {
  const { caseId, studentNo } = ctx.identity;
  if (isSelf(ctx)) {
    const rows = await execute<{ caseId: string }>(ctx.em, OWN_ENTRIES, [studentNo ?? '']);
    return rows.map((row) => row.caseId);
  }
  const { studentNos } = await openCase(ctx);
  return caseId && studentNos.size ? [caseId] : [];
}

/** The where-clauses of the cases in which the caller himself is a candidate; a draft has none yet. */
export async function ownEntryClauses(ctx: Context): Promise<object[]> {
  const own = isSelf(ctx) ? await ownCases(ctx) : [];
  return [{ caseId: { $in: own } }, { state: { $ne: CaseState.DRAFT } }];
}

/** The where-clauses of the cases that the caller may know of. */
export async function caseClauses(ctx: Context): Promise<object[]> {
  const predicates = ctx.predicates('CASES');
  const where = await ownUnit(ctx, 'CASES', 'hostOffice');
  if (predicates.includes('OWN_CASE')) where.push({ caseId: { $in: await ownCases(ctx) } });
  // A draft is a plan of its host; a student is no candidate of it yet.
  if (isSelf(ctx)) where.push({ state: { $ne: CaseState.DRAFT } });
  return where;
}

/** Students of a case whom the caller may know to be in it (F-02: none that he is related to). */
async function visibleStudents(ctx: Context): Promise<ReadonlySet<string> | null> {
  if (!ctx.predicates('CASES').includes('OWN_CASE')) return null;
  if (isSelf(ctx)) return new Set([ctx.identity.studentNo ?? '']);
  return (await openCase(ctx)).studentNos;
}

interface Listed {
  readonly caseId: string;
  readonly studentNo: string;
}
const STUDENTS = `
  select case_id as "caseId", student_no as "studentNo" from case_student
  where case_id = any(?::text[]) and not ${erased('case_student.student_no')} order by student_no`;

/** Rows of many cases, each with its own. */
const byCase =
  <T extends { caseId: string }>(read: (ctx: Context, caseIds: string[]) => Promise<T[]>) =>
  (ctx: Context): DataLoader<string, T[]> =>
    ctx.loader(read, () => {
      return new DataLoader(async (caseIds: readonly string[]) => {
        const rows = Map.groupBy(await read(ctx, [...caseIds]), ({ caseId }) => caseId);
        return caseIds.map((caseId) => rows.get(caseId) ?? []);
      });
    });

export const studentsOfCase = byCase<Listed>(async (ctx, caseIds) => {
  const visible = await visibleStudents(ctx);
  const rows = await execute<Listed>(ctx.em, STUDENTS, [caseIds]);
  return rows.filter(({ studentNo }) => !visible || visible.has(studentNo));
});

interface RunOfCase {
  readonly caseId: string;
  readonly runId: string | null;
}
const RUNS = `
  select c.case_id as "caseId", (${runAt('c.opens_at')}) as "runId" from evaluation_case c
  where c.case_id = any(?::text[])`;

/** The run whose grades a case shows: the latest that was locked when it opened. */
export const runOfCase = byCase<RunOfCase>((ctx, caseIds) => execute(ctx.em, RUNS, [caseIds]));

export const assignmentsOfCase = childrenOf(CaseAssignment, 'caseId', { staffNo: 'asc' });

/**
 * Cases whose decisions are some, and no longer drafts of the evaluators: those that were concluded. One
 * whose time was over before has none.
 */
const CONCLUDED = `
  select c.case_id as "caseId" from evaluation_case c
  where c.case_id = any(?::text[]) and (c.state = 'DECIDED' or (c.state = 'CLOSED' and exists (
    select from past_row p
    where p.table_name = 'evaluation_case' and p.key = c.case_id and p.was->>'state' = 'DECIDED')))`;

async function concluded({ em }: Context, caseIds: string[]): Promise<string[]> {
  const cases = await execute<{ caseId: string }>(em, CONCLUDED, [caseIds]);
  return cases.map(({ caseId }) => caseId);
}

/** Decisions; a student reads his own, once the case is concluded. */
export const decisionsOfCase = byCase<CaseDecision>(async (ctx, caseIds) => {
  const visible = await visibleStudents(ctx);
  const visibleIds = isSelf(ctx) ? await concluded(ctx, caseIds) : caseIds;
  const where = {
    caseId: { $in: visibleIds },
    isErased: false,
    ...(visible && { studentNo: { $in: [...visible] } }),
  };
  return ctx.em.find(CaseDecision, where, { orderBy: { studentNo: 'asc' } });
});

const BLOCKING = `
  select student_no as "studentNo", indicator_code as "indicatorCode",
    occurred_on::text as "occurredOn"
  from conduct_record
  where student_no = any(?::text[]) and state = 'ACTIVE' and not disputed`;

/**
 * A sanction that has closed with its records, or rests on a sealed one, leaves no trace here either
 * (3.7(15)). After its last day nobody waits for the school to lift it.
 */
const TERM_RUNNING = `
  select distinct s.student_no as "studentNo" from sanction s
  where s.student_no = any(?::text[]) and s.state = 'TERM_RUNNING' and s.term_ends_on >= ?::date
    and not exists (select from conduct_record r where r.sanction_id = s.id and r.state = 'SEALED')
    and exists (select from conduct_record r
      where r.sanction_id = s.id and r.state in ('ACTIVE', 'MITIGATED'))`;

interface OfStudent {
  readonly studentNo: string;
}

/** What may block a purpose for some students, in two statements. */
const blockingOf = (ctx: Context): DataLoader<string, Blocking> =>
  ctx.loader(
    BLOCKING,
    () =>
      new DataLoader(async (studentNos: readonly string[]) => {
        const { em, today } = ctx;
        const records = await execute<BlockingRecord & OfStudent>(em, BLOCKING, [studentNos]);
        const running = await execute<OfStudent>(em, TERM_RUNNING, [studentNos, today]);
        const byStudent = Map.groupBy(records, ({ studentNo }) => studentNo);
        const inTerm = new Set(running.map(({ studentNo }) => studentNo));
        return studentNos.map((studentNo) => ({
          records: byStudent.get(studentNo) ?? [],
          isTermRunning: inTerm.has(studentNo),
        }));
      }),
  );

/** The case that the request runs in. */
const caseOfRequest = (ctx: Context): Promise<EvaluationCase> =>
  ctx.loader(caseOfRequest, () =>
    ctx.em.findOneOrFail(EvaluationCase, { caseId: ctx.identity.caseId ?? '' }),
  );

/** What blocks the purpose of the request's case for a student, for any number of them (4.6). */
export async function purposeBlocksOf(ctx: Context, studentNo: string): Promise<PurposeBlock[]> {
  const { purpose, opensAt } = await caseOfRequest(ctx);
  return blocksOf(purpose, dayOf(opensAt), await blockingOf(ctx).load(studentNo));
}
