/** Shares of counts that are published: they disclose no more than those. Pure. Source: DOMAIN 3.6. */
import type { CellKey } from './release.rules.js';

export interface PublishedCell {
  readonly keys: readonly CellKey[];
  readonly value: number | null;
  readonly halfWidth: number | null;
}

/** Most by which a share rounded to full percent is off by rounding alone. */
const ROUNDING = 0.5;

const lineOf = (keys: readonly CellKey[]): string =>
  JSON.stringify(keys.map(({ name, value }) => [name, value]));

function shareOf(cell: PublishedCell, total: PublishedCell | undefined): PublishedCell {
  const { keys, value, halfWidth } = cell;
  if (value === null || halfWidth === null || !total?.value || total.halfWidth === null)
    return { keys, value: null, halfWidth: null };
  const share = value / total.value;
  const off = (halfWidth + share * total.halfWidth) / total.value;
  return {
    keys,
    value: Math.round(share * 100),
    halfWidth: Math.min(100, Math.ceil(off * 100 + ROUNDING)),
  };
}

/**
 * Each cell as a share of the total of its line, in full percent; totals have none.
 *
 * @param valueName  Name of the last key of a cell that is no total: `GRADE`.
 */
export function sharesOf<Cell extends PublishedCell>(
  cells: readonly Cell[],
  valueName: string,
): Cell[] {
  const isTotal = ({ keys }: Cell) => keys.at(-1)?.name !== valueName;
  const totals = new Map(cells.filter(isTotal).map((cell) => [lineOf(cell.keys), cell]));
  return cells
    .filter((cell) => !isTotal(cell))
    .map((cell) => ({ ...cell, ...shareOf(cell, totals.get(lineOf(cell.keys.slice(0, -1)))) }));
}
