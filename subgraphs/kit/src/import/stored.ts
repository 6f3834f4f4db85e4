/** The stored record that a staged row is about, in SQL. */
import { snake } from '../database/snake.js';
import type { FactTable } from './fact-table.js';

const quoted = (name: string): string => `"${name}"`;

/** Fields by which a stored record is `t` and a staged row `r`. */
export const sameRecord = ({ key, fields }: FactTable): string =>
  key
    .map(
      (field) => `t.${quoted(snake(field))} = (r.value->>'${field}')::${fields[field] ?? 'text'}`,
    )
    .join(' and ');

/** Where stored records are; a table, or the latest version of each. */
export const storedIn = ({ table, source = quoted(table) }: FactTable): string => `${source} t`;

/** What is closed is not spoken of: a record that is not open counts as none (FG14). */
export const isOpen = ({ closed }: FactTable): string => (closed ? `not (${closed})` : 'true');

/** Fields of a record that a file may leave open, with the columns that hold them. */
export const openFields = ({ key, fields }: FactTable): string[] =>
  Object.keys(fields).filter((field) => !key.includes(field));

export const columnOf = (field: string): string => `t.${quoted(snake(field))}`;
