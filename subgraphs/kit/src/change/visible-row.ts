/** The row that is to be changed: locked, and found by whoever finds it when he reads. */
import type { Context } from '../call/context.js';
import { columnsOf } from '../database/columns.js';
import { execute } from '../database/orm.js';
import { snake } from '../database/snake.js';
import { fault } from '../errors.js';
import { rowClauses } from '../read/rows.js';
import { decideOn } from './decide-on.js';
import type { ChangeableRow, Noun } from './noun.js';

/** Of no student: where there is no row, the same is asked of nobody (DOMAIN 3.7(4)). */
const NOBODY = '';
const IS_UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const NO_ROW = '00000000-0000-0000-0000-000000000000';

/** The row of a noun that the actor sees; nothing where he does not. */
async function readVisible<Row extends ChangeableRow>(
  ctx: Context,
  { entity, rows, key = 'id' }: Noun<Row>,
  id: string,
  studentNo: string,
): Promise<Row | undefined> {
  const clauses = rowClauses(ctx, rows, studentNo);
  const where = { $and: [{ [key]: id }, ...clauses] };
  const past = { disableIdentityMap: true } as const;
  const row = await ctx.em.findOne(entity as never, where as never, past as never);
  return (row ?? undefined) as Row | undefined;
}

/** Lock a row by its number alone: whoever waited here sees, afterwards, what the other has done. */
async function lockRow<Row extends ChangeableRow>(
  { em }: Context,
  { entity, key = 'id' }: Noun<Row>,
  id: string,
): Promise<string | undefined> {
  const { table, fields } = columnsOf(entity as never, [key] as never[]);
  const sql = `
    select student_no as "studentNo" from ${table}
    where ${snake(key)} = ?::${fields[key]} for no key update`;
  const [row] = await execute<{ readonly studentNo: string }>(em, sql, [id]);
  return row?.studentNo;
}

/**
 * Lock a row and read it as the actor may. A row that is not there and one that is not his are one
 * answer, found by the same statements, and the same is written down of both.
 *
 * @throws NOT_FOUND
 */
export async function lockVisible<Row extends ChangeableRow>(
  ctx: Context,
  noun: Noun<Row>,
  named: string,
): Promise<Row> {
  const id = noun.key || IS_UUID.test(named) ? named : NO_ROW;
  const studentNo = (await lockRow(ctx, noun, id)) ?? NOBODY;
  const { group } = noun.rows;
  const isOpen = await decideOn(ctx, group, studentNo);
  const row = isOpen ? await readVisible(ctx, noun, id, studentNo) : await readNothing(ctx, noun);
  if (!row) {
    ctx.disclosures.refused([group]);
    throw fault('NOT_FOUND');
  }
  ctx.disclosures.record(studentNo, group, ctx.ruling(group, studentNo).effect);
  return row;
}

/** One statement, as for a row that is there. */
async function readNothing<Row extends ChangeableRow>(
  ctx: Context,
  { entity }: Noun<Row>,
): Promise<undefined> {
  const past = { disableIdentityMap: true } as const;
  await ctx.em.findOne(entity as never, { id: NO_ROW } as never, past as never);
}

/** A row as it is after a change: what has left the actor's sight is not shown to him. */
export const visibleAfter = <Row extends ChangeableRow>(
  ctx: Context,
  noun: Noun<Row>,
  row: Row,
): Promise<Row | undefined> =>
  readVisible(ctx, noun, noun.key ? String(row[noun.key]) : row.id, row.studentNo);
