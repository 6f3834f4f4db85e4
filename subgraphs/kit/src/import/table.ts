import type { Delimiter } from './delimiter.js';
import type { Encoding } from './encoding.js';

/** What stands behind a cell whose format shows something else. */
export interface Stored {
  /** The number without the words of its format, or with the digits that the format leaves out. */
  readonly text: string;
  /** Digits are left out: what is shown and what is stored are two numbers. */
  readonly isRounded: boolean;
}

/** One record. `line` is where it starts: a physical line, a row of a sheet; `cells` is null when its quotes are broken. */
export interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[] | null;
  /** By position, only where a format of a workbook says less or more than the number. */
  readonly stored?: ReadonlyMap<number, Stored>;
}

/** The table that a file holds, whatever form the file has. */
export interface Table {
  readonly bytes: number;
  /** Digest of the bytes as in `kit/crypto`, so that the same file can be recognised. */
  readonly digest: string;
  /** About as many as there are records, for whoever shows how far the reading is. */
  readonly lines: number;
  /** How the text is written; a workbook has neither. */
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  /** Name of the sheet of a workbook that is read, and of the others that can be seen. */
  readonly sheet?: string;
  readonly otherSheets?: readonly string[];
  /** Rows of a sheet that are hidden, by a filter for instance; they are not read. */
  readonly hidden?: number;
  /**
   * Records with anything in them, header first, read anew at each call and never held together.
   *
   * @throws  `VALIDATION` at the end when the file is no longer the one that was opened.
   */
  records(): AsyncGenerator<TableRecord, void>;
}
