/**
 * Whether a caller reads a field: what its guard says to his role, once for each, and what the
 * decision on the row's student says, for each row (DOMAIN 3.1).
 */
import type { GraphQLError, GraphQLResolveInfo } from 'graphql';
import { forbiddenOf } from '../action/forbidden.js';
import { mayAct } from '../action/actions.js';
import type { Context } from '../call/context.js';
import { noteBelow } from '../disclosure/below.js';
import { fault } from '../errors.js';
import { isAggregate } from '../privacy/aggregates.js';
import { isAboutStudent, type Policy } from '../privacy/groups.js';
import { cell, isOpen } from '../privacy/matrix.js';
import type { Role } from '../privacy/roles.js';
import { extensionsOf, refusalOf, shutByTables, type Refusal } from '../privacy/verdict.js';
import type { GroupGuard } from './guard.js';
import type { Guards } from './guards.js';

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation']);

export const refuse = (refusal: Refusal): GraphQLError =>
  fault(refusal.code, undefined, extensionsOf(refusal));

/** The student whom the object is about: every guarded class has the number. */
const studentOf = (parent: unknown): string | undefined =>
  (parent as { studentNo?: string } | undefined)?.studentNo;

/** An entrance of the office's own people is refused to everybody else, and that is noted. */
function judgeEntrance({ own, policies }: GroupGuard, ctx: Context) {
  const [first] = policies;
  if (!own || ctx.isOwn || !first) return true;
  ctx.disclosures.refused(policies);
  return refuse(refusalOf(ctx.identity.role, first));
}

/** What the tables alone say of a field to a role. */
type Verdict = ReturnType<typeof shutByTables>;

/** Judges one field, whatever its row; true, or why not. */
export type Judge = (
  parent: unknown,
  ctx: Context,
  info: GraphQLResolveInfo,
) => true | GraphQLError;

/** The decision on the row's student, of one group; of a group about nobody, the role's cell. */
function effectOf(policy: Policy, studentNo: string | undefined, ctx: Context) {
  if (!isAboutStudent(policy)) return cell(ctx.identity.role, policy).effect;
  const { effect } = ctx.ruling(policy, studentNo);
  ctx.disclosures.record(studentNo, policy, effect);
  return effect;
}

/**
 * The judge of a field with groups: the role first, as the gateway did, then the decision on this
 * student.
 *
 * @param isLeaf  Nothing is selected below it.
 */
export function judgeOf(
  guards: Guards,
  guard: GroupGuard,
  [type, field]: readonly [type: string, field: string],
  isLeaf: boolean,
): Judge {
  const { policies } = guard;
  const isRoot = ROOTS.has(type);
  const isAggregated = isAggregate(type, field);
  const verdicts = new Map<Role, Verdict>();
  const verdictOf = (role: Role): Verdict => {
    if (!verdicts.has(role)) verdicts.set(role, shutByTables(role, policies, [type, field]));
    return verdicts.get(role);
  };
  return (parent, ctx, info) => {
    const { role } = ctx.identity;
    const studentNo = studentOf(parent);
    const refused = verdictOf(role);
    if (refused) {
      ctx.disclosures.record(studentNo, refused.policy, 'DENY');
      return refuse(refused.refusal);
    }
    if (isRoot) return ctx.overdue ?? judgeEntrance(guard, ctx);
    // Of no single student: the role alone decides, and no access is anybody's.
    if (isAggregated) return true;
    let shut: Policy | undefined;
    // Each of them is noted, also after one that is shut.
    for (const policy of policies) if (!isOpen(effectOf(policy, studentNo, ctx))) shut ??= policy;
    if (shut) return refuse(refusalOf(role, shut));
    if (!isLeaf && studentNo !== undefined) noteBelow(guards, studentNo, ctx, info);
    return true;
  };
}

/** Whether the caller takes an action; the door decides on the row. */
export function judgeAction(action: string, ctx: Context): true | GraphQLError {
  const { role } = ctx.identity;
  const { overdue } = ctx;
  if (overdue) return overdue;
  return mayAct(role, action) || refuse(forbiddenOf(role, action));
}
