/** From the cells of one record to a row of its kind, or to what is wrong with it. */
import { tidy } from './cell.js';
import type { ImportKind, Layout } from './kind.js';
import { refuse, type Parsed, type Problem, type Reason } from './reason.js';

const { reason: EMPTY } = refuse('不得为空', 'must not be empty');
const { reason: UNREADABLE } = refuse(
  '含有无法识别的字符',
  'holds a character that could not be read',
);
const { reason: FORMULA_ERROR } = refuse(
  '是表格软件的错误值',
  'is an error value of a spreadsheet',
);
const { reason: BROKEN_QUOTES } = refuse('引号不完整', 'The quotes of this row are broken');
const REPLACEMENT = '\ufffd';
/** `#N/A`, `#REF!`, `#SPILL!` and the row of hashes of a column that was too narrow. */
const ERROR_VALUE = /^#(?:N\/A|DIV\/0!|NAME\?|[A-Z_]+!|#+)$/;

const wrongWidth = (expected: number, found: number) =>
  refuse(
    `应有 ${expected} 个单元格，实有 ${found} 个`,
    `The header has ${expected} cells, this row has ${found}`,
  ).reason;

/** Whether a record is nothing but separators, as spreadsheets leave behind the last row. */
export const isBlank = (cells: readonly string[]): boolean =>
  cells.every((cell) => tidy(cell) === '');

/** Why a cell is refused whatever its column is, or null. */
function refusedAnywhere(cell: string): Reason | null {
  if (cell.includes(REPLACEMENT)) return UNREADABLE;
  return ERROR_VALUE.test(cell) ? FORMULA_ERROR : null;
}

/** One cell: translated where the file is another system's, then read by its column. */
function readCell(cell: string, { column, translate }: Layout['placed'][number]): Parsed<unknown> {
  const reason = cell === '' ? null : refusedAnywhere(cell);
  if (reason) return { reason };
  const told = translate?.(cell);
  if (told && 'reason' in told) return told;
  const meant = told ? told.value : cell;
  if (meant !== '') return column.codec(meant);
  return column.required ? { reason: EMPTY } : { value: null };
}

/** What is wrong between the cells of a row, told by the header of the file. */
function checked<Row>(kind: ImportKind<Row>, { placed }: Layout, row: Row): Problem | null {
  const problem = kind.check?.(row);
  if (!problem) return null;
  const blamed = placed.find(({ column }) => column.field === problem.column);
  return { column: blamed?.header ?? problem.column, reason: problem.reason };
}

/** One row. Only a row with as many cells as the header is read; empty ones behind it do not count. */
export function readRow<Row>(
  kind: ImportKind<Row>,
  layout: Layout,
  cells: readonly string[] | null,
  withValues: boolean,
): { readonly value: Row } | { readonly problems: readonly Problem[] } {
  if (!cells) return { problems: [{ column: null, reason: BROKEN_QUOTES }] };
  if (cells.length < layout.width || !isBlank(cells.slice(layout.width)))
    return { problems: [{ column: null, reason: wrongWidth(layout.width, cells.length) }] };

  const problems: Problem[] = [];
  const value: Record<string, unknown> = {};
  for (const place of layout.placed) {
    const { column, at, header } = place;
    const cell = at === null ? '' : tidy(cells[at] ?? '');
    const parsed = readCell(cell, place);
    if ('value' in parsed) value[column.field] = parsed.value;
    else problems.push({ column: header, reason: parsed.reason, ...(withValues && { cell }) });
  }
  if (problems.length > 0) return { problems };
  const problem = checked(kind, layout, value as Row);
  return problem ? { problems: [problem] } : { value: value as Row };
}
