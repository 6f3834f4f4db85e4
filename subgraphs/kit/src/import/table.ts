import type { Delimiter } from './delimiter.js';
import type { Encoding } from './encoding.js';

/** One record. `line` is where it starts: a physical line, a row of a sheet; `cells` is null when its quotes are broken. */
export interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[] | null;
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
  /**
   * Records with anything in them, header first, read anew at each call and never held together.
   *
   * @throws  `VALIDATION` at the end when the file is no longer the one that was opened.
   */
  records(): AsyncGenerator<TableRecord, void>;
}
