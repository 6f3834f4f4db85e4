/** How rows that wait are counted: under the clauses by which the caller reads them. */
import type { Context } from '@chengxin/kit/call/context';
import type { ChangeableRow, Noun } from '@chengxin/kit/change/noun';
import { tableRow } from '@chengxin/kit/change/authorization';
import { rowClauses, type StudentRows } from '@chengxin/kit/read/rows';
import { NO_STUDENT } from '../access/decision.js';
import { relationClause } from '../access/relation.loader.js';
import { declaredRelations } from '../staff/declaration.loader.js';
import type { OwnTask, OwnTaskKind } from './own-task.js';

/** A kind of rows that wait; nothing where none does. */
export type Waiting = OwnTask | undefined;

export const waiting = (kind: OwnTaskKind, count: number, dueOn?: string): Waiting =>
  count ? { kind, count, dueOn } : undefined;

/**
 * Rows of a noun in the caller's scope that he may read, beside what the kind says of them; not of students
 * to whom he declared himself related, where the action that waits leaves such people out (F-02).
 */
export async function readable<Row extends ChangeableRow>(
  ctx: Context,
  { rows }: Noun<Row>,
  action: string,
): Promise<object[]> {
  const clauses = rowClauses(ctx, rows as unknown as StudentRows<never>, NO_STUDENT) as object[];
  const isApart = tableRow(action).secondPerson.includes('relation.declared');
  return [
    { owner: await relationClause(ctx) },
    ...(isApart ? [{ studentNo: { $nin: await declaredRelations(ctx) } }] : []),
    ...clauses,
  ];
}
