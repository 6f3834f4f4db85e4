/** A change that a job makes, or what another office published: no right and no second person. */
import { actOf } from './act.js';
import { isFrom, tableRow } from './authorization.js';
import type { After, Step } from './door.js';
import { numberOf, type ChangeableRow, type Noun } from './noun.js';
import { lockIfThere } from './visible-row.js';
import { updateRow, type Changes } from './write-row.js';
import { insertRows } from './write-rows.js';
import type { Writer } from './writer.js';

/**
 * Change a row by an action that the table gives to a job. A job may run twice: a row that is in none
 * of the states from which the action is taken stays as it is, and one that is gone meanwhile is none.
 *
 * @returns The row as it is now; undefined where nothing changed.
 */
export async function changeByJob<Row extends ChangeableRow>(
  writer: Writer,
  name: string,
  noun: Noun<Row>,
  id: string,
  step: Step<Row>,
  after?: After<Row>,
): Promise<Row | undefined> {
  const action = tableRow(name);
  if (action.roles.length) throw new Error(`${name} is taken by people, not by a job.`);
  const row = await lockIfThere(writer, noun, id);
  if (!row || !isFrom(action, noun, row, writer.now)) return undefined;
  const act = actOf(writer, action, { type: noun.name, id: numberOf(noun, row) });
  const changes = await step(row, act);
  const written = await updateRow(writer, action, noun, row, { changes });
  await after?.(written, act);
  return written;
}

/** Make rows by an action that the table gives to a job, in statements that do not grow with them. */
export function makeByJob<Row extends ChangeableRow>(
  writer: Writer,
  name: string,
  noun: Noun<Row>,
  rows: readonly Changes<Row>[],
): Promise<Row[]> {
  const action = tableRow(name);
  if (action.roles.length) throw new Error(`${name} is taken by people, not by a job.`);
  return insertRows(writer, { action, noun }, rows);
}
