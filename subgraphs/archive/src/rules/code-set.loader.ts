/** The published code lists, from `data/code-sets`; where they are from: its README. */
import { namesIn, readDataFile } from './data-file.js';
import type { Code, CodeSet } from './code-set.entity.js';

const FOLDER = 'code-sets';
const CSV = /\.csv$/;

/** What is left empty in a file is not there. */
const filled = (row: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(row).filter(([, text]) => text));

function readCodeSet(file: string): CodeSet {
  const { head, rows } = readDataFile(FOLDER, file);
  return { ...filled(head), name: file.replace(CSV, ''), codes: rows.map(filled) as Code[] };
}

/** Every code set, by name. */
export const CODE_SETS: readonly CodeSet[] = namesIn(FOLDER)
  .filter((file) => CSV.test(file))
  .map(readCodeSet);
