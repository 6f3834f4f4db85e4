import type { Parsed } from '../reason.js';

/** What stands in a cell, in the words that the field's codec reads. */
export type Translate = (cell: string) => Parsed<string>;

/** Where a field comes from: a column of the file, or a constant. */
export interface Source {
  /** Header of the column; null for a constant. */
  readonly header: string | null;
  readonly translate: Translate;
}

/** How the file of another system becomes rows of a kind. What it does not name is not read. */
export interface Mapping {
  /** Name of its file. */
  readonly name: string;
  /** Lines before the header. */
  readonly skip: number;
  /** By field of the kind. */
  readonly sources: ReadonlyMap<string, Source>;
}
