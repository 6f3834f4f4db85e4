/**
 * How well a grade can be guessed from releases, by somebody who knows all else of a person. Pure.
 * Source: DOMAIN 3.6 (l ≥ 2 on the grade), docs/decisions/0077.
 */
import type { Cell } from './generalise.rules.js';
import { GRADES } from './hierarchies.rules.js';

/** Shares of the grades in one group, 0 to 1, in the order of `GRADES`. */
export type Shares = readonly number[];

/** The shares in each group of a release. */
export function sharesOf(cells: readonly Cell[]): Shares[] {
  const groups = Map.groupBy(cells, ({ values }) => JSON.stringify(values));
  return [...groups.values()].map((group) => {
    const total = group.reduce((sum, { count }) => sum + count, 0);
    return GRADES.map((grade) => (group.find((cell) => cell.grade === grade)?.count ?? 0) / total);
  });
}

/** The highest share of each grade within any group, in the order of `GRADES`: the odds of the best guess. */
export function oddsOf(groups: Iterable<Shares>): number[] {
  const most = GRADES.map(() => 0);
  for (const shares of groups)
    for (const [grade, share] of shares.entries()) most[grade] = Math.max(most[grade] ?? 0, share);
  return most;
}

/** Shares that are left of each two groups; one after the other, for there are many. */
function* joined(some: readonly Shares[], others: readonly Shares[]): Generator<Shares> {
  for (const one of some)
    for (const other of others) {
      const both = one.map((share, grade) => share * (other[grade] ?? 0));
      const total = both.reduce((sum, share) => sum + share, 0);
      if (total > 0) yield both.map((share) => share / total);
    }
}

/**
 * The same from two releases together, of a person whose grade stayed: he stands in one group of each,
 * and whichever two they are, the odds are at most these.
 */
export const joinedOdds = (some: readonly Shares[], others: readonly Shares[]): number[] =>
  oddsOf(joined(some, others));
