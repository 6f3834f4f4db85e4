/** Whatever is counted, a release keeps its rules, and no other level would lose less (3.6, creditViews). */
import {
  generalise,
  releasable,
  type Counted,
  type Generalised,
} from '@chengxin/archive/credit-views/generalise.rules';
import {
  ANY,
  collegeAndMajor,
  dimensionBandOf,
  GRADES,
  HIERARCHIES,
  releasedGrade,
  type Hierarchy,
} from '@chengxin/archive/credit-views/hierarchies.rules';
import { joinedOdds, oddsOf, sharesOf } from '@chengxin/archive/credit-views/odds.rules';
import { practiceHoursBandOf } from '@chengxin/youthleague/credit-view-bands.rules';
import {
  examViolationBandOf,
  gpaBandOf,
} from '@chengxin/academics/release/credit-view-bands.rules';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const RUNS = 150;
/** Two of the columns: a lattice of nine nodes, each of which the test looks at itself. */
const TWO = HIERARCHIES.filter(({ column }) => column === 'place' || column === 'gpaBand');
const PLACES = ['C01/M1', 'C01/M2', 'C02/M3', 'C02/M4'];
const BANDS = ['NONE', '2.00-2.99', '3.00-3.49', '3.50-4.00'];

const counted: fc.Arbitrary<Counted[]> = fc.uniqueArray(
  fc.record({
    values: fc.tuple(fc.constantFrom(...PLACES), fc.constantFrom(...BANDS)),
    grade: fc.constantFrom(...GRADES),
    count: fc.integer({ min: 1, max: 60 }),
  }),
  { selector: ({ values, grade }) => `${values.join()} ${grade}`, minLength: 1, maxLength: 30 },
);

function released(rows: readonly Counted[]): Generalised {
  const search = generalise(TWO, rows);
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}

/** Loss at one node, row by row: of a value that stands for m of n, (m − 1) / (n − 1). */
function lossAt(hierarchies: readonly Hierarchy[], rows: readonly Counted[], levels: number[]) {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const general = (values: readonly string[]) =>
    hierarchies.map(({ at }, place) => at(values[place] ?? '', levels[place] ?? 0));
  const shareLost = (values: readonly string[]) => {
    const lost = hierarchies.map(({ at }, place) => {
      const domain = [...new Set(rows.map((row) => row.values[place] ?? ''))];
      const mine = at(values[place] ?? '', levels[place] ?? 0);
      const same = domain.filter((one) => at(one, levels[place] ?? 0) === mine);
      return (same.length - 1) / Math.max(1, domain.length - 1);
    });
    return lost.reduce((sum, one) => sum + one, 0) / lost.length;
  };
  let loss = 0;
  for (const group of Map.groupBy(rows, ({ values }) => general(values).join('|')).values()) {
    const of = (grade: string) =>
      group.filter((row) => row.grade === grade).reduce((sum, { count }) => sum + count, 0);
    const all = group.reduce((sum, { count }) => sum + count, 0);
    const kept = releasable([of('A'), of('B'), of('C_OR_D')]).reduce((a, b) => a + b, 0);
    const generalised = group.reduce(
      (sum, { values, count }) => sum + shareLost(values) * count,
      0,
    );
    loss += all - kept + (generalised * kept) / all;
  }
  return loss / total;
}

test('counts are multiples of ten, A and B stand in each group, and C_OR_D is never the more probable', () => {
  fc.assert(
    fc.property(counted, (rows) => {
      const { cells, read, released: kept } = released(rows);
      expect(read).toBe(rows.reduce((sum, { count }) => sum + count, 0));
      expect(kept).toBe(cells.reduce((sum, { count }) => sum + count, 0));
      for (const { count } of cells) expect([count % 10, count > 0]).toEqual([0, true]);
      for (const shares of sharesOf(cells)) {
        expect(shares[0]).toBeGreaterThan(0);
        expect(shares[1]).toBeGreaterThan(0);
        expect(shares[2]).toBeLessThanOrEqual(0.5);
      }
      // Nobody is invented: of each grade there are at most those who were counted.
      for (const grade of GRADES) {
        const of = (some: readonly Counted[]) =>
          some.filter((one) => one.grade === grade).reduce((sum, { count }) => sum + count, 0);
        expect(of(cells)).toBeLessThanOrEqual(of(rows));
      }
    }),
    { numRuns: RUNS },
  );
});

test('no other level of the columns loses less', () => {
  fc.assert(
    fc.property(counted, (rows) => {
      const { loss } = released(rows);
      const nodes = [0, 1, 2].flatMap((place) => [0, 1, 2].map((band) => [place, band]));
      const least = Math.min(...nodes.map((levels) => lossAt(TWO, rows, levels)));
      expect(loss).toBeCloseTo(least, 9);
    }),
    { numRuns: RUNS },
  );
});

test('what stands on one step of a column stands on each coarser one', () => {
  const values: Readonly<Record<string, readonly string[]>> = {
    place: PLACES,
    cohort: ['2022', '2023', '2024', '2025'],
    D1: ['FULL', 'HIGH', 'MIDDLE', 'LOW'],
    D6: ['FULL', 'HIGH', 'MIDDLE', 'LOW'],
    gpaBand: [...BANDS, '0.00-1.99'],
    examViolationBand: ['NONE', 'MINOR', 'GRAVE'],
    practiceHoursBand: ['0', '1-19', '20-49', '50+'],
    cadreLevel: ['NONE', 'CLASS', 'COLLEGE', 'SCHOOL', 'PROVINCE', 'STATE'],
  };
  for (const { column, steps, at } of HIERARCHIES) {
    const domain = values[column] ?? [];
    expect(domain.map((value) => at(value, 0))).toEqual(domain);
    expect(new Set(domain.map((value) => collegeAndMajor(at(value, steps.length - 1))[0]))).toEqual(
      new Set([ANY]),
    );
    for (let step = 1; step < steps.length; step += 1)
      for (const same of Map.groupBy(domain, (value) => at(value, step - 1)).values())
        expect(new Set(same.map((value) => at(value, step))).size).toBe(1);
  }
});

test('bands begin where they say', () => {
  expect(['3.50', '3.49', '3.00', '2.99', '1.99', '0.00', null].map(gpaBandOf)).toEqual([
    '3.50-4.00',
    '3.00-3.49',
    '3.00-3.49',
    '2.00-2.99',
    '0.00-1.99',
    '0.00-1.99',
    'NONE',
  ]);
  expect(['S1', 'S2', 'S3', 'S4', null].map(examViolationBandOf)).toEqual([
    'MINOR',
    'MINOR',
    'GRAVE',
    'GRAVE',
    'NONE',
  ]);
  expect([0, 0.5, 19.9, 20, 49.9, 50].map(practiceHoursBandOf)).toEqual([
    '0',
    '1-19',
    '1-19',
    '20-49',
    '20-49',
    '50+',
  ]);
  expect([10_000, 9999, 9000, 8999, 7500, 7499].map(dimensionBandOf)).toEqual([
    'FULL',
    'HIGH',
    'HIGH',
    'MIDDLE',
    'MIDDLE',
    'LOW',
  ]);
  expect(['A', 'B', 'C', 'D'].map(releasedGrade)).toEqual(['A', 'B', 'C_OR_D', 'C_OR_D']);
});

test('odds are the highest share, and those of two releases of a grade that stayed', () => {
  expect(
    oddsOf([
      [0.5, 0.3, 0.2],
      [0.1, 0.5, 0.4],
    ]),
  ).toEqual([0.5, 0.5, 0.4]);
  expect(joinedOdds([[0.5, 0.5, 0]], [[0.8, 0.2, 0]])).toEqual([0.8, 0.2, 0]);
  expect(joinedOdds([[0.8, 0.2, 0]], [[0.8, 0.2, 0]])[0]).toBeCloseTo(0.64 / 0.68, 9);
});
