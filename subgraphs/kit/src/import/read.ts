import type { Encoding } from './encoding.js';
import type { ImportKind } from './kind.js';
import { layOut } from './layout.js';
import type { Mapping } from './mapping/mapping.js';
import { openTable } from './open-table.js';
import { refusedFile, type Problem } from './reason.js';
import { readRow } from './row.js';
import type { Table } from './table.js';

/** A row that can be used, or what is wrong with it. `line` is where it starts in the file. */
export type ReadRow<Row> =
  | { readonly line: number; readonly value: Row }
  | { readonly line: number; readonly problems: readonly Problem[] };

/** A file that can be imported: its header has been read and fits. */
export interface ImportFile<Row> extends Omit<Table, 'records'> {
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
  /** For files whose bytes do not show the encoding. */
  readonly encoding?: Encoding;
  /** Whether problems carry the cell. Off by default: reasons are fit for logs, cells are not. */
  readonly withValues?: boolean;
  /** How the file of another system is to be read. */
  readonly mapping?: Mapping;
}

async function first<T>(all: AsyncIterable<T>): Promise<T | undefined> {
  for await (const one of all) return one;
  return undefined;
}

/**
 * Open a CSV or XLSX file of a kind.
 *
 * @throws  `VALIDATION`, with reason and line, for a file that cannot be imported as this kind:
 *          no table, damaged, no header, columns missing or doubled.
 * @source  F-13
 */
export async function readFile<Row>(
  path: string,
  kind: ImportKind<Row>,
  { encoding, withValues = false, mapping }: ReadOptions = {},
): Promise<ImportFile<Row>> {
  const { records, ...about } = await openTable(path, mapping?.skip ?? 0, encoding);
  const header = await first(records());
  if (!header) throw refusedFile('没有标题行。', 'There is no header row.');
  if (!header.cells)
    throw refusedFile('标题行的引号不完整。', 'The quotes of the header are broken.', header.line);
  const layout = layOut(kind, header.cells, { line: header.line, ...about }, mapping);
  const columns = layout.placed.flatMap(({ column, header: name }) =>
    name === null ? [] : [{ field: column.field, header: name }],
  );
  async function* rows(): AsyncGenerator<ReadRow<Row>, void> {
    for await (const record of records())
      if (record.line > header!.line)
        yield { line: record.line, ...readRow(kind, layout, record, withValues) };
  }
  return { ...about, columns, unknown: layout.unknown, rows };
}
