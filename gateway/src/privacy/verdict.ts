import { isGroup, type Group } from '@chengxin/kit/privacy/groups';
import type { Role } from '@chengxin/kit/privacy/roles';
import { refusedByPurpose, refusedByRole, type Refusal } from '@chengxin/kit/privacy/verdict';
import { refusedInList } from './lists.js';
import type { Policies } from './policies.js';

/** What a role may have of one field, whoever the student is. */
export interface Verdict {
  /** Groups by which the field is open. */
  readonly open: readonly Group[];
  /** All that stands in the way; empty when the field is open. Errors name the first. */
  readonly refusals: readonly Refusal[];
}

export const OPEN: Verdict = { open: [], refusals: [] };

/** Under which role, and for which purpose, a request runs. */
export interface Caller {
  readonly role: Role;
  readonly purpose: string;
}

/** A field that the supergraph does not know is shut. */
const unknown = (role: Role): Verdict => ({
  open: [],
  refusals: [{ code: 'FORBIDDEN_FIELD', group: '?', clause: '?', rule: `${role}.?` }],
});

/**
 * Judges a field on a runtime type: any alternative suffices, all names of it must be open.
 *
 * @param listed  The field belongs to a student who stands in a list.
 */
export function judge(
  policies: Pick<Policies, 'get'>,
  { role, purpose }: Caller,
  type: string,
  field: string,
  listed: boolean,
): Verdict {
  const alternatives = policies.get(`${type}.${field}`);
  if (!alternatives) return unknown(role);
  const open = new Set<Group>();
  const refusals: Refusal[] = [];
  let isOpen = false;
  for (const names of alternatives) {
    const against = names
      .map(
        (name) =>
          refusedByRole(role, name, type, field) ??
          refusedByPurpose(role, purpose, name) ??
          (listed ? refusedInList(role, name, type, field) : null),
      )
      .filter((refusal) => refusal !== null);
    refusals.push(...against);
    if (against.length > 0) continue;
    isOpen = true;
    for (const name of names) if (isGroup(name)) open.add(name);
  }
  return isOpen ? { open: [...open], refusals: [] } : { open: [], refusals };
}
