/**
 * What waits for a member of staff in the archive: how many rows, and when the first is due. Each kind
 * is counted under the clauses by which he reads its rows, so that a count tells of no row that he
 * could not read; no student is named (docs/decisions/0039).
 */
import { actionOf, mayAct } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { declaredRelations } from '../staff/declaration.loader.js';
import { decideRows } from '../access/decision.js';
import { relationClause } from '../access/relation.loader.js';
import { appeal } from '../appeal/appeal.noun.js';
import { appealsFor } from '../appeal/waiting-appeals.js';
import { ChangeRequestState } from '../change-request/change-request.entity.js';
import { changeRequest } from '../change-request/change-request.noun.js';
import { goodRecord } from '../conduct/good-record.noun.js';
import { IMPORTS } from '../imports.js';
import { CommitmentState } from '../life-cycle/commitment-matter.js';
import { TemplateState } from '../life-cycle/commitment-template.entity.js';
import { officeOf } from '../org/own-office.js';
import { repair } from '../repair/repair.noun.js';
import { repairsFor } from '../repair/waiting-repairs.js';
import { GoodState } from '../rules/conduct-state.js';
import { SelfEntry, SelfEntryState } from '../self-entry/self-entry.entity.js';
import { collectionItems } from './collection-tasks.js';
import { yearlyMeeting } from './governance-tasks.js';
import { OwnTaskKind, type OwnTask } from './own-task.js';
import { secondPersonItems } from './second-person-tasks.js';
import { humanReviews, subjectRequests } from './request-tasks.js';
import { sanctionAppeals, sanctions, unfoundedSanctions } from './sanction-tasks.js';
import { readable, waiting, type Waiting } from './waiting-rows.js';
import { warnings } from './warning-tasks.js';

async function reviews(ctx: Context): Promise<Waiting> {
  if (!mayAct(ctx.identity.role, 'entry.review')) return undefined;
  const { SUBMITTED, IN_REVIEW } = SelfEntryState;
  const where = [
    { state: { $in: [SUBMITTED, IN_REVIEW] } },
    { owner: await relationClause(ctx) },
    { studentNo: { $nin: await declaredRelations(ctx) } },
  ];
  return waiting(
    OwnTaskKind.REVIEW_ENTRIES,
    await ctx.em.count(SelfEntry, { $and: where } as never),
  );
}

/** Those of `appealQueue` that are against no sanction. */
async function appeals(ctx: Context): Promise<Waiting> {
  const found = await appealsFor(ctx);
  if (!found) return undefined;
  const where = [...found, ...(await readable(ctx, appeal, 'appeal.decide'))];
  const [[first], count] = await ctx.em.findAndCount(appeal.entity, { $and: where } as never, {
    limit: 1,
    orderBy: { dueOn: 'asc', id: 'asc' },
    disableIdentityMap: true,
  });
  return waiting(OwnTaskKind.DECIDE_APPEALS, count, first?.dueOn);
}

/** Those of `repairQueue`, for the opinion of the college or for Student Affairs: no text sets a day. */
async function repairs(ctx: Context, action: string, kind: OwnTaskKind): Promise<Waiting> {
  const found = mayAct(ctx.identity.role, action) ? await repairsFor(ctx) : undefined;
  if (!found) return undefined;
  const where = [...found, ...(await readable(ctx, repair, action))];
  return waiting(kind, await ctx.em.count(repair.entity, { $and: where } as never));
}

const opinions = (ctx: Context): Promise<Waiting> =>
  repairs(ctx, 'repair.review', OwnTaskKind.REVIEW_REPAIRS);
const repairDecisions = (ctx: Context): Promise<Waiting> =>
  repairs(ctx, 'repair.decide', OwnTaskKind.DECIDE_REPAIRS);

async function changeRequests(ctx: Context): Promise<Waiting> {
  const { role, subject } = ctx.identity;
  if (!mayAct(role, 'change.decide')) return undefined;
  const where = [
    { state: ChangeRequestState.REQUESTED, recordedBy: { $ne: subject } },
    { targetOffice: officeOf(role) ?? '' },
    ...(await readable(ctx, changeRequest, 'change.decide')),
  ];
  const count = await ctx.em.count(changeRequest.entity, { $and: where } as never);
  return waiting(OwnTaskKind.DECIDE_CHANGES, count);
}

async function goodRecords(ctx: Context): Promise<Waiting> {
  const { role, subject } = ctx.identity;
  if (!mayAct(role, 'goodRecord.approve')) return undefined;
  const where = [
    { state: GoodState.PROPOSED, recordedBy: { $ne: subject } },
    ...(await readable(ctx, goodRecord, 'goodRecord.approve')),
  ];
  const count = await ctx.em.count(goodRecord.entity, { $and: where } as never);
  return waiting(OwnTaskKind.APPROVE_GOOD_RECORDS, count);
}

const BATCHES = `
  select count(*)::integer as count from import_batch
  where state = 'PROPOSED' and recorded_by <> ? and kind = any(?::text[])`;
const TEXTS = `
  select count(*)::integer as count from commitment_template
  where state = '${TemplateState.DRAFT}' and recorded_by <> ? and owner_office = ?`;

/** Of the own office's matters; not what he reported himself, nor of whom he declared himself related to. */
const BREACHES = `
  select count(*)::integer as count, min(b.rectify_by)::text as "dueOn" from commitment_breach b
  where b.owner_office = ? and b.recorded_by <> ?
    and b.state in ('${CommitmentState.BREACH_REPORTED}', '${CommitmentState.RECTIFYING}')
    and not exists (select from relation_declaration r
      where r.staff_no = ? and r.student_no = b.student_no)`;

interface Counted {
  readonly count: number;
  readonly dueOn?: string | null;
}

async function imports({ em, identity }: Context): Promise<Waiting> {
  const { role, subject, purpose } = identity;
  const kinds = IMPORTS.flatMap(({ approval, kind }) =>
    approval && actionOf(approval)?.rights.get(role)?.purpose === purpose ? [kind.name] : [],
  );
  if (!kinds.length) return undefined;
  const [found] = await execute<Counted>(em, BATCHES, [subject, kinds]);
  return waiting(OwnTaskKind.APPROVE_IMPORTS, found?.count ?? 0);
}

async function texts({ em, identity: { role, subject } }: Context): Promise<Waiting> {
  if (!mayAct(role, 'template.publish')) return undefined;
  const [found] = await execute<Counted>(em, TEXTS, [subject, officeOf(role) ?? '']);
  return waiting(OwnTaskKind.PUBLISH_TEXTS, found?.count ?? 0);
}

async function breaches({ em, identity: { role, subject } }: Context): Promise<Waiting> {
  if (!mayAct(role, 'breach.decide')) return undefined;
  const parameters = [officeOf(role) ?? '', subject, subject];
  const [found] = await execute<Counted>(em, BREACHES, parameters);
  return waiting(OwnTaskKind.DECIDE_BREACHES, found?.count ?? 0, found?.dueOn ?? undefined);
}

const ACCOUNT = `
  select count(*)::integer as count from account where staff_no = ? and state = 'CREATED'`;

/** The own account of a member of staff. */
async function account({ em, identity: { role, subject } }: Context): Promise<Waiting> {
  if (role !== 'STAFF_SELF') return undefined;
  const [found] = await execute<Counted>(em, ACCOUNT, [subject]);
  const task = waiting(OwnTaskKind.ACTIVATE_ACCOUNT, found?.count ?? 0);
  return task && { ...task, ref: subject };
}

/** Kinds of rows about students, for those who have to do with more than one. */
async function aboutStudents(ctx: Context): Promise<Waiting[]> {
  if (!(await decideRows(ctx))) return [];
  return [
    await reviews(ctx),
    await appeals(ctx),
    await opinions(ctx),
    await repairDecisions(ctx),
    await goodRecords(ctx),
    await changeRequests(ctx),
    await sanctionAppeals(ctx),
    await sanctions(ctx),
    ...(await unfoundedSanctions(ctx)),
    ...(await subjectRequests(ctx)),
    await humanReviews(ctx),
    await warnings(ctx),
  ];
}

/** At most a few statements for each kind, however many rows wait. */
export async function staffTasks(ctx: Context): Promise<OwnTask[]> {
  const found = [
    ...(await aboutStudents(ctx)),
    await account(ctx),
    await imports(ctx),
    await texts(ctx),
    await breaches(ctx),
    ...(await collectionItems(ctx)),
    await yearlyMeeting(ctx),
    ...(await secondPersonItems(ctx)),
  ];
  return found.filter((task) => task !== undefined);
}
