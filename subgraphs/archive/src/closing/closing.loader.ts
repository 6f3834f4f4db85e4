/** What the closing of an archive looks at: how its student leaves, and what is not settled. */
import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { rowClauses, type StudentRows } from '@chengxin/kit/read/rows';
import { OPEN_APPEALS } from '../appeal/appeal-state.js';
import { appealRows } from '../appeal/appeal.loader.js';
import { conductRecordRows, pendingConductRows } from '../conduct/conduct.loader.js';
import { CommitmentState } from '../life-cycle/commitment-matter.js';
import { breachRows } from '../life-cycle/commitment.loader.js';
import { repairRows } from '../procedure/repair-application.loader.js';
import { OPEN_STATES } from '../repair/repair-facts.loader.js';
import { ACTIVE_STATES, PENDING_STATES } from '../rules/conduct-state.js';
import { SelfEntryState } from '../self-entry/self-entry.entity.js';
import { draftEntryRows } from '../self-entry/self-entry.loader.js';
import { ChangeRequestState } from '../change-request/change-request.entity.js';
import { changeRequestRows } from '../change-request/change-request.loader.js';
import { HumanReviewState } from '../human-review/human-review.entity.js';
import { humanReviewRows } from '../human-review/human-review.loader.js';
import { SanctionState } from '../procedure/sanction-state.js';
import { sanctionRows } from '../procedure/sanction.loader.js';
import { SubjectRequestState } from '../subject-request/subject-request.entity.js';
import { subjectRequestRows } from '../subject-request/subject-request.loader.js';
import { decideStudent } from '../student/student.loader.js';
import type { Leaving, OpenMatter } from './closing.rules.js';

const LEAVING = `
  select s.enrolment_status as "enrolmentStatus", g.graduation_on::text as "graduationOn",
    exists (select from graduation_remark r
      where r.student_no = s.student_no and r.signed_by_sao is not null) as "isRemarkSigned"
  from student s left join graduation g on g.student_no = s.student_no where s.student_no = ?`;

/** How a student leaves. */
export async function leavingOf(em: EntityManager, studentNo: string): Promise<Leaving> {
  const [leaving] = await execute<Leaving>(em, LEAVING, [studentNo]);
  if (!leaving) throw new Error('An archive has a student.');
  return leaving;
}

const { DRAFT, NOTICE_GIVEN, HEARD, DECIDED, SERVED, APPEALED, EFFECTIVE, TERM_RUNNING } =
  SanctionState;
/** Neither lifted nor annulled. */
const LIVE_SANCTIONS = [
  DRAFT,
  NOTICE_GIVEN,
  HEARD,
  DECIDED,
  SERVED,
  APPEALED,
  EFFECTIVE,
  TERM_RUNNING,
];

type AnyRows = StudentRows<never>;

/** Rows that are not settled while they are in one of these states. */
type Matters = readonly (readonly [rows: AnyRows, states: readonly string[], said: OpenMatter])[];

/** What is settled before an archive is closed. */
export const BEFORE_CLOSING: Matters = [
  [appealRows as unknown as AnyRows, OPEN_APPEALS, ['申诉', 'an appeal']],
  [repairRows as unknown as AnyRows, OPEN_STATES, ['信用修复', 'a repair']],
  [
    draftEntryRows as unknown as AnyRows,
    [SelfEntryState.SUBMITTED, SelfEntryState.IN_REVIEW],
    ['自主填报审核', 'the review of an entry'],
  ],
  [
    pendingConductRows as unknown as AnyRows,
    PENDING_STATES,
    ['待认定或待入档记录', 'a record that is pending'],
  ],
  [
    breachRows as unknown as AnyRows,
    [CommitmentState.BREACH_REPORTED, CommitmentState.RECTIFYING],
    ['违诺处理', 'a breach of a commitment'],
  ],
];

/**
 * And before it is void: of a void archive nothing goes on. A record, a sanction and what a person has
 * requested are of somebody who came.
 */
export const BEFORE_VOIDING: Matters = [
  ...BEFORE_CLOSING,
  [
    conductRecordRows as unknown as AnyRows,
    ACTIVE_STATES,
    ['计入的不良记录', 'a record that counts'],
  ],
  [sanctionRows as unknown as AnyRows, LIVE_SANCTIONS, ['处分', 'a sanction']],
  [
    subjectRequestRows as unknown as AnyRows,
    [SubjectRequestState.FILED],
    ['个人信息请求', 'a request about the own data'],
  ],
  [
    humanReviewRows as unknown as AnyRows,
    [HumanReviewState.REQUESTED],
    ['人工复核', 'the review of a grade'],
  ],
  [
    changeRequestRows as unknown as AnyRows,
    [ChangeRequestState.REQUESTED],
    ['更改请求', 'a request for a change'],
  ],
];

/**
 * What is not settled, as far as the actor reads it: the refusal discloses no row that is shut to him
 * (3.7(15)). What he does not see, an appeal against a provider’s fact, goes on after the closing
 * (F-08). The groups of what he learns of are disclosed.
 */
export async function openMatters(
  ctx: Context,
  studentNo: string,
  matters: Matters,
): Promise<OpenMatter[]> {
  const groups = [...new Set(matters.map(([{ group }]) => group))];
  await decideStudent(ctx, studentNo, groups);
  const found: OpenMatter[] = [];
  for (const [rows, states, said] of matters) {
    const { group } = rows;
    if (!ctx.opens(group, studentNo)) continue;
    const clauses = rowClauses(ctx, rows, studentNo) as object[];
    const where = { $and: [{ studentNo, state: { $in: states } }, ...clauses] };
    if (!(await ctx.em.count(rows.entity, where as never))) continue;
    ctx.disclosures.record(studentNo, group, ctx.ruling(group, studentNo).effect);
    found.push(said);
  }
  return found;
}
