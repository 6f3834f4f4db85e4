/** The condition notes of the matrix, in words that people sign. Source: DOMAIN 3.4, `notes.csv`. */
import { isGroup, type Group } from './groups.js';
import { names, readTable } from './tables.js';

export interface Note {
  readonly number: number;
  readonly words: string;
  readonly zh: string;
  /** Purposes under which alone the cell is open; none when it does not hang on the purpose. */
  readonly purposes: readonly string[];
  /** `3.4 (9)` */
  readonly clause: string;
}

/** `1 TUITION`: a number may say one thing of one group and another of the next. */
const byCell = new Map<string, Note>();
const ANY = '*';
const key = (number: number, group: string): string => `${number} ${group}`;

for (const row of readTable('notes')) {
  const number = Number(row['number']);
  const words = row['words'] ?? '';
  const zh = row['zh'] ?? '';
  const note = { number, words, zh, purposes: names(row['purposes']), clause: row['clause'] ?? '' };
  if (!number || !words || !zh)
    throw new Error(`notes.csv: a row without number or words: ${words}.`);
  for (const group of names(row['groups'])) {
    if (group !== ANY && !isGroup(group))
      throw new Error(`notes.csv: ${number} names the unknown group ${group}.`);
    if (byCell.has(key(number, group))) throw new Error(`notes.csv: ${number} ${group} twice.`);
    byCell.set(key(number, group), note);
  }
}

/** What a note says of a group; undefined when the table has no row for it. */
export const noteOf = (number: number, group: Group): Note | undefined =>
  byCell.get(key(number, group)) ?? byCell.get(key(number, ANY));

/**
 * Every number in the matrix has its words, and all words are used.
 *
 * @param used  The numbers of the matrix, each with its group.
 * @throws Error naming what is missing or idle.
 */
export function checkNotes(used: readonly { number: number; group: Group }[]): void {
  const faults = used
    .filter(({ number, group }) => !noteOf(number, group))
    .map(({ number, group }) => `no words for ${number} of ${group}`);
  const wanted = new Set(
    used.map(({ number, group }) =>
      byCell.has(key(number, group)) ? key(number, group) : key(number, ANY),
    ),
  );
  for (const cell of byCell.keys()) if (!wanted.has(cell)) faults.push(`${cell} is not used`);
  if (faults.length) throw new Error(`notes.csv: ${[...new Set(faults)].join('; ')}.`);
}
