/** What roles may read: cells, condition notes and row predicates. Source: DOMAIN 3.3, 3.4, 3.4b. */
import { GROUPS, type Group } from '../privacy/groups.js';
import { cell, isOpen } from '../privacy/matrix.js';
import { noteOf, type Note } from '../privacy/notes.js';
import { PREDICATES, predicatesOf, predicateWords } from '../privacy/predicates.js';
import { purposesOf } from '../privacy/purposes.js';
import type { Role } from '../privacy/roles.js';
import { table, together } from './markdown.js';
import { LETTERS, whoIs } from './words.js';

/** `M 1`: the effect, and the number of its condition. */
function effectText(role: Role, group: Group): string {
  const { effect, note } = cell(role, group);
  return note === undefined ? LETTERS[effect] : `${LETTERS[effect]} ${note}`;
}

export const rolesTable = (roles: readonly Role[]): readonly string[] =>
  table(
    ['role', 'who', 'purposes'],
    roles.map((role) => [
      `\`${role}\``,
      whoIs(role),
      purposesOf(role)
        .map(({ name, needsReference }) => (needsReference ? `${name} (with a reference)` : name))
        .join(', '),
    ]),
  );

export const cellsTable = (roles: readonly Role[]): readonly string[] =>
  table(
    ['group', ...roles.map((role) => `\`${role}\``)],
    GROUPS.map((group) => [
      `${cell('PUBLIC', group).clause} \`${group}\``,
      ...roles.map((role) => effectText(role, group)),
    ]),
  );

/** Roles, then the groups in which something holds for them, equal roles on one line. */
const where = (roles: readonly Role[], holds: (role: Role, group: Group) => boolean): string =>
  together(
    roles.flatMap((role) => {
      const groups = GROUPS.filter((group) => holds(role, group));
      return groups.length ? [[role, groups.join(', ')] as const] : [];
    }),
  )
    .map(([same, groups]) => `${same.join(', ')} × ${groups}`)
    .join('; ');

const noteAt = (role: Role, group: Group): Note | undefined => {
  const { note } = cell(role, group);
  return note === undefined ? undefined : noteOf(note, group);
};

export function conditionsTable(roles: readonly Role[]): readonly string[] {
  const cells = roles.flatMap((role) => GROUPS.flatMap((group) => noteAt(role, group) ?? []));
  const notes = [...new Set(cells)].toSorted((a, b) => a.number - b.number);
  return table(
    ['note', 'condition', 'cells', 'source'],
    notes.map((note) => [
      String(note.number),
      note.words,
      where(roles, (role, group) => noteAt(role, group) === note),
      note.clause,
    ]),
  );
}

export const rowsTable = (roles: readonly Role[]): readonly string[] =>
  table(
    ['predicate', 'rows that pass', 'cells'],
    PREDICATES.map((name) => [
      `\`${name}\``,
      predicateWords(name),
      where(
        roles,
        (role, group) =>
          isOpen(cell(role, group).effect) && predicatesOf(role, group).includes(name),
      ),
    ]).filter(([, , cells]) => cells),
  );
