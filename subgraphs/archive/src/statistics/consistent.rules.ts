/**
 * Numbers with noise become counts that add up: a fixed, public step on what has its noise already, so
 * that it discloses nothing more. Pure. Source: DOMAIN 3.6.
 */

/** What is left of some numbers when each is lowered by as much, and none below nothing. */
const sumAbove = (values: readonly number[], level: number): number =>
  values.reduce((sum, value) => sum + Math.max(0, value - level), 0);

/** The largest level above which at least so much is left. */
function levelOf(values: readonly number[], total: number): number {
  let low = 0;
  let high = Math.max(0, ...values) + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (sumAbove(values, middle) >= total) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The counts of a total that lie nearest to some numbers: `[-3, 12, 2]` of 11 is `[0, 10, 1]`.
 *
 * @param values  Numbers with noise; without the negative ones they are the total or more.
 * @returns       Counts, none negative, that add up to the total.
 */
export function countsOf(values: readonly number[], total: number): readonly number[] {
  if (sumAbove(values, 0) < total) throw new Error('The parts are less than their total.');
  const level = levelOf(values, total);
  const counts = values.map((value) => Math.max(0, value - level));
  // What is still too much goes one by one, from the largest on.
  const over = sumAbove(values, level) - total;
  const order = counts.map((_, at) => at).toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const lowered = new Set(order.slice(0, over));
  return counts.map((count, at) => (lowered.has(at) ? count - 1 : count));
}
