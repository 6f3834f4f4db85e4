/**
 * What the reviewed tables say, read anew and without the product's own reading of them: a role, a
 * group, a field, and what must come of it (DOMAIN 3.1, 3.3, 3.4).
 */
import { readTable } from '@chengxin/kit/privacy/tables';

export interface Expected {
  readonly code: string;
  readonly group: string;
  readonly clause: string;
  readonly rule: string;
  readonly masked?: true;
}
export interface MatrixCell {
  readonly letter: string;
  readonly note: string;
  readonly clause: string;
}

const matrix = new Map(readTable('privacy-matrix').map((row) => [row['group'] ?? '', row]));
const masks = new Map(
  readTable('masks').map((row) => [
    [row['group'], row['role'], row['type'], row['field']].join(' '),
    row['shown'] ?? '',
  ]),
);

export const GROUPS_OF_THE_MATRIX = [...matrix.keys()];
export const ROLES_OF_THE_MATRIX = Object.keys(readTable('privacy-matrix')[0] ?? {}).filter(
  (name) => !['code', 'group', 'LIST', 'reason'].includes(name),
);

export function cellOf(role: string, group: string): MatrixCell {
  const row = matrix.get(group);
  const text = row?.[role];
  if (!row || !text) throw new Error(`The matrix has no cell ${group} × ${role}.`);
  return { letter: text.slice(0, 1), note: text.slice(1), clause: row['code'] ?? '' };
}

export const isOpenCell = (role: string, group: string): boolean =>
  ['A', 'M'].includes(cellOf(role, group).letter);

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
  'before',
  'after',
].map((field) => `Appeal.${field}`);
/** Note 15 masks sealed rows alone. */
const SEALED_ROWS = '15';
const NEEDS_CONSENT = '33';

/** How the mask table shows a field to a role, `NULL` where a masked cell has no row for it. */
function shownTo(role: string, group: string, type: string, field: string): string {
  const { letter, note } = cellOf(role, group);
  if (note === SEALED_ROWS) return 'VALUE';
  const isTwin = field.endsWith('Masked');
  const name = isTwin ? field.slice(0, -'Masked'.length) : field;
  const row =
    masks.get([group, role, type, name].join(' ')) ?? masks.get([group, role, type, '*'].join(' '));
  const shown = row ?? (letter === 'M' ? 'NULL' : 'VALUE');
  return isTwin && shown !== 'NULL' ? 'VALUE' : shown;
}

/** The refusal of a cell. */
function refusalOf(role: string, group: string): Expected {
  const { note, clause } = cellOf(role, group);
  const code = note === NEEDS_CONSENT ? 'CONSENT_REQUIRED' : 'FORBIDDEN_FIELD';
  return { code, group, clause, rule: `${role}.${clause}` };
}

/** The refusal of a field that a mask leaves out. */
export const maskedOf = (role: string, group: string): Expected => ({
  ...refusalOf(role, group),
  code: 'FORBIDDEN_FIELD',
  masked: true,
});

/**
 * The refusal that a field must give to a role, or nothing where it must answer.
 *
 * @param isMet  Whether the condition note of a cell is met by the fixture for this asker.
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
    const isShown =
      SHORTENED.includes(`${type}.${field}`) ||
      IN_PLACE.includes(shownTo(role, group, type, field));
    if (!isShown) return maskedOf(role, group);
  }
  const unmet = groups.find((group) => !isMet(cellOf(role, group).note, group));
  return unmet === undefined ? undefined : refusalOf(role, unmet);
}
