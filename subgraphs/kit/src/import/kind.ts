import { fold, tidy } from './cell.js';
import type { Mapping, Translate } from './mapping/mapping.js';
import { refusedFile, type Codec, type Problem } from './reason.js';

/** One column of an import. */
export interface Column<F extends string = string, T = unknown> {
  readonly field: F;
  /** English, Chinese, then other names that offices use. The field name itself always counts. */
  readonly headers: readonly [english: string, chinese: string, ...aliases: string[]];
  readonly codec: Codec<T>;
  /** The column must be there and every row must fill it. */
  readonly required?: boolean;
}

/** A row as its columns promise it: what is not required and left empty is null. */
export type RowOf<C extends readonly Column[]> = {
  readonly [K in C[number] as K['field']]: K['codec'] extends Codec<infer T>
    ? K extends { readonly required: true }
      ? T
      : T | null
    : never;
};

/** What can be imported: its columns, and what must hold between the cells of a row. */
export interface ImportKind<Row = unknown> {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Asked only when every cell is good. `column` of the problem is a field name, or null. */
  check?(row: Row): Problem | undefined;
}

/** An import kind whose row type follows from its columns. */
export function importKind<const C extends readonly Column[]>(kind: {
  readonly name: string;
  readonly columns: C;
  check?(row: RowOf<C>): Problem | undefined;
}): ImportKind<RowOf<C>> {
  const owner = new Map<string, string>();
  for (const { field, headers } of kind.columns)
    for (const name of new Set([field, ...headers].map(fold))) {
      if (owner.has(name))
        throw new Error(`${kind.name}: ${owner.get(name)} and ${field} are both called ${name}.`);
      owner.set(name, field);
    }
  return kind;
}

/** A column of the kind and where it stands in a file. */
interface Placed {
  readonly column: Column;
  /** Position in the record, from 0; null when the file does not have the column. */
  readonly at: number | null;
  /** Header as it stands in the file. */
  readonly header: string | null;
  /** From the words of another system. */
  readonly translate?: Translate;
}

/** How a file's header meets a kind. */
export interface Layout {
  /** Number of cells that each row must have. */
  readonly width: number;
  /** Every column of the kind, in its order. */
  readonly placed: readonly Placed[];
  /** Headers that no column claims; their cells are not read. */
  readonly unknown: readonly string[];
}

const headerName = (header: string): string => fold(header).replaceAll('*', '');

/** What a column of the kind is called in a file. */
function namesOf({ field, headers }: Column, mapping: Mapping | undefined): readonly string[] {
  if (!mapping) return [headers[1], field, ...headers];
  const header = mapping.sources.get(field)?.header;
  return header ? [header] : [];
}

interface Wanted {
  readonly column: Column;
  readonly names: readonly string[];
}

function sayWhich(wanted: readonly Wanted[]): { zh: string; en: string } {
  const zh = wanted.map(({ column, names }) => `${names[0]}（${column.field}）`).join('、');
  const en = wanted.map(({ column, names }) => `${column.field} (${names[0]})`).join(', ');
  return { zh, en };
}

/**
 * Find the columns of a kind in a header. Case, spaces, width, underscores and the asterisk that
 * templates put on required columns make no difference.
 *
 * @param mapping  Of another system's file: it alone says which column is which.
 * @throws  One `VALIDATION` that names every column that is missing or there twice.
 */
export function layOut(
  kind: ImportKind,
  header: readonly string[],
  line: number,
  mapping?: Mapping,
): Layout {
  const heads = header.map(headerName);
  const found = kind.columns.map((column) => {
    const names = namesOf(column, mapping);
    const wanted = new Set(names.map(headerName));
    return { column, names, places: [...heads.keys()].filter((at) => wanted.has(heads[at] ?? '')) };
  });
  const missing = found.filter(
    ({ column, names, places }) =>
      places.length === 0 && (mapping ? names.length > 0 : column.required),
  );
  const doubled = found.filter(({ places }) => places.length > 1);
  if (missing.length + doubled.length > 0) {
    const lacks = sayWhich(missing);
    const twice = sayWhich(doubled);
    const zh = [lacks.zh && `缺少列：${lacks.zh}。`, twice.zh && `列重复：${twice.zh}。`];
    const en = [
      lacks.en && `Missing columns: ${lacks.en}.`,
      twice.en && `Columns there twice: ${twice.en}.`,
    ];
    throw refusedFile(zh.join(''), en.filter(Boolean).join(' '), line);
  }
  const placed = found.map(({ column, places: [at = null] }) => {
    const translate = mapping?.sources.get(column.field)?.translate;
    const name = at === null ? null : tidy(header[at] ?? '');
    return { column, at, header: name, ...(translate && { translate }) };
  });
  const claimed = new Set(placed.map(({ at }) => at));
  const unknown = header.map(tidy).filter((name, at) => name !== '' && !claimed.has(at));
  return { width: header.length, placed, unknown };
}
