/**
 * Chooses how far each column is generalised, and what is dropped then. Pure. Source: DOMAIN 3.6.
 *
 * - Every combination of all columns stands a multiple of ten times. A count that two releases differ
 *   in is then none or ten and more, whichever rows are added up or taken from each other: nobody can
 *   be told by subtraction.
 * - Every combination of the columns but the grade has ten of A and ten of B: two grades, and the same
 *   two in every group of every release, so that whoever stands in two of them keeps two.
 * - Of C_OR_D there are never more than of A and B together.
 *
 * The lattice of all levels is small enough to look at each node: the least loss is found, not guessed.
 */
import { GRADES, type Hierarchy, type ReleasedGrade } from './hierarchies.rules.js';

/** Rows that stand together at least (3.6). */
export const K = 10;
/** Grades in a group at least (3.6). */
export const L = 2;

/** Students with the same values; one value a hierarchy, at step 0. */
export interface Counted {
  readonly values: readonly string[];
  readonly grade: ReleasedGrade;
  readonly count: number;
}

/** Released rows with the same values. */
export interface Cell extends Counted {}

export interface Generalised {
  /** Step of each hierarchy. */
  readonly levels: readonly number[];
  readonly cells: readonly Cell[];
  readonly read: number;
  readonly released: number;
  /** Share of what the rows said that is lost, 0 to 1; a dropped row has lost all. */
  readonly loss: number;
}

type Triple = [a: number, b: number, cOrD: number];

const roundedDown = (count: number): number => Math.floor(count / K) * K;

/** Rows of each grade that a group of the same values may have in a release. */
export function releasable([a, b, cOrD]: Readonly<Triple>): Triple {
  const [keptA, keptB] = [roundedDown(a), roundedDown(b)];
  if (keptA === 0 || keptB === 0) return [0, 0, 0];
  return [keptA, keptB, Math.min(roundedDown(cOrD), keptA + keptB)];
}

/** Every node of the lattice: `[0, 0]`, `[0, 1]`, … */
function nodesOf(hierarchies: readonly Hierarchy[]): number[][] {
  return hierarchies.reduce<number[][]>(
    (nodes, { steps }) => nodes.flatMap((node) => steps.map((_, step) => [...node, step])),
    [[]],
  );
}

interface Coded {
  /** Number of the value of each row at each step. */
  readonly codes: readonly Int32Array[];
  /** Values at each step. */
  readonly sizes: readonly number[];
  /** Loss of each row at each step: of a value that stands for all of m, (m − 1) / (m − 1) = 1. */
  readonly losses: readonly Float64Array[];
}

/** The values of one column, numbered at each step. */
function codedColumn({ steps, at }: Hierarchy, values: readonly string[]): Coded {
  const domain = [...new Set(values)];
  const perStep = steps.map((_, step) => {
    const numbers = new Map<string, number>();
    const covered = new Map<string, number>();
    for (const value of domain) {
      const general = at(value, step);
      if (!numbers.has(general)) numbers.set(general, numbers.size);
      covered.set(general, (covered.get(general) ?? 0) + 1);
    }
    const generals = values.map((value) => at(value, step));
    const most = Math.max(1, domain.length - 1);
    return {
      codes: Int32Array.from(generals, (general) => numbers.get(general) ?? 0),
      size: numbers.size,
      losses: Float64Array.from(generals, (general) => ((covered.get(general) ?? 1) - 1) / most),
    };
  });
  return {
    codes: perStep.map(({ codes }) => codes),
    sizes: perStep.map(({ size }) => size),
    losses: perStep.map(({ losses }) => losses),
  };
}

interface Group {
  readonly first: number;
  readonly counts: Triple;
  loss: number;
}

/** What is counted, coded once for every node. */
interface Table {
  readonly rows: readonly Counted[];
  readonly grades: readonly number[];
  readonly columns: readonly Coded[];
  readonly read: number;
}

function tableOf(hierarchies: readonly Hierarchy[], rows: readonly Counted[]): Table {
  return {
    rows,
    grades: rows.map(({ grade }) => GRADES.indexOf(grade)),
    columns: hierarchies.map((hierarchy, place) =>
      codedColumn(
        hierarchy,
        rows.map(({ values }) => values[place] ?? ''),
      ),
    ),
    read: rows.reduce((sum, { count }) => sum + count, 0),
  };
}

/** Rows with the same values at a node. */
function groupsAt({ rows, grades, columns }: Table, levels: readonly number[]): Group[] {
  const groups = new Map<number, Group>();
  const codes = columns.map((column, place) => column.codes[levels[place] ?? 0]);
  const sizes = columns.map((column, place) => column.sizes[levels[place] ?? 0] ?? 1);
  const losses = columns.map((column, place) => column.losses[levels[place] ?? 0]);
  for (let row = 0; row < rows.length; row += 1) {
    let key = 0;
    let loss = 0;
    for (let place = 0; place < codes.length; place += 1) {
      key = key * (sizes[place] ?? 1) + (codes[place]?.[row] ?? 0);
      loss += losses[place]?.[row] ?? 0;
    }
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { first: row, counts: [0, 0, 0], loss: 0 }));
    const count = rows[row]?.count ?? 0;
    group.counts[grades[row] ?? 0]! += count;
    group.loss += (loss / codes.length) * count;
  }
  return [...groups.values()];
}

const sum = ([a, b, cOrD]: Readonly<Triple>): number => a + b + cOrD;

/** What a release at a node loses; rows of a group that go lose all. */
function lossOf(groups: readonly Group[], read: number): number {
  let loss = 0;
  for (const { counts, loss: generalised } of groups) {
    const [all, kept] = [sum(counts), sum(releasable(counts))];
    loss += all - kept + generalised * (kept / all);
  }
  return read ? loss / read : 0;
}

/** Looks at one node after the other; whoever runs it decides when others get their turn. */
function* searched(table: Table, nodes: readonly number[][]): Generator<void, number[], void> {
  let best: { levels: number[]; loss: number } | undefined;
  for (const levels of nodes) {
    const loss = lossOf(groupsAt(table, levels), table.read);
    if (!best || loss < best.loss) best = { levels, loss };
    yield;
  }
  return best?.levels ?? [];
}

/** A search that is under way: each step looks at one node; what it returns is the release. */
export function* generalise(
  hierarchies: readonly Hierarchy[],
  rows: readonly Counted[],
): Generator<void, Generalised, void> {
  const table = tableOf(hierarchies, rows);
  const levels = yield* searched(table, nodesOf(hierarchies));
  const groups = groupsAt(table, levels);
  const cells = groups.flatMap(({ first, counts }): Cell[] => {
    const values = hierarchies.map(({ at }, place) =>
      at(rows[first]?.values[place] ?? '', levels[place] ?? 0),
    );
    const kept = releasable(counts);
    return GRADES.flatMap((grade, place) => {
      const count = kept[place] ?? 0;
      return count ? [{ values, grade, count }] : [];
    });
  });
  const released = cells.reduce((total, { count }) => total + count, 0);
  return { levels, cells, read: table.read, released, loss: lossOf(groups, table.read) };
}
