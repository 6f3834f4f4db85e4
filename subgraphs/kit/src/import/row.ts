/** From the cells of one record to a row of its kind, or to what is wrong with it. */
import { fold, holdsNoCharacter, tidy } from './cell.js';
import type { ImportKind } from './kind.js';
import type { Layout, Placed } from './layout.js';
import { refuse, type Parsed, type Problem, type Reason } from './reason.js';
import type { Stored, TableRecord } from './table.js';

const { reason: EMPTY } = refuse('不得为空', 'must not be empty');
const { reason: UNREADABLE } = refuse(
  '含有无法识别的字符',
  'holds a character that could not be read',
);
const { reason: FORMULA_ERROR } = refuse(
  '是表格软件的错误值',
  'is an error value of a spreadsheet',
);
const { reason: NO_CHARACTER } = refuse(
  '含有不是通用字符的字（半个字符或自造字），请改为标准字',
  'holds a character of private use, or half of one; write it with a standard character',
);
const NOT_AS_SHOWN = refuse(
  '表中显示的数与存储的数不同，请改为显示全部数字',
  'shows another number than is stored; show all its digits',
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
  if (holdsNoCharacter(cell)) return NO_CHARACTER;
  return ERROR_VALUE.test(cell) ? FORMULA_ERROR : null;
}

/** One text: translated where the file is another system's, then read by its column. */
function readText(cell: string, { column, translate }: Placed): Parsed<unknown> {
  const reason = cell === '' ? null : refusedAnywhere(cell);
  if (reason) return { reason };
  const translated = translate?.(cell);
  if (translated && 'reason' in translated) return translated;
  const meant = translated ? translated.value : cell;
  if (meant !== '') return column.codec(meant);
  return column.required ? { reason: EMPTY } : { value: null };
}

/**
 * One cell: what the sheet shows. The number behind it is read where only words of the format are in
 * the way; where both can be read and are two values, nobody knows which is meant.
 */
function readCell(cell: string, place: Placed, stored: Stored | undefined): Parsed<unknown> {
  const shown = readText(cell, place);
  if (!stored) return shown;
  const behind = readText(stored.text, place);
  if (!('value' in behind)) return shown;
  if (!('value' in shown)) return stored.isRounded ? shown : behind;
  return !stored.isRounded || behind.value === shown.value ? shown : NOT_AS_SHOWN;
}

/** What is wrong between the cells of a row, reported by the header of the file. */
function checked<Row>(kind: ImportKind<Row>, { placed }: Layout, row: Row): Problem | null {
  const problem = kind.check?.(row);
  if (!problem) return null;
  const blamed = placed.find(({ column }) => column.field === problem.column);
  return { column: blamed?.header ?? problem.column, reason: problem.reason };
}

/** Why a row is none of this file, or does not count by its mapping; null when it does. */
function refusedRow(layout: Layout, cells: readonly string[]): Problem | null {
  const { width, placed, conditions } = layout;
  // Excel leaves the last separators out where a block of rows has nothing in its last columns.
  const isShort = placed.some(
    ({ column, at, and = [] }) =>
      column.required && [at ?? 0, ...and].some((one) => one >= cells.length),
  );
  if (isShort || !isBlank(cells.slice(width)))
    return { column: null, reason: wrongWidth(width, cells.length) };
  const failed = conditions.find(({ at, values, isWanted }) => {
    const found = values.has(fold(cells[at] ?? ''));
    return found !== isWanted;
  });
  return failed ? { column: failed.header, reason: failed.reason } : null;
}

/** The text of a place: one cell, or several joined; empty when none of them holds anything. */
function textAt({ at, and = [], between = '' }: Placed, cells: readonly string[]): string {
  const first = at === null ? '' : tidy(cells[at] ?? '');
  if (and.length === 0) return first;
  const all = [first, ...and.map((one) => tidy(cells[one] ?? ''))];
  return all.every((one) => one === '') ? '' : all.join(between);
}

/** One row, or what is wrong with it. */
export function readRow<Row>(
  kind: ImportKind<Row>,
  layout: Layout,
  { cells, stored }: TableRecord,
  withValues: boolean,
): { readonly value: Row } | { readonly problems: readonly Problem[] } {
  if (!cells) return { problems: [{ column: null, reason: BROKEN_QUOTES }] };
  const refused = refusedRow(layout, cells);
  if (refused) return { problems: [refused] };

  const problems: Problem[] = [];
  const value: Record<string, unknown> = {};
  for (const place of layout.placed) {
    const { column, at, header } = place;
    const cell = textAt(place, cells);
    const behind = at === null ? undefined : stored?.get(at);
    const parsed = readCell(cell, place, behind);
    if ('value' in parsed) {
      value[column.field] = parsed.value;
      continue;
    }
    const found = behind ? `${cell} (${behind.text})` : cell;
    problems.push({ column: header, reason: parsed.reason, ...(withValues && { cell: found }) });
  }
  if (problems.length > 0) return { problems };
  const problem = checked(kind, layout, value as Row);
  return problem ? { problems: [problem] } : { value: value as Row };
}
