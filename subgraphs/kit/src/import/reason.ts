import type { GraphQLError } from 'graphql';
import { fault } from '../errors.js';

/** Why something is refused, in both languages (F-10). It never repeats the value. */
export interface Reason {
  readonly zh: string;
  readonly en: string;
}

/** What is wrong with one cell of a row, or with the row as a whole. Source: F-13. */
export interface Problem {
  /** Header as it stands in the file; null when no single cell is to blame. */
  readonly column: string | null;
  readonly reason: Reason;
  /** The cell as read, only where the caller requested values. */
  readonly cell?: string;
}

/** A cell that was read, or why it was not. */
export type Parsed<T> = { readonly value: T } | { readonly reason: Reason };

/** Reads one cell. Surrounding spaces, full-width digits and spreadsheet wrapping are its own task. */
export type Codec<T> = (cell: string) => Parsed<T>;

export const refuse = (zh: string, en: string): { readonly reason: Reason } => ({
  reason: { zh, en },
});

/** The error for a file that cannot be imported at all. `line` is a physical line from 1. */
export function refusedFile(zh: string, en: string, line?: number): GraphQLError {
  const reason: Reason =
    line === undefined ? { zh, en } : { zh: `第 ${line} 行：${zh}`, en: `Line ${line}: ${en}` };
  return fault('VALIDATION', `${reason.zh} ${reason.en}`, { reason, line });
}
