import { tidy } from './cell.js';
import { delimiterOf, type Delimiter } from './delimiter.js';
import { decoded, survey, type Encoding, type Survey } from './encoding.js';
import { layOut, type Column, type ImportKind, type Layout } from './kind.js';
import { refuse, refusedFile, type Parsed, type Problem, type Reason } from './reason.js';
import { records } from './records.js';

/** A row that can be used, or what is wrong with it. `line` is the physical line where it starts. */
export type ReadRow<Row> =
  | { readonly line: number; readonly value: Row }
  | { readonly line: number; readonly problems: readonly Problem[] };

/** A file that can be imported: its header has been read and fits. */
export interface ImportFile<Row> extends Survey {
  readonly delimiter: Delimiter;
  /** Columns that were found, in the order of the kind. */
  readonly columns: readonly { readonly field: string; readonly header: string }[];
  /** Headers that are not part of the kind; their cells are ignored. */
  readonly unknown: readonly string[];
  /**
   * All rows, read anew at each call and never held together.
   *
   * @throws  `VALIDATION` after the last row when the file changed since it was opened: whoever
   *          stores rows keeps them only when the generator has ended.
   */
  rows(): AsyncGenerator<ReadRow<Row>, void>;
}

export interface ReadOptions {
  /** For files whose encoding cannot be told from the bytes. */
  readonly encoding?: Encoding;
  /** Whether problems carry the cell. Off by default: reasons are fit for logs, cells are not. */
  readonly withValues?: boolean;
}

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
/** `#N/A`, `#REF!` and the row of hashes of a column that was too narrow. */
const ERROR_VALUE = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|#+)$/;

const wrongWidth = (expected: number, found: number) =>
  refuse(
    `应有 ${expected} 个单元格，实有 ${found} 个`,
    `The header has ${expected} cells, this row has ${found}`,
  ).reason;

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => tidy(cell) === '');

/** Why a cell is refused whatever its column is, or null. */
function refusedAnywhere(cell: string, { required }: Column): Reason | null {
  if (cell === '') return required ? EMPTY : null;
  if (cell.includes(REPLACEMENT)) return UNREADABLE;
  return ERROR_VALUE.test(cell) ? FORMULA_ERROR : null;
}

/** What is wrong between the cells of a row, told by the header of the file. */
function checked<Row>(kind: ImportKind<Row>, { placed }: Layout, row: Row): Problem | null {
  const problem = kind.check?.(row);
  if (!problem) return null;
  const blamed = placed.find(({ column }) => column.field === problem.column);
  return { column: blamed?.header ?? problem.column, reason: problem.reason };
}

/** One row. Only a row with as many cells as the header is read; empty ones behind it do not count. */
function readRow<Row>(
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
  for (const { column, at, header } of layout.placed) {
    const cell = at === null ? '' : tidy(cells[at] ?? '');
    const refused = refusedAnywhere(cell, column);
    const parsed: Parsed<unknown> = refused
      ? { reason: refused }
      : cell === ''
        ? { value: null }
        : column.codec(cell);
    if ('value' in parsed) value[column.field] = parsed.value;
    else problems.push({ column: header, reason: parsed.reason, ...(withValues && { cell }) });
  }
  if (problems.length > 0) return { problems };
  const problem = checked(kind, layout, value as Row);
  return problem ? { problems: [problem] } : { value: value as Row };
}

/** Records with anything in them. */
async function* filled(path: string, surveyed: Survey, delimiter: Delimiter) {
  for await (const portion of records(decoded(path, surveyed), delimiter))
    for (const record of portion) if (!record.cells || !isBlank(record.cells)) yield record;
}

async function first<T>(all: AsyncIterable<T>): Promise<T | undefined> {
  for await (const one of all) return one;
  return undefined;
}

/**
 * Open a CSV file: UTF-8 or GB18030, separated by comma, semicolon or tab.
 *
 * @throws  `VALIDATION`, with reason and line, for a file that cannot be imported as this kind:
 *          not text, damaged, no header, columns missing or doubled.
 * @source  F-13
 */
export async function readFile<Row>(
  path: string,
  kind: ImportKind<Row>,
  { encoding, withValues = false }: ReadOptions = {},
): Promise<ImportFile<Row>> {
  const surveyed = await survey(path, encoding);
  const delimiter = delimiterOf((await first(decoded(path, surveyed))) ?? '');
  const header = await first(filled(path, surveyed, delimiter));
  if (!header) throw refusedFile('没有标题行。', 'There is no header row.');
  if (!header.cells)
    throw refusedFile('标题行的引号不完整。', 'The quotes of the header are broken.', header.line);
  const layout = layOut(kind, header.cells, header.line);
  const columns = layout.placed.flatMap(({ column, header: name }) =>
    name === null ? [] : [{ field: column.field, header: name }],
  );
  async function* rows(): AsyncGenerator<ReadRow<Row>, void> {
    for await (const { line, cells } of filled(path, surveyed, delimiter))
      if (line > header!.line) yield { line, ...readRow(kind, layout, cells, withValues) };
  }
  return { ...surveyed, delimiter, columns, unknown: layout.unknown, rows };
}
