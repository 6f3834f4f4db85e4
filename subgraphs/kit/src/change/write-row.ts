/** A row is written with its line in the operation log: one transaction, parameters alone. */
import { randomUUID } from 'node:crypto';
import type { Action } from '../action/actions.js';
import { columnName, columnsOf, hasColumn } from '../database/columns.js';
import { execute } from '../database/orm.js';
import { numberColumn } from './by-number.js';
import { numberOf, type ChangeableRow, type Noun } from './noun.js';
import { appendLine } from './operation-log.js';
import type { Writer } from './writer.js';

/** What changes of a row. */
export type Changes<Row> = Partial<Omit<Row, 'id' | 'version'>>;

export interface Written<Row> {
  readonly changes: Changes<Row>;
  readonly reason?: string | undefined;
  readonly basis?: string | undefined;
}

/** The state to which an action leads: the only one, or the one that the step names. */
function stateAfter({ toStates, name }: Action, named: string | undefined): string | undefined {
  if (named !== undefined && !toStates.includes(named))
    throw new Error(`${name} does not lead to ${named}.`);
  if (named === undefined && toStates.length > 1)
    throw new Error(`${name} leads to one of ${toStates.join(', ')}: name it.`);
  return named ?? toStates[0];
}

/** What changes, with the state that the action leads to, where rows have a column for it. */
export const withState = <Row extends ChangeableRow>(
  action: Action,
  { entity, stateIn = 'state' as keyof Row & string }: Noun<Row>,
  changes: Changes<Row>,
) => {
  if (!hasColumn(entity, stateIn)) return changes;
  const state = stateAfter(action, (changes as Record<string, string | undefined>)[stateIn]);
  return { ...changes, ...(state !== undefined && { [stateIn]: state }) };
};

/** SQL and value of each changed column. */
export function assignments<Row extends ChangeableRow>({ entity }: Noun<Row>, values: object) {
  const names = Object.keys(values) as (keyof Row & string)[];
  const { table, fields } = columnsOf(entity as never, names as never[]);
  return {
    table,
    columns: names.map((name) => columnName(entity, name)),
    places: names.map((name) => `?::${fields[name]}`),
    values: names.map((name) => {
      const value = (values as Record<string, unknown>)[name];
      const isJson = fields[name] === 'jsonb' && value !== null && value !== undefined;
      return isJson ? JSON.stringify(value) : (value ?? null);
    }),
  };
}

/** The row with what was changed of it. */
const merged = <Row extends ChangeableRow>({ entity }: Noun<Row>, ...parts: object[]): Row =>
  Object.assign(Object.create(entity.prototype as object) as Row, ...parts) as Row;

/** Write a row that was there, as its next version. */
export async function updateRow<Row extends ChangeableRow>(
  ctx: Writer,
  action: Action,
  noun: Noun<Row>,
  row: Row,
  { changes, reason, basis }: Written<Row>,
): Promise<Row> {
  const after = { ...withState(action, noun, changes), version: row.version + 1 };
  const { table, columns, places, values } = assignments(noun, after);
  const set = columns.map((column, at) => `"${column}" = ${places[at]}`).join(', ');
  const id = numberOf(noun, row);
  const { name, column, type } = numberColumn(noun);
  const where = `${column} = ?::${type}`;
  await execute(ctx.em, `update ${table} set ${set} where ${where}`, [...values, row[name]]);
  const target = { type: noun.name, id };
  const { studentNo } = row;
  const line = { action: action.name, target, studentNo, reason, basis };
  await appendLine(ctx, { ...line, before: row, after });
  return merged(noun, row, after);
}

/** A new row as it is written: its number is made here, unless its noun has a key that the step names. */
export function newRow<Row extends ChangeableRow>(
  { identity, now }: Writer,
  action: Action,
  noun: Noun<Row>,
  changes: Changes<Row>,
) {
  const { key = 'id' } = noun;
  const named = (changes as Readonly<Record<string, string | undefined>>)[key];
  return {
    ...withState(action, noun, changes),
    [key]: named ?? randomUUID(),
    version: 1,
    ...(hasColumn(noun.entity, 'recordedBy') && {
      recordedBy: identity.subject,
      recordedAt: now,
    }),
  };
}

/** Write a row that is new. */
export async function insertRow<Row extends ChangeableRow>(
  ctx: Writer,
  action: Action,
  noun: Noun<Row>,
  { changes, reason, basis }: Written<Row>,
): Promise<Row> {
  const made = newRow(ctx, action, noun, changes);
  const { table, columns, places, values } = assignments(noun, made);
  const names = columns.map((column) => `"${column}"`).join(', ');
  const sql = `insert into ${table} (${names}) values (${places.join(', ')})`;
  await execute(ctx.em, sql, values);
  const written = merged(noun, made);
  const target = { type: noun.name, id: numberOf(noun, written) };
  const { studentNo } = written;
  await appendLine(ctx, { action: action.name, target, studentNo, reason, basis, after: made });
  return written;
}
