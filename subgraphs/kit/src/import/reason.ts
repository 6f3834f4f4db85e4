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

/** How a value is given in an argument of the graph, where it is no text as in a cell. */
export interface ArgumentForm {
  readonly type: 'Text' | 'Int' | 'Boolean' | 'Date' | 'Decimal' | 'Texts';
  /** What it is one of, for who reads the schema. */
  readonly oneOf?: readonly string[];
  /** The value as a cell has it, or why it cannot stand in one. */
  readonly cell: (value: never) => Parsed<string>;
}

/** Reads one cell. Surrounding spaces, full-width digits and spreadsheet wrapping are its own task. */
export interface Codec<T> {
  (cell: string): Parsed<T>;
  readonly argument?: ArgumentForm;
}

/** A codec whose values have a type of their own in arguments. */
export const withArgument = <T>(
  codec: (cell: string) => Parsed<T>,
  argument: ArgumentForm,
): Codec<T> => Object.assign(codec, { argument });

export const refuse = (zh: string, en: string): { readonly reason: Reason } => ({
  reason: { zh, en },
});

/** The error for a file that cannot be imported at all. `line` is a physical line from 1. */
export function refusedFile(zh: string, en: string, line?: number): GraphQLError {
  const reason: Reason =
    line === undefined ? { zh, en } : { zh: `第 ${line} 行：${zh}`, en: `Line ${line}: ${en}` };
  return fault('VALIDATION', `${reason.zh} ${reason.en}`, { reason, line });
}
