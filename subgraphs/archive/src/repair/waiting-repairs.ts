/** Which applications wait for the caller, as clauses: his list has them, and his tasks count them (G15). */
import { mayAct } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { RepairState } from '../procedure/repair-application.entity.js';
import { declaredRelations } from '../staff/declaration.loader.js';

const { SUBMITTED, COLLEGE_REVIEW, SAO_REVIEW } = RepairState;
/** States in which it waits for whoever takes the action: an opinion, then the decision. */
const WAITING: readonly (readonly [action: string, states: readonly RepairState[]])[] = [
  ['repair.review', [SUBMITTED, COLLEGE_REVIEW]],
  ['repair.decide', [SAO_REVIEW]],
];

/**
 * Not what the caller gave the opinion on himself, nor of whom he declared himself related to (INV-02,
 * F-02).
 *
 * @returns Nothing for a role that reviews and decides none.
 */
export async function repairsFor(ctx: Context, state?: RepairState): Promise<object[] | undefined> {
  const { role, subject } = ctx.identity;
  const states = WAITING.flatMap(([action, some]) => (mayAct(role, action) ? some : []));
  if (!states.length) return undefined;
  return [
    { state: { $in: states.filter((one) => !state || one === state) } },
    { $or: [{ collegeOpinionBy: null }, { collegeOpinionBy: { $ne: subject } }] },
    { studentNo: { $nin: await declaredRelations(ctx) } },
  ];
}
