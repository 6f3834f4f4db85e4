/** What is shown of masked fields, by role, in words. Source: DOMAIN 3.4, masks.csv. */
import { GROUPS, type Group } from '../privacy/groups.js';
import { MASK_ROWS, type MaskRow } from '../privacy/masks.js';
import { cell, isOpen } from '../privacy/matrix.js';
import { ROLES, type Role } from '../privacy/roles.js';
import { table, together } from './markdown.js';
import { shapeWords } from './words.js';

/** Note 15: the mask holds for sealed rows alone. */
const SEALED_NOTE = 15;
const WITHHELD = { shown: 'NULL', bands: [], note: '' } as const;

/** `last four characters: Student.phone, BasicDetail.phone`, then what is left of the group. */
function partsOf(role: Role, group: Group): string {
  const { effect, note } = cell(role, group);
  const rows = MASK_ROWS.filter((row) => row.role === role && row.group === group);
  if (!isOpen(effect) || (effect === 'ALLOW' && !rows.length)) return '';
  const isSealed = note === SEALED_NOTE;
  const usual = effect === 'MASK' || isSealed ? 'NULL' : 'VALUE';
  const parts = together(
    rows
      .filter(({ shown }) => shown !== usual)
      .map((row) => [`${row.type}.${row.field}`, shapeWords(row)] as const),
  ).map(([fields, words]) => `${words}: ${fields.join(', ')}`);
  const rest = usual === 'NULL' ? 'all else withheld' : 'all else whole';
  return isSealed
    ? `when sealed: ${parts.join('; ')}; all else withheld but what the condition says`
    : [...parts, rest].join('; ');
}

export const masksTable = (roles: readonly Role[]): readonly string[] =>
  table(
    ['group', 'roles', 'shown'],
    GROUPS.flatMap((group) =>
      together(roles.map((role) => [role, partsOf(role, group)] as const))
        .filter(([, text]) => text)
        .map(([same, text]) => [`\`${group}\``, same.join(', '), text]),
    ),
  );

/** The table's row for one field, or the one for all fields of its type. */
const rowOf = (group: Group, role: Role, type: string, field: string): MaskRow | undefined => {
  const rows = MASK_ROWS.filter(
    (row) => row.group === group && row.role === role && row.type === type,
  );
  return rows.find((row) => row.field === field) ?? rows.find((row) => row.field === '*');
};

/** `last four characters: COUNSELLOR, COLLEGE_ADMIN; withheld: AUDITOR`; empty where none is masked. */
export function masksOfField(group: Group, type: string, field: string): string {
  const entries = ROLES.flatMap((role) => {
    const { effect, note } = cell(role, group);
    const row = rowOf(group, role, type, field);
    if (!isOpen(effect) || (effect === 'ALLOW' && !row)) return [];
    const words = shapeWords(row ?? WITHHELD);
    return [[role, note === SEALED_NOTE ? `${words} when sealed` : words] as const];
  });
  return together(entries)
    .map(([roles, words]) => `${words}: ${roles.join(', ')}`)
    .join('; ');
}
