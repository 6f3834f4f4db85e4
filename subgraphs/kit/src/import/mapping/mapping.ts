import type { Parsed, Reason } from '../reason.js';

/** What stands in a cell, in the words that the field's codec reads. */
export type Translate = (cell: string) => Parsed<string>;

/** Where a field comes from: a column of the file, several joined, or a constant. */
export interface Source {
  /** Headers of the columns; none for a constant. */
  readonly headers: readonly string[];
  /** What stands between the cells of several columns. */
  readonly between?: string;
  readonly translate: Translate;
}

/** A column whose value decides whether its row counts. */
export interface Condition {
  readonly header: string;
  /** As `fold` writes them. */
  readonly values: ReadonlySet<string>;
  /** Whether the row counts with one of the values, or without them all. */
  readonly isWanted: boolean;
  readonly reason: Reason;
}

/** How the file of another system becomes rows of a kind. What it does not name is not read. */
export interface Mapping {
  /** Name of its file. */
  readonly name: string;
  /** Lines before the header. */
  readonly skip: number;
  /** By field of the kind. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly conditions: readonly Condition[];
  /** Every heading that it speaks of, as headings are compared. */
  readonly named: ReadonlySet<string>;
}
