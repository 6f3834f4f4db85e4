/** The archive's own data files (`archive/data`), read once when the process starts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const FOLDER = join(import.meta.dirname, '../../data');
/** `# source: …`: what is said of a file as a whole, above its column names. */
const HEAD_LINE = /^# (\w+):(.*)$/gm;

export interface DataFile {
  readonly head: Readonly<Record<string, string>>;
  /** Rows as records by column name. */
  readonly rows: readonly Record<string, string>[];
}

/** Text of a file of `archive/data`. */
export const readText = (...path: string[]): string => readFileSync(join(FOLDER, ...path), 'utf8');

/** Read one CSV file of a folder of `archive/data`. */
export function readDataFile(...path: string[]): DataFile {
  const text = readText(...path);
  const head = [...text.matchAll(HEAD_LINE)].map(([, key = '', value = '']) => [key, value.trim()]);
  const rows = parse(text, { columns: true, comment: '#', comment_no_infix: true });
  return { head: Object.fromEntries(head), rows: rows as Record<string, string>[] };
}

/** Names of what stands in a folder of `archive/data`, in order. */
export const namesIn = (folder: string): string[] => readdirSync(join(FOLDER, folder)).sort();
