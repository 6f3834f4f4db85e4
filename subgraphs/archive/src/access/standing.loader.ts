import type { Context } from '@chengxin/kit/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { namesSchool } from '../org/school.js';
import { groupsToDecide } from './decide.rules.js';
import type { Standing } from './note.rules.js';
import { MATTERS, type StudentCondition } from './own-matter.js';

/** What hangs on facts of the archive about the student (notes 8, 10, 12, 13, 33). */
export type KnownStanding = Pick<
  Standing,
  'inAppealOrRepair' | 'inOwnMatter' | 'schoolMayReadLoans'
>;
const NOTHING: KnownStanding = {
  inAppealOrRepair: false,
  inOwnMatter: false,
  schoolMayReadLoans: false,
};

/** Note 13: the appeal that the request names is open, of this student, and the asker's own task. */
const IN_APPEAL: StudentCondition = (no) =>
  `exists (select from appeal f where f.student_no = ${no} and f.id::text = v.reference
     and v.subject in (f.handler_no, f.second_handler_no)
     and f.state in ('FILED', 'ACCEPTED', 'INVESTIGATING', 'ESCALATED'))`;
/** Note 13: the same of a repair application. */
const IN_REPAIR: StudentCondition = (no) =>
  `exists (select from repair_application f where f.student_no = ${no}
     and f.id::text = v.reference and f.handler_no = v.subject
     and f.state in ('SUBMITTED', 'COLLEGE_REVIEW', 'SAO_REVIEW'))`;
const TASKS: Readonly<Record<string, StudentCondition>> = { APPEAL: IN_APPEAL, REPAIR: IN_REPAIR };

/** Note 33: a POSTGRAD_LOAN consent in force names the school. */
const LOAN_CONSENT: StudentCondition = (no) =>
  `exists (select from consent f where f.student_no = ${no} and f.purpose = 'POSTGRAD_LOAN'
     and f.granted_at <= v.now and f.expires_at > v.now
     and (f.withdrawn_at is null or f.withdrawn_at > v.now) and ${namesSchool('f.recipient_name')})`;

/** The conditions that this asker's cells can hang on; by role, purpose and groups, never by rows. */
function conditionsOf({ identity }: Context): (readonly [keyof KnownStanding, StudentCondition])[] {
  const { role, purpose } = identity;
  const asks = (group: Group) => groupsToDecide(identity.groups).includes(group);
  const matter = MATTERS[role]?.condition;
  const task = TASKS[purpose];
  const readsLoans = role === 'SCHOOL_ADMIN' && asks('LOAN_PERFORMANCE');
  return [
    ...(matter ? ([['inOwnMatter', matter]] as const) : []),
    ...(task ? ([['inAppealOrRepair', task]] as const) : []),
    ...(readsLoans ? ([['schoolMayReadLoans', LOAN_CONSENT]] as const) : []),
  ];
}

/** How students stand to the asker, in one statement for any number of them, or in none. */
export async function standingsOf(
  ctx: Context,
  studentNos: readonly string[],
): Promise<(studentNo: string) => KnownStanding> {
  const conditions = conditionsOf(ctx);
  if (!conditions.length) return () => NOTHING;
  const columns = conditions.map(([name, condition]) => `${condition('n')} as "${name}"`);
  const { reference, subject } = ctx.identity;
  const rows = await execute<KnownStanding & { studentNo: string }>(
    ctx.em,
    `with v as (select ?::text as reference, ?::text as subject, ?::timestamptz as now)
     select n as "studentNo", ${columns.join(', ')} from v cross join unnest(?::text[]) n`,
    [reference ?? '', subject, ctx.now, studentNos],
  );
  const byNo = new Map(rows.map(({ studentNo, ...standing }) => [studentNo, standing]));
  return (studentNo) => ({ ...NOTHING, ...byNo.get(studentNo) });
}
