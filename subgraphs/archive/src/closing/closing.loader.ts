/** What the closing of an archive looks at: how its student leaves, and what is not settled. */
import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { alikeUnder, type StudentRows } from '@chengxin/kit/read/rows';
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
import type { Archive } from '../life-cycle/archive.entity.js';
import { decideStudentsOf } from '../student/student.loader.js';
import { leaves, type Leaving, type OpenMatter } from './closing.rules.js';

const LEAVING = `
  select s.enrolment_status as "enrolmentStatus", g.graduation_on::text as "graduationOn",
    exists (select from graduation_remark r
      where r.student_no = s.student_no and r.signed_by_sao is not null) as "isRemarkSigned"
  from unnest(?::text[]) with ordinality as given (no, at)
    join student s on s.student_no = given.no
    left join graduation g on g.student_no = s.student_no order by given.at`;

/** How each of some students leaves. */
const leavingsOf = (em: EntityManager, studentNos: readonly string[]): Promise<Leaving[]> =>
  execute<Leaving>(em, LEAVING, [studentNos]);

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
const BEFORE_CLOSING: Matters = [
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
const BEFORE_VOIDING: Matters = [
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

/** Students of whom something is not settled, among some who are decided on. */
async function unsettled(
  ctx: Context,
  studentNos: readonly string[],
  [rows, states]: Matters[number],
): Promise<ReadonlySet<string>> {
  const { entity, group } = rows;
  const open = studentNos.filter((studentNo) => ctx.opens(group, studentNo));
  const found = new Set<string>();
  for (const { clauses, studentNos: same } of alikeUnder(ctx, rows, open)) {
    const where = { $and: [{ studentNo: { $in: same }, state: { $in: states } }, ...clauses] };
    const options = { fields: ['studentNo'], disableIdentityMap: true };
    const unsettledRows = await ctx.em.find(entity, where as never, options as never);
    for (const { studentNo } of unsettledRows as { studentNo: string }[]) found.add(studentNo);
  }
  return found;
}

/**
 * What is not settled of each of some students, as far as the actor reads it: neither a refusal nor what is
 * left out of his actions discloses a row that is shut to him (3.7(15)). What he does not see, an appeal
 * against a provider’s fact, goes on after the closing (F-08). The groups of what he learns of are disclosed.
 */
async function openMatters(
  ctx: Context,
  studentNos: readonly string[],
  matters: Matters,
): Promise<OpenMatter[][]> {
  const groups = [...new Set(matters.map(([{ group }]) => group))];
  await decideStudentsOf(ctx, studentNos, groups);
  const found = new Map<string, OpenMatter[]>(studentNos.map((studentNo) => [studentNo, []]));
  for (const matter of matters) {
    const [{ group }, , said] = matter;
    for (const studentNo of await unsettled(ctx, studentNos, matter)) {
      ctx.disclosures.record(studentNo, group, ctx.ruling(group, studentNo).effect);
      found.get(studentNo)?.push(said);
    }
  }
  return studentNos.map((studentNo) => found.get(studentNo) ?? []);
}

/** What decides whether an archive may be closed. */
export interface BeforeClosing {
  readonly leaving: Leaving;
  readonly matters: readonly OpenMatter[];
}

const numbersOf = (rows: readonly Archive[]): string[] => rows.map(({ studentNo }) => studentNo);

/** The same of each of some archives. What is open of somebody who does not leave is not looked for. */
export async function beforeClosing(
  ctx: Context,
  rows: readonly Archive[],
): Promise<BeforeClosing[]> {
  const leavings = await leavingsOf(ctx.em, numbersOf(rows));
  const leaving = rows.filter((_, at) => leaves(leavings[at]));
  const numbers = numbersOf(leaving);
  const matters = numbers.length ? await openMatters(ctx, numbers, BEFORE_CLOSING) : [];
  const byNo = new Map(numbers.map((studentNo, at) => [studentNo, matters[at]]));
  return rows.map(({ studentNo }, at) => {
    const one = leavings[at];
    if (!one) throw new Error('An archive has a student.');
    return { leaving: one, matters: byNo.get(studentNo) ?? [] };
  });
}

/** What is under way of each of some students who never came. */
export const beforeVoiding = (ctx: Context, rows: readonly Archive[]): Promise<OpenMatter[][]> =>
  openMatters(ctx, numbersOf(rows), BEFORE_VOIDING);
