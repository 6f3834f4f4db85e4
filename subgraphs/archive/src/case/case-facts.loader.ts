/** What the archive knows of what a change of a case names. */
import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { sendNotices, type NoticeOf } from '../notify/send-notices.js';
import { openCase } from '../access/case.loader.js';
import { relationClause } from '../access/relation.loader.js';
import { orgScope } from '../org/scope.loader.js';
import { officeOf } from '../org/own-office.js';
import { Student } from '../student/student.entity.js';
import type { Candidate, Draft, DraftFacts } from './case-change.rules.js';
import { evaluatorOf } from './case.rules.js';
import { purposeBlocksOf } from './evaluation-case.loader.js';
import type { EvaluationCase } from './evaluation-case.entity.js';

/** Of Student Affairs any unit; of a college its own orgs; of an office itself. */
async function isOwnHost(ctx: Context, hostOffice: string): Promise<boolean> {
  const { role } = ctx.identity;
  if (role === 'COLLEGE_ADMIN') return (await orgScope(ctx)).has(hostOffice);
  if (role !== 'SCHOOL_ADMIN') return officeOf(role) === hostOffice;
  return hostOffice === officeOf(role) || (await orgScope(ctx)).has(hostOffice);
}

/** Students whom the actor does not find are named to him, whether they are there or not. */
export async function draftFacts(
  ctx: Context,
  { studentNos, hostOffice }: Pick<Draft, 'studentNos' | 'hostOffice'>,
): Promise<DraftFacts> {
  const where = { $and: [{ studentNo: { $in: [...studentNos] } }, await relationClause(ctx)] };
  const found = await ctx.em.find(Student, where as never, {
    fields: ['studentNo'] as never,
    disableIdentityMap: true,
  });
  const known = new Set(found.map(({ studentNo }) => studentNo));
  return {
    unknown: [...new Set(studentNos)].filter((studentNo) => !known.has(studentNo)),
    isOwnHost: await isOwnHost(ctx, hostOffice),
  };
}

const EVALUATOR = `
  select 1 from admin_grant
  where staff_no = ? and role = ? and state = 'ACTIVE' and valid_from <= ?::timestamptz
    and (valid_to is null or valid_to > ?::timestamptz) limit 1`;

/** Whether somebody holds the role in which one evaluates in a case. */
export async function isEvaluator(
  em: EntityManager,
  { purpose }: Pick<EvaluationCase, 'purpose'>,
  { staffNo, now }: { readonly staffNo: string; readonly now: Date },
): Promise<boolean> {
  const held = await execute(em, EVALUATOR, [staffNo, evaluatorOf(purpose) ?? '', now, now]);
  return held.length > 0;
}

const LIST = `
  insert into case_student (case_id, student_no) select ?, s from unnest(?::text[]) s
  on conflict do nothing`;

/** The students of a new case, in one statement. */
export const listStudents = (
  em: EntityManager,
  { caseId }: Pick<EvaluationCase, 'caseId'>,
  studentNos: readonly string[],
): Promise<unknown> => execute(em, LIST, [caseId, studentNos]);

const SEAT = `
  select a.id, a.declared_at is not null as "isDeclared",
    exists (select from operation_log l
      where l.target_type = 'EvaluationCase' and l.target_id = a.case_id and l.actor = a.staff_no
        and l.action in ('case.open', 'case.assign')) as "hasPlaced"
  from case_assignment a where a.case_id = ? and a.staff_no = ? and a.revoked_at is null`;
const CONFIRMED = `select code from case_block where case_id = ? and student_no = ?`;

interface Seat extends Pick<Candidate, 'isDeclared' | 'hasPlaced'> {
  readonly id: string;
}

/** The own place of the actor in a case; nothing where he has none. */
export async function ownSeat(
  em: EntityManager,
  caseId: string,
  staffNo: string,
): Promise<Seat | undefined> {
  const [seat] = await execute<Seat>(em, SEAT, [caseId, staffNo]);
  return seat;
}

/** One candidate of the case of the request, as the actor may know him. */
export async function candidateOf(ctx: Context, studentNo: string): Promise<Candidate> {
  const { caseId = '', subject } = ctx.identity;
  const seat = await ownSeat(ctx.em, caseId, subject);
  const { isDeclared = false, hasPlaced = false } = seat ?? {};
  const own = { isDeclared, hasPlaced };
  if (!(await openCase(ctx)).studentNos.has(studentNo))
    return { ...own, isListed: false, blocks: [], confirmed: [] };
  const confirmed = await execute<{ code: string }>(ctx.em, CONFIRMED, [caseId, studentNo]);
  return {
    ...own,
    isListed: true,
    blocks: await purposeBlocksOf(ctx, studentNo),
    confirmed: confirmed.map(({ code }) => code),
  };
}

const UNDECIDED = `
  select count(*)::integer as count from case_student s
  where s.case_id = ? and not exists (select from case_decision d
    where d.case_id = s.case_id and d.student_no = s.student_no)`;

export async function undecided(em: EntityManager, caseId: string): Promise<number> {
  const [found] = await execute<{ count: number }>(em, UNDECIDED, [caseId]);
  return found?.count ?? 0;
}

const noticeOf = (
  { caseId, hostOffice }: EvaluationCase,
  studentNo: string,
  kind: string,
): NoticeOf => ({
  studentNo,
  kind,
  subgraph: 'archive',
  type: 'EvaluationCase',
  id: `${caseId}/${studentNo}`,
  office: hostOffice,
  groups: ['CASES'],
});

/** The student is notified of what blocks the purpose for him (4.6). */
export const notifyBlock = (
  em: EntityManager,
  now: Date,
  row: EvaluationCase,
  studentNo: string,
): Promise<unknown> => sendNotices(em, now, [noticeOf(row, studentNo, 'PURPOSE_BLOCK')]);

const LISTED = `select student_no as "studentNo" from case_student where case_id = ? order by 1`;

/** Every student of a case is notified that it is decided, in one statement. */
export async function notifyDecided(
  em: EntityManager,
  now: Date,
  row: EvaluationCase,
): Promise<void> {
  const rows = await execute<{ studentNo: string }>(em, LISTED, [row.caseId]);
  await sendNotices(
    em,
    now,
    rows.map(({ studentNo }) => noticeOf(row, studentNo, 'CASE_DECIDED')),
  );
}
