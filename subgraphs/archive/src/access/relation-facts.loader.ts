import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { namesSchool } from '../org/school.js';
import { groupsToDecide } from './decide.rules.js';
import type { RelationFacts } from './note.rules.js';
import { MATTERS, type StudentCondition } from './own-matter.js';
import { ownTasksOf } from './own-task.js';

/** What hangs on facts of the archive about the student (notes 8, 10, 12, 13, 33). */
export type KnownFacts = Pick<
  RelationFacts,
  'inAppealOrRepair' | 'inOwnMatter' | 'schoolMayReadLoans'
>;
const NOTHING: KnownFacts = {
  inAppealOrRepair: false,
  inOwnMatter: false,
  schoolMayReadLoans: false,
};

/**
 * Note 13: what the request names is open, the caller's own, of this student; nothing of a purpose whose
 * reference names no task.
 */
function inTask({ identity }: Context): StudentCondition | undefined {
  const tasks = ownTasksOf(identity);
  if (!tasks.length) return undefined;
  return (no) => {
    const named = tasks.map(
      ({ table, isOwn }) => `exists (select from ${table} f where f.student_no = ${no}
        and f.id::text = v.reference and ${isOwn('v.subject')})`,
    );
    return `(${named.join(' or ')})`;
  };
}

/** Note 33: a POSTGRAD_LOAN consent in force names the school. */
export const LOAN_CONSENT: StudentCondition = (no) =>
  `exists (select from consent f where f.student_no = ${no} and f.purpose = 'POSTGRAD_LOAN'
     and f.granted_at <= v.now and f.expires_at > v.now
     and (f.withdrawn_at is null or f.withdrawn_at > v.now) and ${namesSchool('f.recipient_name')})`;

/**
 * The conditions that this caller's cells can depend on; by role, purpose and groups, never by
 * rows.
 */
function conditionsOf(ctx: Context): (readonly [keyof KnownFacts, StudentCondition])[] {
  const { identity } = ctx;
  const { role } = identity;
  const decides = (group: Group) => groupsToDecide(identity.groups).includes(group);
  const matter = MATTERS[role]?.condition;
  const task = inTask(ctx);
  const readsLoans = role === 'SCHOOL_ADMIN' && decides('LOAN_PERFORMANCE');
  return [
    ...(matter ? ([['inOwnMatter', matter]] as const) : []),
    ...(task ? ([['inAppealOrRepair', task]] as const) : []),
    ...(readsLoans ? ([['schoolMayReadLoans', LOAN_CONSENT]] as const) : []),
  ];
}

/** Relations of students to the caller, in one statement for any number of them, or in none. */
export async function relationFactsOf(
  ctx: Context,
  studentNos: readonly string[],
): Promise<(studentNo: string) => KnownFacts> {
  const conditions = conditionsOf(ctx);
  if (!conditions.length) return () => NOTHING;
  const columns = conditions.map(([name, condition]) => `${condition('n')} as "${name}"`);
  const { reference, subject } = ctx.identity;
  const rows = await execute<KnownFacts & { studentNo: string }>(
    ctx.em,
    `with v as (select ?::text as reference, ?::text as subject, ?::timestamptz as now)
     select n as "studentNo", ${columns.join(', ')} from v cross join unnest(?::text[]) n`,
    [reference ?? '', subject, ctx.now, studentNos],
  );
  const byNo = new Map(rows.map(({ studentNo, ...facts }) => [studentNo, facts]));
  return (studentNo) => ({ ...NOTHING, ...byNo.get(studentNo) });
}
