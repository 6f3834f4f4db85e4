/** The tables of grades of one run, with their totals, ready to be released. Pure. Source: 3.6. */
import { hiddenCells, type TableCell } from './suppression.rules.js';

/** Fewest persons that a cell may show (3.6). */
export const K = 10;
export const GRADES = ['A', 'B', 'C', 'D'] as const;

/** Students of one major with one grade. */
export interface GradeCount {
  readonly college: string;
  readonly major: string;
  readonly grade: string;
  readonly count: number;
}
export interface CellKey {
  readonly name: string;
  readonly value: string;
}
export interface ReleasedCell {
  readonly groupBy: string;
  readonly keys: readonly CellKey[];
  /** Null when it is suppressed. */
  readonly value: number | null;
}

interface Cell extends TableCell {
  readonly groupBy: string;
  readonly keys: readonly CellKey[];
}

/** How earlier releases name the same cell. */
export const cellName = (groupBy: string, keys: readonly CellKey[]): string =>
  JSON.stringify([groupBy, ...keys.map(({ value }) => value)]);

const TOTAL = 'TOTAL';
const SCHOOL = 'SCHOOL';

/** A line of a table: the school, a college, or a major of a college, and what lies above it. */
interface Line {
  readonly groupBy: string;
  readonly keys: readonly CellKey[];
  readonly node: string;
  readonly above: string;
  /** Nothing lies below it: here grades are added up to totals. */
  readonly isLast: boolean;
  readonly counts: readonly GradeCount[];
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a.localeCompare(b);

function linesOf(counts: readonly GradeCount[]): Line[] {
  const school = { groupBy: '', keys: [], node: SCHOOL, above: '', isLast: false, counts };
  const colleges = [...Map.groupBy(counts, ({ college }) => college)].toSorted(byName);
  const below = colleges.flatMap(([college, own]): Line[] => {
    const ofCollege = { name: 'COLLEGE', value: college };
    const node = `${SCHOOL} ${college}`;
    const majors = [...Map.groupBy(own, ({ major }) => major)].toSorted(byName);
    const lines = majors.map(([major, some]) => ({
      groupBy: 'COLLEGE,MAJOR',
      keys: [ofCollege, { name: 'MAJOR', value: major }],
      node: `${node} ${major}`,
      above: node,
      isLast: true,
      counts: some,
    }));
    const keys = [ofCollege];
    const line = { groupBy: 'COLLEGE', keys, node, above: SCHOOL, isLast: false, counts: own };
    return [line, ...lines];
  });
  return [school, ...below];
}

const sum = (counts: readonly GradeCount[]): number =>
  counts.reduce((total, { count }) => total + count, 0);

/** Each grade flows down from the school to its majors; there it joins the total that flows back. */
function cellsOf({ groupBy, keys, node, above, isLast, counts }: Line): Cell[] {
  const at = (grade: string) => (isLast ? node : `${node} ${grade}`);
  const from = (grade: string) => (above ? `${above} ${grade}` : TOTAL);
  const grades = GRADES.map((grade) => ({
    groupBy,
    keys: [...keys, { name: 'GRADE', value: grade }],
    from: from(grade),
    to: at(grade),
    value: sum(counts.filter((one) => one.grade === grade)),
  }));
  const total = { groupBy, keys, from: at(TOTAL), to: from(TOTAL), value: sum(counts) };
  return [...grades, total].map((cell) => ({ ...cell, id: cellName(groupBy, cell.keys) }));
}

/**
 * The released counts: cells below k hidden, others with them, and so are cells that moved by fewer
 * than k since a table that was released before.
 *
 * @param earlier  Values by cell name of the releases of the last 12 months.
 */
export function releasedCounts(
  counts: readonly GradeCount[],
  earlier: ReadonlyMap<string, readonly number[]> = new Map(),
): ReleasedCell[] {
  const cells = linesOf(counts).flatMap(cellsOf);
  const moved = ({ id, value }: TableCell) =>
    (earlier.get(id) ?? []).some((old) => old !== value && Math.abs(old - value) < K);
  const hidden = hiddenCells(cells, K, moved);
  return cells.map(({ id, groupBy, keys, value }) => {
    return { groupBy, keys, value: hidden.has(id) ? null : value };
  });
}

/**
 * Shares of the grades in full percent, of released counts alone: they disclose no more than those.
 */
export function releasedShares(counts: readonly ReleasedCell[]): ReleasedCell[] {
  const isTotal = ({ keys }: ReleasedCell) => !keys.some(({ name }) => name === 'GRADE');
  const lineOf = ({ groupBy, keys }: ReleasedCell) =>
    cellName(
      groupBy,
      keys.filter(({ name }) => name !== 'GRADE'),
    );
  const totals = new Map(counts.filter(isTotal).map((cell) => [lineOf(cell), cell.value]));
  return counts
    .filter((cell) => !isTotal(cell))
    .map((cell) => {
      const total = totals.get(lineOf(cell));
      const isKnown = cell.value !== null && total;
      return { ...cell, value: isKnown ? Math.round((cell.value * 100) / total) : null };
    });
}
