/** The row that is to be changed: locked, and found by whoever finds it when he reads. */
import type { Context } from '../call/context.js';
import { hasColumn } from '../database/columns.js';
import { execute } from '../database/orm.js';
import { isUuid } from '../database/uuid.js';
import { fault } from '../errors.js';
import type { Group } from '../privacy/groups.js';
import { rowClauses, type StudentRows } from '../read/rows.js';
import { byNumber } from './by-number.js';
import { decideApart, decideOn } from './decide-on.js';
import {
  numberOf,
  type ChangeableRow,
  type Noun,
  type ParentNoun,
  type VisibleRow,
} from './noun.js';
import type { Writer } from './writer.js';

/** Of no student: where there is no row, the same is looked up of nobody (DOMAIN 3.7(4)). */
const NOBODY = '';
const NO_ROW = '00000000-0000-0000-0000-000000000000';
const PAST_THE_IDENTITY_MAP = { disableIdentityMap: true } as const;

async function read<Row extends VisibleRow>(
  { em }: Writer,
  { entity }: ParentNoun<Row>,
  where: object,
): Promise<Row | undefined> {
  const row = await em.findOne(entity as never, where as never, PAST_THE_IDENTITY_MAP as never);
  return (row ?? undefined) as Row | undefined;
}

/** How the rows of a noun are read, whatever their state. */
const readings = <Row extends VisibleRow>({ rows, otherRows = [] }: ParentNoun<Row>) => [
  rows,
  ...otherRows,
];

/** Groups under which a row of the noun may be read. */
const groupsOf = <Row extends VisibleRow>(noun: ParentNoun<Row>): Group[] =>
  readings(noun).map(({ group }) => group);

/**
 * The row of a noun that the actor sees, and the group under which he does; nothing where he sees
 * none: then as many rows were looked for as there are ways to read one.
 */
async function findVisible<Row extends VisibleRow>(
  ctx: Context,
  noun: ParentNoun<Row>,
  { id, studentNo, more = [] }: { id: string; studentNo: string; more?: readonly Group[] },
): Promise<{ row: Row; group: Group } | undefined> {
  const { key = 'id' } = noun;
  for (const rows of readings(noun)) {
    const isOpen = [rows.group, ...more].every((group) => ctx.opens(group, studentNo));
    const clauses = (): object[] => rowClauses(ctx, rows as StudentRows<never>, studentNo);
    const where = isOpen
      ? { $and: [{ [key]: id }, ...clauses()] }
      : { [key]: noun.key ? NOBODY : NO_ROW };
    const row = await read(ctx, noun, where);
    if (row) return { row, group: rows.group };
  }
  return undefined;
}

/** Whose a row is, by its number alone. */
async function studentOf<Row extends VisibleRow>(
  { em }: Writer,
  noun: ParentNoun<Row>,
  id: string,
  lock: '' | 'for no key update',
): Promise<string> {
  const { table, where } = byNumber(noun);
  const student = hasColumn(noun.entity, 'studentNo') ? 'student_no' : 'null';
  const sql = `select ${student} as "studentNo" from ${table} where ${where} ${lock}`;
  const [row] = await execute<{ studentNo: string | null }>(em, sql, [id]);
  return row?.studentNo ?? NOBODY;
}

/**
 * Lock a row by its number: whoever waited here sees, afterwards, what the other has done. What the
 * lock order puts before it is locked first.
 */
async function lock<Row extends VisibleRow>(
  ctx: Writer,
  noun: ParentNoun<Row>,
  id: string,
): Promise<string> {
  if (noun.lockFirst) await noun.lockFirst(ctx.em, await studentOf(ctx, noun, id, ''));
  return studentOf(ctx, noun, id, 'for no key update');
}

/** What names no row is looked up as a row that is not there. */
const rowNumber = ({ key }: { readonly key?: string }, named: string): string =>
  key || isUuid(named) ? named : NO_ROW;

/** The same, once its student was decided on. */
async function findDecided<Row extends VisibleRow>(
  ctx: Context,
  noun: ParentNoun<Row>,
  named: { id: string; studentNo: string; more: readonly Group[]; isReplay: boolean },
): Promise<{ row: Row; group: Group } | undefined> {
  await decideOn(ctx, [...groupsOf(noun), ...named.more], named.studentNo, named.isReplay);
  return findVisible(ctx, noun, named);
}

/** The row of a noun that the actor sees apart from students; its student is open to him in its group. */
async function findApart<Row extends VisibleRow>(
  ctx: Context,
  noun: ParentNoun<Row>,
  id: string,
): Promise<{ row: Row; group: Group } | undefined> {
  const { key = 'id', rows } = noun;
  const apart = noun.withoutStudent?.(ctx.identity, ctx.now) ?? {};
  const row = await read(ctx, noun, { $and: [{ [key]: id }, apart] });
  if (row?.studentNo) decideApart(ctx, rows.group, row.studentNo);
  return row && { row, group: rows.group };
}

/**
 * Lock a row, but for a replay, and read it as the actor may. A row that is not there and one that is not
 * his are one answer, found by the same statements, and the same is written down of both.
 *
 * @param more  Groups that must be open on its student too: those of a row that is to hang on it.
 * @param isReplay  The action was taken before, by the same key.
 * @throws NOT_FOUND
 */
export async function lockVisible<Row extends VisibleRow>(
  ctx: Context,
  noun: ParentNoun<Row>,
  named: string,
  { more = [], isReplay = false }: { more?: readonly Group[]; isReplay?: boolean } = {},
): Promise<Row> {
  const id = rowNumber(noun, named);
  // A replay changes nothing: many a row that was made is never changed, and cannot be locked.
  const studentNo = await (isReplay ? studentOf(ctx, noun, id, '') : lock(ctx, noun, id));
  const found = noun.withoutStudent?.(ctx.identity, ctx.now)
    ? await findApart(ctx, noun, id)
    : await findDecided(ctx, noun, { id, studentNo, more, isReplay });
  if (!found) {
    ctx.disclosures.refused(groupsOf(noun));
    throw fault('NOT_FOUND');
  }
  const { row, group } = found;
  ctx.disclosures.record(studentNo, group, ctx.ruling(group, studentNo).effect);
  return row;
}

/** Whether a row that was found may be shown: one of no student has no group that could open it. */
export const isShowable = <Row extends ChangeableRow>(
  { identity, now }: Context,
  noun: Noun<Row>,
  { studentNo }: Row,
): boolean => !noun.withoutStudent?.(identity, now) || Boolean(studentNo);

/** A row as it is after a change: what has left the actor's sight is not shown to him. */
export async function visibleAfter<Row extends ChangeableRow>(
  ctx: Context,
  noun: Noun<Row>,
  row: Row,
): Promise<Row | undefined> {
  const { studentNo = NOBODY } = row;
  if (!isShowable(ctx, noun, row)) return undefined;
  if (noun.withoutStudent?.(ctx.identity, ctx.now))
    return (await findApart(ctx, noun, numberOf(noun, row)))?.row;
  return (await findVisible(ctx, noun, { id: numberOf(noun, row), studentNo }))?.row;
}

/** Lock a row that nobody need see; undefined for one that is gone. */
export async function lockIfThere<Row extends ChangeableRow>(
  ctx: Writer,
  noun: Noun<Row>,
  id: string,
): Promise<Row | undefined> {
  await lock(ctx, noun, id);
  return read(ctx, noun, { $and: [{ [noun.key ?? 'id']: id }, noun.among ?? {}] });
}

/**
 * Lock a row that changes because of another one: the actor need not see it.
 *
 * @throws NOT_FOUND
 */
export async function lockRow<Row extends ChangeableRow>(
  ctx: Writer,
  noun: Noun<Row>,
  id: string,
): Promise<Row> {
  const row = await lockIfThere(ctx, noun, id);
  if (!row) throw fault('NOT_FOUND');
  return row;
}
