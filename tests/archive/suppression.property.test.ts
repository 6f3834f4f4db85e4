/** What is suppressed cannot be computed from what is released (DOMAIN 3.6, SC-12). */
import { hiddenCells, type TableCell } from '@chengxin/archive/statistics/suppression.rules';
import {
  releasedCounts,
  releasedShares,
  type GradeCount,
} from '@chengxin/archive/statistics/grade-table.rules';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** Rows and columns of counts with the total of each and of all. */
function tableOf(rows: readonly (readonly number[])[]): TableCell[] {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const columns = (rows[0] ?? []).map((_, c) => rows.map((row) => row[c] ?? 0));
  return [
    ...rows.flatMap((row, r) =>
      row.map((value, c) => ({ id: `${r},${c}`, from: `c${c}`, to: `r${r}`, value })),
    ),
    ...rows.map((row, r) => ({ id: `${r},*`, from: `r${r}`, to: 'rows', value: sum(row) })),
    ...columns.map((column, c) => ({
      id: `*,${c}`,
      from: 'columns',
      to: `c${c}`,
      value: sum(column),
    })),
    { id: '*,*', from: 'rows', to: 'columns', value: sum(rows.flat()) },
  ];
}

const table = (rows: number, columns: number, most: number) =>
  fc
    .array(
      fc.array(fc.integer({ min: 0, max: most }), { minLength: columns, maxLength: columns }),
      {
        minLength: rows,
        maxLength: rows,
      },
    )
    .map(tableOf);

/**
 * Whether one hidden cell follows from the published ones by adding and subtracting: its unit vector
 * lies in the space of the balances of the nodes, in which only hidden cells are unknown.
 */
function isDerivable(cells: readonly TableCell[], hidden: ReadonlySet<string>, id: string) {
  const unknown = cells.filter((cell) => hidden.has(cell.id));
  const nodes = [...new Set(cells.flatMap(({ from, to }) => [from, to]))];
  const rows = nodes.map((node) =>
    unknown.map(({ from, to }) => Number(to === node) - Number(from === node)),
  );
  const rank = (matrix: readonly (readonly number[])[]): number => {
    let left = matrix.map((row) => [...row]);
    let found = 0;
    for (let column = 0; column < unknown.length; column++) {
      const pivot = left.find((row) => Math.abs(row[column] ?? 0) > 1e-9);
      if (!pivot) continue;
      found += 1;
      left = left
        .filter((row) => row !== pivot)
        .map((row) => {
          const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
          return row.map((value, i) => value - factor * (pivot[i] ?? 0));
        });
    }
    return found;
  };
  const unit = unknown.map((cell) => Number(cell.id === id));
  return rank([...rows, unit]) === rank(rows);
}

/** Every table of small numbers that agrees with what is published. */
function* possible(
  rows: number,
  columns: number,
  most: number,
  published: ReadonlyMap<string, number>,
  filled: readonly number[] = [],
): Generator<TableCell[]> {
  if (filled.length === rows * columns) {
    const whole = tableOf(
      Array.from({ length: rows }, (_, r) => filled.slice(r * columns, (r + 1) * columns)),
    );
    if (whole.every(({ id, value }) => (published.get(id) ?? value) === value)) yield whole;
    return;
  }
  const id = `${Math.floor(filled.length / columns)},${filled.length % columns}`;
  const known = published.get(id);
  const values = known === undefined ? Array.from({ length: most + 1 }, (_, i) => i) : [known];
  for (const value of values) yield* possible(rows, columns, most, published, [...filled, value]);
}

test('no cell below k is shown, and where none is below k all are shown', () => {
  fc.assert(
    fc.property(table(4, 4, 30), fc.integer({ min: 1, max: 10 }), (cells, k) => {
      const hidden = hiddenCells(cells, k);
      const below = cells.filter(({ value }) => value < k);
      expect(below.filter(({ id }) => !hidden.has(id))).toEqual([]);
      expect(hidden.size > 0).toBe(below.length > 0);
    }),
  );
});

test('no hidden cell follows from others by adding and subtracting', () => {
  fc.assert(
    fc.property(table(5, 4, 40), (cells) => {
      const hidden = hiddenCells(cells, 10);
      expect([...hidden].filter((id) => isDerivable(cells, hidden, id))).toEqual([]);
    }),
  );
});

test('every hidden cell can be of values k apart, counts being what they are: none is below 0', () => {
  fc.assert(
    fc.property(table(2, 2, 5), fc.integer({ min: 2, max: 3 }), (cells, k) => {
      const hidden = hiddenCells(cells, k);
      const published = new Map(
        cells.filter(({ id }) => !hidden.has(id)).map(({ id, value }) => [id, value]),
      );
      const values = new Map([...hidden].map((id) => [id, new Set<number>()]));
      for (const whole of possible(2, 2, 9, published))
        for (const { id, value } of whole) values.get(id)?.add(value);
      const narrow = [...values].filter(([, set]) => Math.max(...set) - Math.min(...set) < k);
      expect(narrow).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

const counts = fc
  .array(
    fc.record({
      college: fc.constantFrom('C01', 'C02'),
      major: fc.constantFrom('M1', 'M2', 'M3'),
      grade: fc.constantFrom('A', 'B', 'C', 'D'),
      count: fc.integer({ min: 1, max: 60 }),
    }),
    { maxLength: 20 },
  )
  .map((all) => [
    ...new Map(all.map((one) => [`${one.college}${one.major}${one.grade}`, one])).values(),
  ]);

test('released tables of school, colleges and majors agree with each other and hide what is small', () => {
  fc.assert(
    fc.property(counts, (all) => {
      const cells = releasedCounts(all);
      const shown = cells.filter(({ value }) => value !== null);
      expect(shown.filter(({ value }) => Number(value) < 10)).toEqual([]);
      for (const { keys, value } of shown) {
        const matches = (one: GradeCount) =>
          keys.every(({ name, value: key }) => one[name.toLowerCase() as keyof GradeCount] === key);
        const sum = all.filter(matches).reduce((total, { count }) => total + count, 0);
        expect(value).toBe(sum);
      }
    }),
  );
});

test('a share is released of two released counts alone', () => {
  fc.assert(
    fc.property(counts, (all) => {
      const cells = releasedCounts(all);
      const known = new Set(
        cells.filter(({ value }) => value !== null).map(({ keys }) => JSON.stringify(keys)),
      );
      for (const { keys, value } of releasedShares(cells)) {
        const line = keys.filter(({ name }) => name !== 'GRADE');
        const isReleased = known.has(JSON.stringify(keys)) && known.has(JSON.stringify(line));
        expect(value !== null).toBe(isReleased);
      }
    }),
  );
});
