/** Who sees the whole value of a field, and may therefore filter and sort by it (DOMAIN 3.7(1)). */
import { isGroup, type Policy } from './groups.js';
import type { Guards } from '../schema/guards.js';
import { predicatesOf, type Predicate } from './predicates.js';
import type { Role } from './roles.js';
import { names, readTable } from './tables.js';
import { refusedByRole, shownTo } from './verdict.js';

const reviewed = new Map(
  readTable('field-groups').map(({ type, field, group }) => [
    `${type}.${field}`,
    names(group?.replaceAll('&', '|')) as Policy[],
  ]),
);

/**
 * The policies of a field that is read: of this office's schema, else as the table of fields has it,
 * for what another office shows or no office does. Undefined for a field that nobody knows.
 */
export function policiesOf(guards: Guards, name: string): readonly Policy[] | undefined {
  const guard = guards.get(name);
  if (guard?.kind === 'key' || guard?.kind === 'inherit') return [];
  if (guard?.kind === 'group') return guard.policies;
  const [type = ''] = name.split('.');
  return reviewed.get(name) ?? reviewed.get(`${type}.*`);
}

/** What stands between a role and rows: the policies of the list, and the predicates that it reads under. */
interface Reading {
  readonly ofList: readonly Policy[];
  readonly under: readonly Predicate[];
}

/**
 * Rows of a list pass the predicates of its own groups; those of another group are not looked at, unless
 * the field is read under just these.
 */
function passesAllRows(role: Role, policy: Policy, { ofList, under }: Reading): boolean {
  if (!isGroup(policy) || ofList.includes(policy)) return true;
  const wanted = predicatesOf(role, policy);
  return wanted.length === under.length && wanted.every((predicate) => under.includes(predicate));
}

/** Whether a role sees the whole value of a field on every row that a list can hold for it. */
export const seesWhole = (
  role: Role,
  policies: readonly Policy[],
  name: string,
  reading: Reading,
): boolean =>
  policies.every((policy) => {
    const [type = '', field = ''] = name.split('.');
    if (refusedByRole(role, policy, type, field)) return false;
    if (!isGroup(policy)) return true;
    const isWhole = shownTo(role, policy, type, field) === 'VALUE';
    return isWhole && passesAllRows(role, policy, reading);
  });
