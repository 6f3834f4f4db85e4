import { fold } from './cell.js';
import type { Codec, Problem } from './reason.js';

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

/** A column that is no field: a row counts only when one of these values stands in it. */
export interface Guard {
  readonly headers: readonly string[];
  readonly counts: readonly string[];
}

/** What can be imported: its columns, and what must hold between the cells of a row. */
export interface ImportKind<Row = unknown> {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns of other systems that say whether a row counts, unless a mapping says it. */
  readonly guards?: readonly Guard[];
  /** Called only when every cell is good. `column` of the problem is a field name, or null. */
  check?(row: Row): Problem | undefined;
}

/** An import kind whose row type follows from its columns. */
export function importKind<const C extends readonly Column[]>(kind: {
  readonly name: string;
  readonly columns: C;
  readonly guards?: readonly Guard[];
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
