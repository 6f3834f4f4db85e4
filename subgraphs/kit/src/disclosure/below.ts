/**
 * What is selected below a field of a student is noted whether rows exist there or not: else the
 * groups of the rows would disclose that there are some. Source: DOMAIN 3.7(15), (16).
 */
import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { Context } from '../call/context.js';
import { isAboutStudent, type Policy } from '../privacy/groups.js';
import type { Guards } from '../schema/guards.js';
import type { Role } from '../privacy/roles.js';
import { shutByTables } from '../privacy/verdict.js';
import { placesBelow } from './selection.js';

/** Groups that some fields select, and those by which the tables shut one of them. */
interface Below {
  readonly selected: ReadonlySet<Policy>;
  readonly shut: ReadonlySet<Policy>;
}
/** One for all objects of a list: they share the nodes of the field, and no other request does. */
const known = new WeakMap<readonly FieldNode[], Below>();

function readBelow(guards: Guards, role: Role, info: GraphQLResolveInfo): Below {
  const [selected, shut] = [new Set<Policy>(), new Set<Policy>()];
  for (const place of placesBelow(info)) {
    const guard = guards.get(place.join('.'));
    if (guard?.kind !== 'group') continue;
    const refused = shutByTables(role, guard.policies, place);
    if (refused) shut.add(refused.policy);
    else for (const policy of guard.policies) if (isAboutStudent(policy)) selected.add(policy);
  }
  return { selected, shut };
}

function groupsBelow(guards: Guards, role: Role, info: GraphQLResolveInfo): Below {
  const before = known.get(info.fieldNodes);
  if (before) return before;
  const below = readBelow(guards, role, info);
  known.set(info.fieldNodes, below);
  return below;
}

/**
 * Note the groups that are selected below a field of a student, each as the rows themselves would.
 */
export function noteBelow(
  guards: Guards,
  studentNo: string,
  ctx: Context,
  info: GraphQLResolveInfo,
): void {
  const { selected, shut } = groupsBelow(guards, ctx.identity.role, info);
  for (const policy of selected)
    ctx.disclosures.record(studentNo, policy, ctx.ruling(policy, studentNo).effect);
  for (const policy of shut) ctx.disclosures.record(studentNo, policy, 'DENY');
}
