/** Which appeals wait for the caller, as clauses: his list has them, and his tasks count them (2.4). */
import { mayAct } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { officeOf, STUDENT_AFFAIRS } from '../org/own-office.js';
import { declaredRelations } from '../staff/declaration.loader.js';
import { AppealKind, AppealState } from './appeal-state.js';
import { providerRows } from './provider-appeals.js';

const { FILED, ACCEPTED, INVESTIGATING, REVOKE_PROPOSED, ESCALATED } = AppealState;
const { RECOMMEND_CHANGE, SUSPENDED_EXECUTION, PROVINCIAL_APPEAL } = AppealState;
/** Before the decision, somebody is to take the next step. */
const UNDECIDED: readonly AppealState[] = [
  FILED,
  ACCEPTED,
  INVESTIGATING,
  REVOKE_PROPOSED,
  ESCALATED,
];

export interface AppealFilter {
  readonly kind?: AppealKind | undefined;
  readonly state?: AppealState | undefined;
}

/** Nobody handles what he recorded, approved or decided before, nor appeals of his relatives (INV-02, F-02). */
const byAnother = async (ctx: Context): Promise<object[]> => [
  { $not: { keepsOut: { $contains: [ctx.identity.subject] } } },
  { studentNo: { $nin: await declaredRelations(ctx) } },
];

const filtered = ({ kind, state }: AppealFilter): object[] => [
  ...(kind ? [{ kind }] : []),
  ...(state ? [{ state }] : []),
];

/**
 * What lies with the office of the caller, and what it is to answer wherever it lies. What Student Affairs
 * may take on in place of a college is found by its state alone.
 *
 * @returns Nothing for a role that decides on no appeal.
 */
export async function appealsFor(
  ctx: Context,
  filter: AppealFilter = {},
): Promise<object[] | undefined> {
  const { role } = ctx.identity;
  if (!mayAct(role, 'appeal.decide')) return undefined;
  const own = providerRows(ctx.identity, ctx.now);
  const office = officeOf(role) ?? '';
  const takesOn = office === STUDENT_AFFAIRS && filter.state === FILED;
  const ofOffice = [
    { handlerOffice: office },
    ...(mayAct(role, 'appeal.answer')
      ? [{ targetOffice: office, state: INVESTIGATING, answeredAt: null }]
      : []),
    ...(takesOn ? [{ state: FILED }] : []),
  ];
  return [
    { kind: { $ne: AppealKind.SANCTION } },
    { state: { $in: UNDECIDED } },
    ...(own ? [own] : [{ targetProvider: null }, { $or: ofOffice }]),
    ...filtered(filter),
    ...(await byAnother(ctx)),
  ];
}

/**
 * Appeals against sanctions with which Student Affairs has something to do: to seat the committee, to
 * follow its conclusion, to record what the province decided (L-06). Nothing for any other role: the
 * committee finds its one appeal in its case.
 */
export async function sanctionAppealsFor(
  ctx: Context,
  filter: AppealFilter = {},
): Promise<object[] | undefined> {
  if (!mayAct(ctx.identity.role, 'committee.assign')) return undefined;
  return [
    { kind: AppealKind.SANCTION },
    {
      $or: [
        { state: FILED, caseId: null },
        { state: { $in: [RECOMMEND_CHANGE, SUSPENDED_EXECUTION, PROVINCIAL_APPEAL] } },
      ],
    },
    ...filtered(filter),
    ...(await byAnother(ctx)),
  ];
}
