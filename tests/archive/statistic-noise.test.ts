/** What is published of statistics discloses of nobody more than its budget allows (DOMAIN 3.6, SC-12). */
import { countsOf } from '@chengxin/archive/statistics/consistent.rules';
import { discreteLaplace, type Scale } from '@chengxin/archive/statistics/discrete-laplace';
import { halfWidth, scaleOf } from '@chengxin/archive/statistics/noise.rules';
import {
  K,
  released,
  type College,
  type ExactCount,
  type Noise,
  type ReleasedCell,
} from '@chengxin/archive/statistics/release.rules';
import { sharesOf } from '@chengxin/archive/statistics/share.rules';
import { TableName, TABLES } from '@chengxin/archive/statistics/tables';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FALSE_ALARM, measuredOdds } from '../support/odds.js';

const [GRADES] = TABLES.filter(({ name }) => name === TableName.GRADE);
if (!GRADES) throw new Error('Grades are not released.');
const EPSILON = GRADES.epsilon / 100;
const RELEASES_A_YEAR = 4;

const COLLEGES: readonly College[] = [{ code: 'C01', majors: ['M0101'] }];
/** Whoever attacks knows everybody but one: with him in D or A. */
type Grade = 'A' | 'D';
const OTHERS = { A: 40, B: 20, C: 15, D: 9 };
const ELSEWHERE = 30;

/** The college with the one student in it, or before he came. */
function exactWith(grade: Grade | null): ExactCount[] {
  const place = { college: 'C01', part: 0 };
  return Object.entries(OTHERS).flatMap(([value, others]) => [
    { ...place, major: 'M0101', value, count: others + Number(value === grade) },
    { ...place, major: null, value, count: ELSEWHERE },
  ]);
}

/** A way to publish a college: a year of releases, each of the counts at its time. */
type Publish = (year: readonly (readonly ExactCount[])[]) => ReleasedCell[][];
const publishWith =
  (noise?: Noise): Publish =>
  (year) =>
    year.map((exact) => released(GRADES, COLLEGES, exact, noise));
const publish = publishWith();

/** Planted: half the noise that the budget wants. */
const halfTheNoise = publishWith(({ numerator, denominator }) =>
  discreteLaplace({ numerator, denominator: denominator * 2 }),
);
/** Planted: a cell is hidden by how many there are, not by what is published. */
const hiddenByData: Publish = (year) =>
  publish(year).map((cells, at) =>
    cells.map((cell) => {
      const of = (name: string) => cell.keys.find((key) => key.name === name)?.value;
      const exact = year[at]?.find(
        ({ major, value }) => major === of('MAJOR') && value === of('GRADE'),
      );
      return exact ? { ...cell, value: exact.count < K ? null : (cell.value ?? K) } : cell;
    }),
  );
/** Planted: noise that is the same while the members of a cell are. */
const noiseByMembers: Publish = (year) => {
  const kept = new Map<string, number>();
  return year.map((exact) => {
    const inOrder = ['A', 'B', 'C', 'D'].flatMap((value) =>
      ['M0101', null].map((major) => {
        const count = exact.find((one) => one.major === major && one.value === value)?.count;
        return JSON.stringify([value, major, count]);
      }),
    );
    return released(GRADES, COLLEGES, exact, (scale) => {
      const members = inOrder.shift() ?? '';
      const noise = kept.get(members) ?? discreteLaplace(scale);
      kept.set(members, noise);
      return noise;
    });
  });
};

const valueOf = (cells: readonly ReleasedCell[], groupBy: string, ...keys: string[]) =>
  cells.find(
    (cell) =>
      cell.groupBy === groupBy && cell.keys.map(({ value }) => value).join() === keys.join(),
  )?.value ?? null;

/** The number of a cell, though it be suppressed: its college without the other majors of it. */
const unhidden = (cells: readonly ReleasedCell[], grade: Grade): number =>
  (valueOf(cells, 'COLLEGE', 'C01', grade) ?? 0) -
  (valueOf(cells, 'COLLEGE,MAJOR', 'C01', grade) ?? 0);

type Year = readonly (readonly ReleasedCell[])[];
/** What different attackers look at; each learns for himself what it tells. */
const ATTACKERS: readonly ((year: Year) => string)[] = [
  // Of each cell, on which side of his coming it lies: all that its likelihood ratio depends on.
  (year) => {
    const side = (cells: readonly ReleasedCell[], grade: Grade) =>
      Math.sign(unhidden(cells, grade) - OTHERS[grade] - 0.5);
    return String(year.reduce((sum, cells) => sum + side(cells, 'A') - side(cells, 'D'), 0));
  },
  // What is hidden.
  (year) =>
    year.map((cells) => valueOf(cells, 'COLLEGE,MAJOR', 'C01', 'M0101', 'D') === null).join(),
  // What changed.
  ([first = [], second = []]) =>
    (['A', 'D'] as const).map((grade) => unhidden(first, grade) === unhidden(second, grade)).join(),
];

/** Odds that the best attacker proves, of what the releases with him in the college may spend. */
function oddsOf(by: Publish, releases: number, since: number): number {
  const bound = Math.exp(EPSILON * (releases - since));
  const seen = (grade: Grade) => () => {
    const year = Array.from({ length: releases }, (_, at) => exactWith(at < since ? null : grade));
    const cells = by(year);
    return ATTACKERS.map((attacker) => attacker(cells));
  };
  const odds = measuredOdds(seen('A'), seen('D'), { learns: 2500, trials: 10_000 });
  return Math.max(...odds) / bound;
}

describe('who knows everybody but one and every release', () => {
  test.each([
    ['of one run', 1, 0],
    ['of a year', RELEASES_A_YEAR, 0],
    ['before and after he came', 2, 1],
  ])('%s moves the odds of his grade by their budget at most', (_, releases, since) => {
    expect(oddsOf(publish, releases, since)).toBeLessThanOrEqual(1);
  });
  test.each([
    ['half the noise', halfTheNoise, 1, 0],
    ['cells that are hidden by what is in them', hiddenByData, 1, 0],
    ['noise that stays with the members of a cell', noiseByMembers, 2, 1],
  ])('finds him out by %s', (_, planted, releases, since) => {
    expect(oddsOf(planted, releases, since)).toBeGreaterThan(1.2);
  });
});

describe('noise', () => {
  const DRAWS = 100_000;
  /** How far the distribution of so many draws strays, but for a false alarm (Massart's bound). */
  const STRAYS = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2 * DRAWS));

  /** Probability of a value or less. */
  function below(value: number, { numerator, denominator }: Scale): number {
    const ratio = Math.exp(-denominator / numerator);
    const tail = (size: number) => ratio ** size / (1 + ratio);
    return value < 0 ? tail(-value) : 1 - tail(value + 1);
  }
  /** Largest distance between the distribution of draws and the one that the proof needs. */
  function distance(draw: () => number, scale: Scale): number {
    const counts = new Map<number, number>();
    for (let at = 0; at < DRAWS; at++) {
      const value = draw();
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = [...counts.keys()].toSorted((a, b) => a - b);
    let sofar = 0;
    return Math.max(
      ...values.flatMap((value) => {
        const before = Math.abs(sofar / DRAWS - below(value - 1, scale));
        sofar += counts.get(value) ?? 0;
        return [before, Math.abs(sofar / DRAWS - below(value, scale))];
      }),
    );
  }

  test.each([
    { numerator: 2, denominator: 1 },
    { numerator: 12, denominator: 1 },
    { numerator: 5, denominator: 3 },
  ])('is of the discrete Laplace distribution of scale $numerator / $denominator', (scale) => {
    expect(distance(() => discreteLaplace(scale), scale)).toBeLessThan(STRAYS);
  });

  test('of another scale, or with a zero of two signs, is found out', () => {
    const scale = { numerator: 2, denominator: 1 };
    expect(
      distance(() => discreteLaplace({ numerator: 5, denominator: 2 }), scale),
    ).toBeGreaterThan(STRAYS);
    // A sampler that keeps the negative zero: what it returns once more is a zero.
    const again = () => (discreteLaplace(scale) === 0 ? 0 : discreteLaplace(scale));
    expect(distance(again, scale)).toBeGreaterThan(STRAYS);
  });

  test('grows with the cells in which a student stands, and with less ε', () => {
    expect(scaleOf(1, 100)).toEqual({ numerator: 200, denominator: 100 });
    expect(scaleOf(6, 100)).toEqual({ numerator: 1200, denominator: 100 });
    expect(scaleOf(1, 50)).toEqual({ numerator: 200, denominator: 50 });
    expect(() => scaleOf(0, 100)).toThrow('at least one part');
    expect(() => scaleOf(1, 0.5)).toThrow('whole number');
  });

  test.each([
    [1, 1],
    [1, 5],
    [1, 60],
    [6, 1],
    [6, 40],
  ])('of tables with %i parts, in sums of %i cells, is as small as is said', (parts, cells) => {
    const scale = scaleOf(parts, 100);
    const width = halfWidth(scale, cells);
    const trials = 3000;
    let within = 0;
    for (let trial = 0; trial < trials; trial++) {
      let sum = 0;
      for (let cell = 0; cell < cells; cell++) sum += discreteLaplace(scale);
      within += Number(Math.abs(sum) <= width);
    }
    const strays = Math.sqrt(Math.log(1 / FALSE_ALARM) / (2 * trials));
    expect(within / trials).toBeGreaterThan(0.95 - strays);
  });
});

describe('what is published of one table', () => {
  const shape = GRADES;
  const lists: readonly College[] = [
    { code: 'C01', majors: ['A', 'D", "GRADE'] },
    { code: 'TOTAL', majors: [] },
  ];
  const nothing: readonly ExactCount[] = [];
  const noNoise = () => 0;
  const exact = (major: string | null, value: string, count: number): ExactCount => ({
    college: 'C01',
    major,
    part: 0,
    value,
    count,
  });

  test('has the cells of the lists alone, the empty ones with noise as well', () => {
    const drawn: Scale[] = [];
    const cells = released(shape, lists, nothing, (scale) => {
      drawn.push(scale);
      return 12;
    });
    // Two majors and the rest of the one college, the rest of the other, by four grades.
    expect(drawn).toHaveLength(16);
    expect(cells).toHaveLength(5 * (1 + 2 + 4));
    const stray = [
      exact('M9', 'A', 50),
      { ...exact(null, 'A', 50), college: 'C9' },
      exact('A', 'E', 50),
    ];
    expect(released(shape, lists, stray, noNoise).every(({ value }) => value === null)).toBe(true);
  });

  test('takes a code for what it is, whatever it reads like', () => {
    const cells = released(
      shape,
      lists,
      [exact('A', 'A', 30), exact('D", "GRADE', 'B', 20)],
      noNoise,
    );
    const known = cells.filter(({ value }) => value !== null);
    expect(
      known.map(({ groupBy, keys, value }) => [groupBy, keys.map((key) => key.value), value]),
    ).toEqual([
      ['', ['A'], 30],
      ['', ['B'], 20],
      ['', [], 50],
      ['COLLEGE', ['C01', 'A'], 30],
      ['COLLEGE', ['C01', 'B'], 20],
      ['COLLEGE', ['C01'], 50],
      ['COLLEGE,MAJOR', ['C01', 'A', 'A'], 30],
      ['COLLEGE,MAJOR', ['C01', 'A'], 30],
      ['COLLEGE,MAJOR', ['C01', 'D", "GRADE', 'B'], 20],
      ['COLLEGE,MAJOR', ['C01', 'D", "GRADE'], 20],
    ]);
  });

  test('adds up: colleges to the school, majors to their college, grades to the total', () => {
    const places: readonly (readonly [college: string, major: string | null])[] = [
      ['C01', 'A'],
      ['C01', 'D", "GRADE'],
      ['C01', null],
      ['TOTAL', null],
    ];
    const sixteen = (each: fc.Arbitrary<number>) =>
      fc.array(each, { minLength: 16, maxLength: 16 });
    const isOf = (grade: string) => (cell: ReleasedCell) => cell.keys.at(-1)?.value === grade;
    // Cells of one grade on one level; nothing where one of them is hidden.
    const sumOf = (cells: readonly ReleasedCell[], groupBy: string, grade: string) => {
      const values = cells.filter(isOf(grade)).flatMap((cell) => {
        return cell.groupBy === groupBy && cell.keys.at(-1)?.name === 'GRADE' ? [cell.value] : [];
      });
      return values.includes(null)
        ? []
        : [values.reduce((sum: number, one) => sum + (one ?? 0), 0)];
    };
    fc.assert(
      fc.property(
        sixteen(fc.nat({ max: 80 })),
        sixteen(fc.integer({ min: -60, max: 60 })),
        (counts, noises) => {
          const all = ['A', 'B', 'C', 'D'].flatMap((value, v) =>
            places.map(([college, major], p) => ({
              ...exact(major, value, counts[v * 4 + p] ?? 0),
              college,
            })),
          );
          const left = [...noises];
          const cells = released(shape, lists, all, () => left.shift() ?? 0);
          expect(cells.every(({ value }) => value === null || value >= K)).toBe(true);
          for (const grade of ['A', 'B', 'C', 'D']) {
            const school = sumOf(cells, '', grade);
            const below = ['COLLEGE', 'COLLEGE,MAJOR'].flatMap((by) => sumOf(cells, by, grade));
            // A sum of what is not hidden is no hidden one either.
            expect(below.filter((sum) => sum !== school[0])).toEqual([]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is the nearest counts to its numbers, none negative', () => {
    expect(countsOf([-3, 12, 2], 11)).toEqual([0, 10, 1]);
    expect(countsOf([5, 5, 5], 15)).toEqual([5, 5, 5]);
    expect(countsOf([-1, -2], 0)).toEqual([0, 0]);
    expect(countsOf([9, 9, 1], 17)).toEqual([8, 8, 1]);
    expect(() => countsOf([1, 1], 3)).toThrow('less than their total');
    // No other counts of the total lie nearer.
    const few = fc.array(fc.integer({ min: -4, max: 6 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(few, fc.nat({ max: 8 }), (values, wanted) => {
        const most = values.reduce((sum, value) => sum + Math.max(0, value), 0);
        const total = Math.min(wanted, most);
        const off = (counts: readonly number[]) =>
          counts.reduce((sum, count, at) => sum + (count - (values[at] ?? 0)) ** 2, 0);
        const counts = countsOf(values, total);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
        for (let a = 0; a <= total; a++)
          for (let b = 0; a + b <= total; b++)
            expect(off(counts)).toBeLessThanOrEqual(off([a, b, total - a - b]));
      }),
      { numRuns: 300 },
    );
  });

  test('has shares of what is published, and how far these may be off', () => {
    const key = (name: string, value: string) => ({ name, value });
    const cells = [
      { keys: [key('COLLEGE', 'C01'), key('GRADE', 'A')], value: 60, halfWidth: 6 },
      { keys: [key('COLLEGE', 'C01'), key('GRADE', 'D')], value: null, halfWidth: 6 },
      { keys: [key('COLLEGE', 'C01')], value: 80, halfWidth: 12 },
    ];
    expect(sharesOf(cells, 'GRADE')).toEqual([
      // (6 + 0.75 × 12) / 80 is 18.75 %, and half a percent by rounding.
      { keys: [key('COLLEGE', 'C01'), key('GRADE', 'A')], value: 75, halfWidth: 20 },
      { keys: [key('COLLEGE', 'C01'), key('GRADE', 'D')], value: null, halfWidth: null },
    ]);
  });
});
