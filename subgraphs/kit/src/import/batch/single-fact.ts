/** A fact that is proposed by form, alone: a batch of one, of a kind that files bring too (3.8). */
import type { Context } from '../../call/context.js';
import type { ParentNoun, VisibleRow } from '../../change/noun.js';
import { lockVisible } from '../../change/visible-row.js';
import { execute } from '../../database/orm.js';
import type { Group } from '../../privacy/groups.js';

/** The student whom a fact is about, where the actor must see him to propose or approve it. */
export interface FactStudent {
  /** Rows that are named by the student's number. */
  readonly noun: ParentNoun<VisibleRow>;
  /** Groups that must be open on him. */
  readonly groups: readonly Group[];
}

export const factStudent = <Row extends VisibleRow>(
  noun: ParentNoun<Row>,
  groups: readonly Group[],
): FactStudent => ({ noun: noun as unknown as ParentNoun<VisibleRow>, groups });

export interface SingleFact {
  /** Noun of its actions: `bill` of `bill.propose` and `bill.approve`. */
  readonly action: string;
  /** Kind of import: `bills`. */
  readonly kind: string;
  /** Nobody, where it is enough that the office knows the student. */
  readonly student?: FactStudent;
}

const STUDENT = `select value->>'studentNo' as "studentNo" from import_row where batch_id = ?::uuid`;

/**
 * Whoever approves a fact sees its student too.
 *
 * @throws NOT_FOUND
 */
export async function requireStudent(
  ctx: Context,
  { student }: SingleFact,
  batchId: string,
): Promise<void> {
  if (!student) return;
  const [row] = await execute<{ studentNo: string }>(ctx.em, STUDENT, [batchId]);
  await lockVisible(ctx, student.noun, row?.studentNo ?? '', { more: student.groups });
}
