/**
 * What can be said of a field from the role alone. The gateway reads this before planning and takes
 * the refused fields out; the office reads it again for each value (ARCHITECTURE §4).
 */
import { actionOf, mayAct } from '../action/actions.js';
import { forbiddenOf } from '../action/forbidden.js';
import type { ErrorCode } from '../errors.js';
import { opensField } from './aggregates.js';
import { AUTHENTICATED, isGroup, type Policy } from './groups.js';
import { isTwin, maskRow, twinOf, type MaskRow, type Shown } from './masks.js';
import { cell } from './matrix.js';
import { ROLES, type Role } from './roles.js';

/** Why a field is refused, as errors name it: never the condition that failed. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly group: string;
  readonly clause: string;
  readonly rule: string;
  /** Purpose under which alone an action is taken. */
  readonly purpose?: string;
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

/** Shapes that a field of the same type can carry; the others stand in the twin `…Masked` field. */
const SHOWN_IN_PLACE: ReadonlySet<Shown> = new Set(['VALUE', 'CATEGORY', 'FLAG']);
/** Text that its own resolver shortens: it has no twin. */
export const SHORTENED: ReadonlySet<string> = new Set(['AccessEvent.actorDisplay']);
/** Note 15: the mask holds for sealed rows alone, so the office that knows the row applies it. */
const SEALED_NOTE = 15;

/** What a role sees of a value, in whichever of the twin fields it stands. */
type Shape = Pick<MaskRow, 'shown' | 'bands'>;

/**
 * The shape in which a role sees the value of a field or of its twin. A masked cell shows what the
 * table names and nothing else; an open one shows all that the table does not narrow.
 */
function shapeOf(role: Role, group: Policy, type: string, field: string): Shape {
  const { effect, note } = cell(role, group);
  const whole = { shown: 'VALUE', bands: [] } as const;
  if (note === SEALED_NOTE) return whole;
  const otherwise = effect === 'MASK' ? ({ shown: 'NULL', bands: [] } as const) : whole;
  return maskRow(group, role, type, twinOf(field)) ?? otherwise;
}

/** How much of a field a role sees: all, nothing, or a shape that its resolver makes. */
export function shownTo(role: Role, group: Policy, type: string, field: string): Shown {
  const { shown } = shapeOf(role, group, type, field);
  if (isTwin(field)) return shown === 'NULL' ? 'NULL' : 'VALUE';
  return SHOWN_IN_PLACE.has(shown) || SHORTENED.has(`${type}.${field}`) ? shown : 'NULL';
}

/** Why a field is shown in part: how, and by which cell (docs/decisions/0011). */
export interface Mask {
  readonly shown: Shown;
  readonly group: string;
  readonly clause: string;
  readonly rule: string;
}

/** The mask through which a role reads a field that is not refused; none where it reads all of it. */
export function maskOf(role: Role, policy: string, type: string, field: string): Mask | undefined {
  if (!isGroup(policy)) return undefined;
  const { shown } = shapeOf(role, policy, type, field);
  if (shown === 'VALUE' || shown === 'NULL') return undefined;
  const { clause, rule } = cell(role, policy);
  return { shown, group: policy, clause, rule };
}

/** The only words in which a masked field is shown to a role; none where the shape says it. */
export const wordsShownTo = (
  role: Role,
  group: Policy,
  type: string,
  field: string,
): readonly string[] => shapeOf(role, group, type, field).bands;

/** The entrance to a student. Who may never enter gets the error of an unknown number (3.1). */
const STUDENT_ENTRANCE = 'Query.student';

/** What everybody who may see a sealed row sees: that it is sealed, and since when. */
const VISIBLE_WHEN_SEALED: ReadonlySet<string> = new Set(['state', 'sealedOn']);

/** Whether a seal can touch a field of this group at all: for some role the cell says so. */
export const isSealable = (group: Policy): boolean =>
  ROLES.some((role) => cell(role, group).note === SEALED_NOTE);

/** Why a field of a sealed row is refused; undefined where the seal does not touch it (note 15). */
export function sealedRefusal(
  role: Role,
  group: Policy,
  type: string,
  field: string,
): Refusal | undefined {
  const { note, clause, rule } = cell(role, group);
  if (note !== SEALED_NOTE || VISIBLE_WHEN_SEALED.has(field)) return undefined;
  if (maskRow(group, role, type, field)?.shown === 'VALUE') return undefined;
  return { code: 'RECORD_SEALED', group, clause, rule };
}

/**
 * Extensions of a refusal's error; where a student does not exist for the caller, the code alone.
 */
export function extensionsOf({ code, ...named }: Refusal): Record<string, unknown> {
  return code === 'NOT_FOUND' ? { code } : { code, ...named };
}

/** Whether one policy name of a field can ever be satisfied by a role; null when it can. */
export function refusedByRole(
  role: Role,
  policy: string,
  type: string,
  field: string,
): Refusal | null {
  if (policy.includes('.')) {
    return mayAct(role, policy) ? null : forbiddenOf(role, policy);
  }
  if (!isGroup(policy) && policy !== AUTHENTICATED)
    return { code: 'FORBIDDEN_FIELD', group: policy, clause: '?', rule: `${role}.?` };
  const isShut = !opensField(cell(role, policy).effect, type, field);
  if (!isShut && shownTo(role, policy, type, field) !== 'NULL') return null;
  const refusal = refusalOf(role, policy);
  if (`${type}.${field}` === STUDENT_ENTRANCE) return { ...refusal, code: 'NOT_FOUND' };
  return isShut ? refusal : { ...refusal, masked: true };
}

/** Whether a role that may take an action needs another purpose for it; null when this one is right. */
export function refusedByPurpose(role: Role, purpose: string, action: string): Refusal | null {
  const needed = actionOf(action)?.rights.get(role)?.purpose;
  if (needed === undefined || needed === purpose) return null;
  return { ...forbiddenOf(role, action), code: 'PURPOSE_REQUIRED', purpose: needed };
}

/** Why the tables keep a role from a field, and by which of its policies; undefined when they do not. */
export function shutByTables(
  role: Role,
  policies: readonly Policy[],
  [type, field]: readonly [type: string, field: string],
): { readonly policy: Policy; readonly refusal: Refusal } | undefined {
  for (const policy of policies) {
    const refusal = refusedByRole(role, policy, type, field);
    if (refusal) return { policy, refusal };
  }
  return undefined;
}
