/** How far the odds between two cases move, measured by trials, with a bound on false alarms. */

/** Probability that a sound mechanism fails a test of these. */
export const FALSE_ALARM = 1e-9;

/** Kullback–Leibler divergence of two coins. */
function divergence(a: number, b: number): number {
  const part = (x: number, y: number) => (x === 0 ? 0 : x * Math.log(x / y));
  return part(a, b) + part(1 - a, 1 - b);
}

/** Where the divergence from a share comes to a limit, between the share and an end. */
function edge(share: number, end: 0 | 1, limit: number): number {
  let inner = share;
  let outer: number = end;
  for (let step = 0; step < 60; step++) {
    const middle = (inner + outer) / 2;
    if (divergence(share, middle) < limit) inner = middle;
    else outer = middle;
  }
  return outer;
}

/**
 * Odds that are proven by hits in two cases of equally many trials, but for the probability of a false
 * alarm (Chernoff's bound for either case).
 */
export function provenOdds(hits: number, otherHits: number, trials: number): number {
  const limit = Math.log(2 / FALSE_ALARM) / trials;
  const least = hits === 0 ? 0 : edge(hits / trials, 0, limit);
  return least / edge(otherHits / trials, 1, limit);
}

/** What each of some attackers sees of one trial, in one word. */
type Observe = () => readonly string[];

/** How often each attacker saw what. */
function tally(observe: Observe, trials: number): Map<string, number>[] {
  const counts: Map<string, number>[] = [];
  for (let trial = 0; trial < trials; trial++)
    for (const [attacker, seen] of observe().entries()) {
      const own = (counts[attacker] ??= new Map<string, number>());
      own.set(seen, (own.get(seen) ?? 0) + 1);
    }
  return counts;
}

const hitsIn = (counts: ReadonlyMap<string, number> = new Map(), among: ReadonlySet<string>) =>
  [...counts].reduce((sum, [seen, count]) => sum + (among.has(seen) ? count : 0), 0);

/** The observations by which a case proves most, the more telling ones first. */
function mostTelling(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
  trials: number,
): ReadonlySet<string> {
  const ratio = (seen: string) => ((one.get(seen) ?? 0) + 0.5) / ((other.get(seen) ?? 0) + 0.5);
  const order = [...one.keys()].toSorted((a, b) => ratio(b) - ratio(a));
  const sets = order.map((_, at) => new Set(order.slice(0, at + 1)));
  const proven = sets.map((among) => provenOdds(hitsIn(one, among), hitsIn(other, among), trials));
  return sets[proven.indexOf(Math.max(...proven))] ?? new Set();
}

/**
 * Attackers by likelihood ratio: each first learns from trials of both cases which observations tell
 * them apart, and is then measured on fresh ones.
 *
 * @returns  Odds that each proves; no more than a mechanism allows, but for a false alarm.
 */
export function measuredOdds(
  one: Observe,
  other: Observe,
  { learns, trials }: { learns: number; trials: number },
): number[] {
  const ofOther = tally(other, learns);
  const telling = tally(one, learns).map((counts, attacker) =>
    mostTelling(counts, ofOther[attacker] ?? new Map(), learns),
  );
  const ofOne = tally(one, trials);
  const ofFresh = tally(other, trials);
  return telling.map((among, attacker) =>
    provenOdds(hitsIn(ofOne[attacker], among), hitsIn(ofFresh[attacker], among), trials),
  );
}
