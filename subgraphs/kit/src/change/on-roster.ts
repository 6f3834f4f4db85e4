/** The student whom a new row is about, in an office that has no row of his yet (DOMAIN 0.2). */
import { Roster } from '../read/roster.js';
import type { RowPredicates } from '../read/rows.js';
import type { ParentNoun } from './noun.js';

/**
 * What a new row hangs on where nothing but the roster knows its student: locked and visible like any
 * other row, by the group IDENTITY.
 *
 * @param predicates  Those that cells of IDENTITY name of roles that act in this office.
 */
export const onRoster = (predicates: RowPredicates<Roster> = {}): ParentNoun<Roster> => ({
  name: 'Student',
  entity: Roster,
  key: 'studentNo',
  rows: { group: 'IDENTITY', predicates },
});
