/** Batched reads of the rows of many students: one query a batch, predicates in its WHERE. */
import type { EntityName, FilterQuery, QueryOrderMap } from '@mikro-orm/core';
import DataLoader from 'dataloader';
import type { Context } from '../call/context.js';
import type { Identity } from '../call/identity.js';
import type { Group } from '../privacy/groups.js';
import { cell, isOpen } from '../privacy/matrix.js';
import { predicatesOf, type Predicate } from '../privacy/predicates.js';
import { ROLES } from '../privacy/roles.js';
import { keyOfClauses, plainRows } from './plain-rows.js';

/** What a predicate may look at: the caller, and what is decided for him on this student. */
export interface RowAccess {
  readonly identity: Identity;
  /** Whether the caller is one of the office's own people. */
  readonly isOwn: boolean;
  opens(group: Group): boolean;
  /** What rows of another group must pass; a row under two groups passes both (DOMAIN 3.1). */
  predicates(group: Group): readonly Predicate[];
}
export type RowPredicate<T> = (access: RowAccess) => FilterQuery<T>;
export type RowPredicates<T> = Partial<Record<Predicate, RowPredicate<T>>>;

export interface StudentRows<T extends { studentNo: string }> {
  readonly entity: EntityName<T>;
  readonly group: Group;
  /** The where-clause of each predicate that a decision on this group can name (DOMAIN 3.4b). */
  readonly predicates: RowPredicates<T>;
  readonly orderBy: QueryOrderMap<T>;
  /** Narrows the rows for everybody, for instance to what is due by today. */
  readonly where?: (ctx: Context, access: RowAccess) => FilterQuery<T>;
  /**
   * Further numbers under which rows of students were written, each with the one that holds: of logs,
   * whose rows stay as they are (F-07).
   */
  readonly formerOf?: (
    ctx: Context,
    studentNos: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>;
}

/** What the predicates of a state's group demand of a state; one that is not named is not met. */
export type StateDemands = Partial<
  Record<Predicate, (access: RowAccess, state: string) => boolean>
>;

/**
 * The states whose rows a caller may know of: every group that a state takes is open to him, with
 * all that its cell demands (DOMAIN 3.1, 3.2).
 *
 * @param groupsOf  Each state with the groups that its rows take beside the one of their entrance.
 */
export const openStates = <State extends string>(
  access: RowAccess,
  groupsOf: Readonly<Record<State, readonly Group[]>>,
  demands: StateDemands,
): State[] => {
  const isOpenTo = (group: Group, state: State) =>
    access.opens(group) &&
    access.predicates(group).every((name) => demands[name]?.(access, state) ?? false);
  const states = Object.keys(groupsOf) as State[];
  return states.filter((state) => groupsOf[state].every((group) => isOpenTo(group, state)));
};

/** Every predicate that some role names for this group must be known here, or nothing starts. */
function checkPredicates(group: Group, known: object): void {
  const missing = new Set<string>();
  for (const role of ROLES)
    if (isOpen(cell(role, group).effect))
      for (const name of predicatesOf(role, group)) if (!(name in known)) missing.add(name);
  if (missing.size)
    throw new Error(`Rows of ${group} lack the predicate ${[...missing].join(', ')}.`);
}

const accessOf = (ctx: Context, studentNo: string | undefined): RowAccess => ({
  identity: ctx.identity,
  isOwn: ctx.isOwn,
  opens: (group) => ctx.opens(group, studentNo),
  predicates: (group) => ctx.predicates(group, studentNo),
});

/** The where-clauses of a group for one student, as the decision on him names them. */
export function predicateClauses<T>(
  ctx: Context,
  group: Group,
  predicates: RowPredicates<T>,
  studentNo?: string,
): FilterQuery<T>[] {
  const access = accessOf(ctx, studentNo);
  return ctx.predicates(group, studentNo).map((name) => {
    const predicate = predicates[name];
    if (!predicate) throw new Error(`The decision names ${name}, which rows of ${group} lack.`);
    return predicate(access);
  });
}

/** All that narrows the rows for one student, or for a root list of the office's own people. */
export const rowClauses = <T extends { studentNo: string }>(
  ctx: Context,
  { group, predicates, where }: StudentRows<T>,
  studentNo?: string,
): FilterQuery<T>[] => [
  ...(where ? [where(ctx, accessOf(ctx, studentNo))] : []),
  ...predicateClauses(ctx, group, predicates, studentNo),
];

const NO_FORMER: ReadonlyMap<string, string> = new Map();

/** Students whose rows are read under the same clauses. */
interface Alike<T> {
  readonly clauses: FilterQuery<T>[];
  readonly studentNos: string[];
}

/** Some students by the clauses under which their rows are read: each lot is one query. */
export function alikeUnder<T extends { studentNo: string }>(
  ctx: Context,
  rows: StudentRows<T>,
  studentNos: readonly string[],
): Alike<T>[] {
  const alike = new Map<string, Alike<T>>();
  for (const studentNo of studentNos) {
    const clauses = rowClauses(ctx, rows, studentNo);
    // Clauses that cannot be compared by their text share a query with no others.
    const key = keyOfClauses(clauses) ?? studentNo;
    const same = alike.get(key) ?? { clauses, studentNos: [] };
    same.studentNos.push(studentNo);
    alike.set(key, same);
  }
  return [...alike.values()];
}

/** A loader of the rows of a student. Students under the same clauses share one query. */
export function studentRows<T extends { studentNo: string }>(
  rows: StudentRows<T>,
): (ctx: Context) => DataLoader<string, T[]> {
  checkPredicates(rows.group, rows.predicates);
  const load = async (ctx: Context, clauses: FilterQuery<T>[], studentNos: string[]) =>
    plainRows<T>(ctx.em, rows.entity, {
      where: clauses,
      among: { column: 'studentNo', values: studentNos },
      orderBy: rows.orderBy,
    });

  const batch = (ctx: Context) => async (studentNos: readonly string[]) => {
    const former = (await rows.formerOf?.(ctx, studentNos)) ?? NO_FORMER;
    const written = Map.groupBy(former.keys(), (oldNo) => former.get(oldNo) ?? oldNo);
    const found: T[] = [];
    for (const { clauses, studentNos: same } of alikeUnder(ctx, rows, studentNos)) {
      const before = same.flatMap((studentNo) => written.get(studentNo) ?? []);
      found.push(...(await load(ctx, clauses, [...same, ...before])));
    }
    for (const row of found as { studentNo: string }[])
      row.studentNo = former.get(row.studentNo) ?? row.studentNo;
    const byStudent = Map.groupBy(found, (row) => row.studentNo);
    return studentNos.map((studentNo) => byStudent.get(studentNo) ?? []);
  };
  return (ctx) => ctx.loader(rows, () => new DataLoader(batch(ctx)));
}
