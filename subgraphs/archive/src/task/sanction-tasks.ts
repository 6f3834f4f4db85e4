/** What waits for Student Affairs of sanctions and of the appeals against them. */
import { mayAct } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { addDays } from '@chengxin/kit/clock';
import { appeal } from '../appeal/appeal.noun.js';
import { sanctionAppealsFor } from '../appeal/waiting-appeals.js';
import { relationClause } from '../access/relation.loader.js';
import { LIVE_STATES, SanctionState } from '../procedure/sanction-state.js';
import { sanction } from '../procedure/sanction/sanction.noun.js';
import { declaredRelations } from '../staff/declaration.loader.js';
import { OwnTaskKind, type OwnTask } from './own-task.js';
import { readable, waiting, type Waiting } from './waiting-rows.js';

/** Appeals against sanctions with which Student Affairs has something to do: those of `appealQueue`. */
export async function sanctionAppeals(ctx: Context): Promise<Waiting> {
  const found = await sanctionAppealsFor(ctx);
  if (!found) return undefined;
  const where = [...found, ...(await readable(ctx, appeal, 'committee.assign'))];
  const count = await ctx.em.count(appeal.entity, { $and: where } as never);
  return waiting(OwnTaskKind.HANDLE_SANCTION_APPEALS, count);
}

/** A sanction is to be lifted within so many days of its term's end: the student need not ask (2.4). */
const DAYS_TO_LIFT = 10;

/** Sanctions whose term is over: a task of the school, overdue once its day has passed (L-03, W-08). */
export async function sanctions(ctx: Context): Promise<Waiting> {
  if (!mayAct(ctx.identity.role, 'sanction.lift')) return undefined;
  const where = [
    { state: SanctionState.TERM_RUNNING, termEndsOn: { $lte: ctx.today } },
    ...(await readable(ctx, sanction, 'sanction.lift')),
  ];
  const [[first], count] = await ctx.em.findAndCount(sanction.entity, { $and: where } as never, {
    limit: 1,
    orderBy: { termEndsOn: 'asc', id: 'asc' },
    disableIdentityMap: true,
  });
  const dueOn = first?.termEndsOn && addDays(first.termEndsOn, DAYS_TO_LIFT);
  return waiting(OwnTaskKind.LIFT_SANCTIONS, count, dueOn);
}

/** So many at once; others follow when these are annulled. */
const UNFOUNDED_AT_MOST = 20;

/**
 * Sanctions whose records were all revoked, each by its number: it is closed conduct, which Student
 * Affairs reads under that number alone (note 13, T-06). Not those that the caller decided, nor of whom he
 * declared himself related to: another annuls them.
 */
export async function unfoundedSanctions(ctx: Context): Promise<OwnTask[]> {
  const { role, subject } = ctx.identity;
  if (!mayAct(role, 'sanction.annulUnfounded')) return [];
  const where = [
    { state: { $in: LIVE_STATES }, isUnfounded: true, approvedBy: { $ne: subject } },
    { studentNo: { $nin: await declaredRelations(ctx) } },
    { owner: await relationClause(ctx) },
  ];
  const rows = await ctx.em.find(sanction.entity, { $and: where } as never, {
    fields: ['id'] as never,
    limit: UNFOUNDED_AT_MOST,
    orderBy: { id: 'asc' },
    disableIdentityMap: true,
  });
  return rows.map(({ id }) => ({ kind: OwnTaskKind.ANNUL_UNFOUNDED_SANCTIONS, count: 1, ref: id }));
}
