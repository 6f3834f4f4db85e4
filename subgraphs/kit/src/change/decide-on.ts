/** The decision by which an actor sees the row that he is about to change. */
import { builtMutations } from '../action/built.js';
import type { Context } from '../call/context.js';
import { DECISION_SECONDS, type Ruling } from '../privacy/decision.js';
import { GROUPS, isAboutStudent, type Group } from '../privacy/groups.js';
import { cell, isOpen } from '../privacy/matrix.js';
import { predicatesOf } from '../privacy/predicates.js';
import type { Role } from '../privacy/roles.js';

/** What a role's cells open, where no fact of the archive adds anything. */
function rulingsOfRole(role: Role): Map<Group, Ruling> {
  const open = GROUPS.filter((group) => isOpen(cell(role, group).effect));
  return new Map(
    open.map((group) => [
      group,
      { effect: cell(role, group).effect, predicates: predicatesOf(role, group) },
    ]),
  );
}

/** Decide on a student, until the decision or the actor's own right ends, whichever is first (INV-21). */
function decide(ctx: Context, studentNo: string, rulings: ReadonlyMap<Group, Ruling>): void {
  const { until, isEnd = false } = ctx.identity;
  const latest = ctx.now.getTime() + DECISION_SECONDS * 1000;
  const validUntil = Math.min(latest, until ?? latest);
  ctx.decided(studentNo, { rulings, validUntil, isEnd: isEnd && validUntil === until });
}

/**
 * Decide on the student of a row that the actor sees apart from students: its group is open to him as
 * his cell says, and nothing else of the student is.
 */
export function decideApart(ctx: Context, group: Group, studentNo: string): void {
  const { effect } = cell(ctx.identity.role, group);
  decide(ctx, studentNo, new Map([[group, { effect, predicates: [] }]]));
}

/**
 * Decide some groups on the student of a row. In an office a row is the student's own, or the actor is
 * one of the office's own people or of a role that acts there, whom the matrix alone decides; the
 * archive decides by itself. None of a student's own cells hangs on a fact that the archive alone knows,
 * and his number is the archive's own answer; what the cells of a role that acts here open is narrowed
 * by their predicates, which the rows of this office know.
 */
export async function decideOn(
  ctx: Context,
  groups: readonly Group[],
  studentNo: string,
  isReplay = false,
): Promise<void> {
  const { role, studentNo: own } = ctx.identity;
  const isOfStudent = groups.some(isAboutStudent);
  if (isOfStudent && ctx.decideStudent) await ctx.decideStudent(ctx, studentNo, groups, isReplay);
  else if (ctx.isActing || (role === 'STU_SELF' && studentNo === own))
    decide(ctx, studentNo, rulingsOfRole(role));
}

/** The table of contents of an office, as far as it says who acts there. */
interface Actors {
  readonly name: string;
  readonly ownRoles: readonly Role[];
  readonly actingRoles?: readonly Role[];
  readonly decideStudent?: unknown;
}

/**
 * Whoever the table lets act in an office is decided on there.
 *
 * @throws Error naming each role of a mutation for which nothing decides: it would find no row.
 */
export function checkActors({ name, ownRoles, actingRoles = [], decideStudent }: Actors): void {
  if (decideStudent) return;
  const decided = new Set<Role>(['STU_SELF', ...ownRoles, ...actingRoles]);
  const faults = builtMutations()
    .filter(({ office }) => office === name)
    .flatMap((action) =>
      action.roles.filter((role) => !decided.has(role)).map((role) => `${action.name} by ${role}`),
    );
  if (faults.length)
    throw new Error(`${name} does not start: nothing decides on ${faults.join(', ')}.`);
}
