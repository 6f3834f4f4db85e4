/** Reads the reviewed tables in `kit/tables`, once, when the process starts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { digest } from '../call/crypto.js';

const FOLDER = join(import.meta.dirname, '../../tables');

/** Rows of one table as records by column name. */
export const readTable = (name: string): readonly Record<string, string>[] =>
  parse(readFileSync(join(FOLDER, `${name}.csv`)), { columns: true }) as Record<string, string>[];

/** A cell that holds several names: `A|B`. */
export const names = (cell: string | undefined): string[] => (cell ? cell.split('|') : []);

/** The tables by which reading and acting are decided. */
const DECIDING = [
  'action-matrix',
  'field-groups',
  'groups',
  'masks',
  'notes',
  'predicates',
  'privacy-matrix',
  'purposes',
];

/**
 * Digest of the tables in force, of their rows and not of how a file writes them: it stands in every
 * access event, so that it can be said later by which rules a read was decided (G20.1, PIPL 54).
 */
export const TABLES_HASH = digest(
  JSON.stringify(DECIDING.map((name) => [name, readTable(name).map((row) => Object.entries(row))])),
);
