/** Reads the reviewed tables in `kit/tables`, once, when the process starts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const FOLDER = join(import.meta.dirname, '../../tables');

/** Rows of one table as records by column name. */
export const readTable = (name: string): readonly Record<string, string>[] =>
  parse(readFileSync(join(FOLDER, `${name}.csv`)), { columns: true }) as Record<string, string>[];

/** A cell that holds several names: `A|B`. */
export const names = (cell: string | undefined): string[] => (cell ? cell.split('|') : []);
