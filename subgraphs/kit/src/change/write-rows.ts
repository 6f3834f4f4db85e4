/**
 * Many rows are written alike, each with its line in the operation log (G19.2): the statements do not
 * grow with the rows.
 */
import type { Action } from '../action/actions.js';
import { columnName, columnsOf } from '../database/columns.js';
import { execute } from '../database/orm.js';
import { numberColumn } from './by-number.js';
import { numberOf, type ChangeableRow, type Noun } from './noun.js';
import { appendLines } from './operation-log.js';
import type { Writer } from './writer.js';
import { assignments, newRow, withState, type Changes } from './write-row.js';

/** What an action writes into many rows, and what it follows from. */
export interface ManyRows<Row extends ChangeableRow> {
  readonly action: Action;
  readonly noun: Noun<Row>;
  /** Action and row of which it is a consequence; none where nobody asked for it. */
  readonly basis?: string;
}

/** Write the same into rows that were there, each as its next version. */
export async function updateRows<Row extends ChangeableRow>(
  ctx: Writer,
  { action, noun, basis }: ManyRows<Row>,
  rows: readonly Row[],
  changes: Changes<Row>,
): Promise<void> {
  if (!rows.length) return;
  const after = withState(action, noun, changes);
  const { table, columns, places, values } = assignments(noun, after);
  const set = columns.map((column, at) => `"${column}" = ${places[at]}`);
  const { name, column, type } = numberColumn(noun);
  const sql = `update ${table} set ${[...set, 'version = version + 1'].join(', ')}
    where ${column} = any(?::${type}[])`;
  await execute(ctx.em, sql, [...values, rows.map((row) => row[name])]);
  const lines = rows.map((row) => ({
    target: { type: noun.name, id: numberOf(noun, row) },
    studentNo: row.studentNo,
    before: row,
    after: { ...after, version: row.version + 1 },
  }));
  await appendLines(ctx, action.name, basis, lines);
}

/**
 * Write rows that are new; all name the same columns.
 *
 * @returns The rows as they are written, in the same order.
 */
export async function insertRows<Row extends ChangeableRow>(
  ctx: Writer,
  { action, noun, basis }: ManyRows<Row>,
  rows: readonly Changes<Row>[],
): Promise<Row[]> {
  const made = rows.map((changes) => newRow(ctx, action, noun, changes));
  const [first] = made;
  if (!first) return [];
  const names = Object.keys(first) as (keyof Row & string)[];
  const { table, fields } = columnsOf(noun.entity as never, names as never[]);
  const columns = names.map((name) => `"${columnName(noun.entity, name)}"`).join(', ');
  const typed = names.map((name) => `"${name}" ${fields[name]}`).join(', ');
  const values = names.map((name) => `"${name}"`).join(', ');
  const sql = `insert into ${table} (${columns})
    select ${values} from jsonb_to_recordset(?::jsonb) as r(${typed})`;
  await execute(ctx.em, sql, [JSON.stringify(made)]);
  const lines = made.map((after) => ({
    target: { type: noun.name, id: numberOf(noun, after as unknown as Row) },
    studentNo: (after as { readonly studentNo?: string }).studentNo,
    after,
  }));
  await appendLines(ctx, action.name, basis, lines);
  return made as unknown as Row[];
}
