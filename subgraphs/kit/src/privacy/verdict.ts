/**
 * What can be said of a field from the role alone. The gateway asks this before planning and takes
 * the refused fields out; the office asks it again for each value (ARCHITECTURE §4).
 */
import { actionOf, mayAct } from '../action/actions.js';
import type { ErrorCode } from '../errors.js';
import { AUTHENTICATED, isGroup, type Policy } from './groups.js';
import { isTwin, shownAs, twinOf, type Shown } from './masks.js';
import { cell, isOpen } from './matrix.js';
import type { Role } from './roles.js';

/** Why a field is refused, as errors name it: never the condition that failed. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly group: string;
  readonly clause: string;
  readonly rule: string;
  /** The group is open in part, but not this field of it. */
  readonly masked?: true;
}

/** Note 33: whether rows exist or not, the answer is that consent is needed. */
const CONSENT_NOTE = 33;

/** The refusal of a cell that is shut. */
export function refusalOf(role: Role, group: Policy): Refusal {
  const { note, clause, rule } = cell(role, group);
  if (group === AUTHENTICATED) return { code: 'UNAUTHENTICATED', group, clause, rule };
  const code = note === CONSENT_NOTE ? 'CONSENT_REQUIRED' : 'FORBIDDEN_FIELD';
  return { code, group, clause, rule };
}

/** What stays of a masked field for a role: nothing, the value, or a shape that its resolver makes. */
export function maskOf(role: Role, group: Policy, type: string, field: string): Shown {
  if (!isTwin(field)) return shownAs(group, role, type, field);
  const shown = shownAs(group, role, type, twinOf(field));
  return shown === 'NULL' ? 'NULL' : 'VALUE';
}

/** Whether one policy name of a field can ever be satisfied by a role; null when it can. */
export function refusedByRole(
  role: Role,
  policy: string,
  type: string,
  field: string,
): Refusal | null {
  if (policy.includes('.')) {
    if (mayAct(role, policy)) return null;
    const clause = actionOf(policy)?.clause ?? '3.8';
    return { code: 'FORBIDDEN_ACTION', group: policy, clause, rule: `${role}.${policy}` };
  }
  if (!isGroup(policy) && policy !== AUTHENTICATED)
    return { code: 'FORBIDDEN_FIELD', group: policy, clause: '?', rule: `${role}.?` };
  const { effect } = cell(role, policy);
  if (!isOpen(effect)) return refusalOf(role, policy);
  if (effect === 'MASK' && maskOf(role, policy, type, field) === 'NULL')
    return { ...refusalOf(role, policy), masked: true };
  return null;
}
