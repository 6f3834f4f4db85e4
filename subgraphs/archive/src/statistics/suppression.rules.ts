/**
 * Which cells of a set of tables must be hidden so that none below k can be computed. Pure.
 *
 * The tables with all their totals are one network: every cell is an arc from a node to another, and
 * at each node what goes in is what goes out, for that is what a total is. What is hidden can then
 * be exactly bounded by flows: a cell can be larger or smaller only along a cycle of hidden cells.
 *
 * @source DOMAIN 3.6 (statistics), SC-12
 */
import { leastPath, mostFlow, type Arc } from './flow.rules.js';

/** One count of the tables, as an arc of their network. */
export interface TableCell {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly value: number;
}

/** No count of persons is larger. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** What hidden cells other than one can take up: more without end, less down to nothing. */
const slack = (cells: readonly TableCell[], hidden: ReadonlySet<string>, but: string): Arc[] =>
  cells.flatMap(({ id, from, to, value }) =>
    hidden.has(id) && id !== but
      ? [
          { from, to, room: UNBOUNDED },
          { from: to, to: from, room: value },
        ]
      : [],
  );

/** How far a hidden cell can lie from its value, as far as the published cells disclose. */
export function leeway(
  cells: readonly TableCell[],
  hidden: ReadonlySet<string>,
  { id, from, to, value }: TableCell,
  enough: number,
): { readonly up: number; readonly down: number } {
  const arcs = slack(cells, hidden, id);
  const up = mostFlow(arcs, to, from, enough);
  return { up, down: mostFlow(arcs, from, to, Math.min(enough, value)) };
}

/** Cells to hide with one, so that it can be larger by k: the cycle through it that costs least. */
function cycleThrough(
  cells: readonly TableCell[],
  hidden: ReadonlySet<string>,
  { id, from, to }: TableCell,
  k: number,
): readonly string[] | undefined {
  const arcs = cells.flatMap((cell) => {
    if (cell.id === id) return [];
    const cost = hidden.has(cell.id) ? 0 : cell.value + 1;
    const back = { id: cell.id, from: cell.to, to: cell.from, cost };
    return [
      { id: cell.id, from: cell.from, to: cell.to, cost },
      ...(cell.value >= k ? [back] : []),
    ];
  });
  return leastPath(arcs, to, from);
}

/**
 * The cells to hide: those below k or otherwise at risk, and others with them until no hidden cell
 * can be computed to within k.
 *
 * @param k         Least number of persons that a cell may show.
 * @param isAtRisk  Cells that must not be shown for another reason.
 * @returns         Ids of the hidden cells; all of them where nothing less would do.
 */
export function hiddenCells(
  cells: readonly TableCell[],
  k: number,
  isAtRisk: (cell: TableCell) => boolean = () => false,
): ReadonlySet<string> {
  const hidden = new Set(
    cells.filter((cell) => cell.value < k || isAtRisk(cell)).map(({ id }) => id),
  );
  const open = cells.filter(({ id }) => hidden.has(id));
  for (let cell = open.pop(); cell; cell = open.pop()) {
    const { up, down } = leeway(cells, hidden, cell, k);
    if (up + down >= k) continue;
    const more = cycleThrough(cells, hidden, cell, k);
    if (!more) return new Set(cells.map(({ id }) => id));
    // The whole cycle can carry k, so none of its cells needs more.
    for (const id of more) hidden.add(id);
  }
  return hidden;
}
