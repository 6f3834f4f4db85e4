/** One value of a stored record is corrected by hand: read, checked and staged as its column in a file is. */
import { layoutOf, refused } from './batch/fact-args.js';
import type { ImportJob } from './job.js';
import { readRow } from './row.js';
import { isWrongAlone, type Staged } from './stage.js';

type Fields = Readonly<Record<string, unknown>>;

export interface Correction extends Omit<Staged, 'batchId'> {
  /** The record in the columns of its kind, as it is stored and as a file would say it. */
  readonly record: Fields;
  /** Column that is corrected. */
  readonly field: string;
  /** The value as a cell has it, by code or label. */
  readonly cell: string;
  /** Argument that has the value: what a refusal names. */
  readonly argument: string;
  readonly dataKey: Buffer;
}

export interface Corrected {
  readonly value: unknown;
  /** The row as it is written: ciphertext where its kind writes that. */
  readonly staged: Fields;
}

/**
 * Rules of the whole row are tried with all of its values; of those against the database, the ones of
 * this column.
 *
 * @throws VALIDATION naming the argument, for what a file would be refused for.
 */
export async function correctedRow(
  { kind, checks, stage }: ImportJob,
  { record, field, cell, argument, dataKey, ...who }: Correction,
): Promise<Corrected> {
  const column = kind.columns.find((one) => one.field === field);
  if (!column) throw new Error(`${kind.name} have no column ${field}.`);
  const alone = { name: kind.name, columns: [{ ...column, required: true }] };
  const read = readRow<Fields>(alone, layoutOf(alone), { line: 1, cells: [cell] }, false);
  const problem = 'problems' in read ? read.problems[0] : undefined;
  if (problem || 'problems' in read)
    throw refused(argument, problem?.reason ?? { zh: '不能读取', en: 'cannot be read' });
  const row: Fields = { ...record, ...read.value };
  const torn = kind.check?.(row);
  if (torn) throw refused(argument, torn.reason);
  const staged = (stage ? stage(row as never, dataKey) : row) as Fields;
  for (const check of checks)
    if (check.column === field && (await isWrongAlone(who, staged, check)))
      throw refused(argument, check.reason);
  return { value: row[field], staged };
}
