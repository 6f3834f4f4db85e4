/** What must come of a field that a role selects, by the reviewed tables (DOMAIN 3.1, 3.3, 3.4). */
import { cellOf, clauseOf, isKeptBySeal, shownUnder } from '../reviewed.js';

export interface Expected {
  readonly code: string;
  readonly group: string;
  readonly clause: string;
  readonly rule: string;
  readonly masked?: true;
}

export const isOpenCell = (role: string, group: string): boolean =>
  ['A', 'M'].includes(cellOf(role, group).effect);

const IN_PLACE = ['VALUE', 'CATEGORY', 'FLAG'];
/** Office and shortened name in one text, which has no twin (docs/decisions/0010). */
const SHORTENED = ['AccessEvent.actorDisplay'];
/** Closed whatever the cell says, but to the student, the handler, the deciding body and an audit (3.4). */
export const CLOSED_FIELDS: readonly string[] = [
  'targetRef',
  'targetGroup',
  'grounds',
  'evidence',
  'decisionText',
  'officeAnswer',
  'provincialDocNo',
  'before',
  'after',
].map((field) => `Appeal.${field}`);
const NEEDS_CONSENT = '33';

/** Whether a field of an open cell answers: in place, or as the twin of what is masked in part. */
function isShown(role: string, group: string, type: string, field: string): boolean {
  const shown = shownUnder(group, role, type, field);
  return field.endsWith('Masked') ? shown !== 'NULL' : IN_PLACE.includes(shown);
}

/** The refusal of a cell. */
function refusalOf(role: string, group: string): Expected {
  const { note } = cellOf(role, group);
  const clause = clauseOf(group);
  const code = note === NEEDS_CONSENT ? 'CONSENT_REQUIRED' : 'FORBIDDEN_FIELD';
  return { code, group, clause, rule: `${role}.${clause}` };
}

/** The refusal of a field that a mask leaves out. */
export const maskedOf = (role: string, group: string): Expected => ({
  ...refusalOf(role, group),
  code: 'FORBIDDEN_FIELD',
  masked: true,
});

/** The group whose records are sealed, by type of what they hold. */
const SEALABLE: Readonly<Record<string, string>> = {
  LawViolation: 'LAW_VIOLATIONS',
  Material: 'LAW_VIOLATIONS',
};

/** The refusal that a field of a sealed record must give; nothing where the seal leaves it (note 15). */
export function sealedOf(role: string, type: string, field: string): Expected | undefined {
  const group = SEALABLE[type];
  if (!group || !isKeptBySeal(group, role, type, field)) return undefined;
  return { ...refusalOf(role, group), code: 'RECORD_SEALED' };
}

/**
 * The refusal that a field must give to a role, or nothing where it must answer.
 *
 * @param isMet  Whether the condition note of a cell is met by the fixture for this caller.
 */
export function expectedOf(
  role: string,
  policies: readonly string[],
  type: string,
  field: string,
  isMet: (note: string, group: string) => boolean,
): Expected | undefined {
  const groups = policies.filter((policy) => policy !== 'AUTHENTICATED');
  for (const group of groups) {
    if (!isOpenCell(role, group)) return refusalOf(role, group);
    if (!SHORTENED.includes(`${type}.${field}`) && !isShown(role, group, type, field))
      return maskedOf(role, group);
  }
  const unmet = groups.find((group) => !isMet(cellOf(role, group).note, group));
  return unmet === undefined ? undefined : refusalOf(role, unmet);
}
