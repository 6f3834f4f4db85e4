/**
 * What was erased since any backup, beside the backups: a line each, by keyed digests alone. Whoever has
 * the number and the key of the office can find it, nobody can read a number from it. Lines are chained
 * and signed: one that is changed, left out or moved is found.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deriveKey, digest, mac, signatureHolds, signText } from '../call/crypto.js';
import type { Keyring } from '../call/keyring.js';
import { writeWhole } from './manifest.js';

export interface Erasure {
  /** Action by which it went: `archive.destroy`. */
  readonly action: string;
  /** Keyed digest of what it was. */
  readonly subject: string;
  readonly at: string;
}

interface Line extends Erasure {
  readonly number: number;
  /** Digest of the line before; '' of none. */
  readonly previous: string;
  readonly keyId: string;
  readonly signature: string;
}

export const journalFile = (folder: string, office: string): string =>
  join(folder, `${office}.erased.jsonl`);

/** How what is erased is known in the journal: by its type and number. */
export const erasedAs = ({ dataKey }: Keyring, type: string, id: string): string =>
  mac(deriveKey(dataKey, 'erased'), `${type} ${id}`);

const textOf = (office: string, line: Omit<Line, 'signature'>): string =>
  JSON.stringify([
    'chengxin erasure 1',
    office,
    line.number,
    line.action,
    line.subject,
    line.at,
    line.previous,
    line.keyId,
  ]);

/**
 * Every line of a journal; none where there is no file.
 *
 * @throws Error naming the line that is not what was written.
 */
export async function readJournal(
  folder: string,
  { party, publicKey }: Pick<Keyring, 'party' | 'publicKey'>,
): Promise<readonly Line[]> {
  const file = journalFile(folder, party);
  if (!existsSync(file)) return [];
  const texts = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  const lines: Line[] = [];
  let previous = '';
  for (const [place, text] of texts.entries()) {
    const wrong = (cause?: unknown) =>
      new Error(`${file}, line ${place + 1}: this is not what was written.`, { cause });
    let line: Line;
    try {
      line = JSON.parse(text) as Line;
    } catch (cause) {
      throw wrong(cause);
    }
    const key = publicKey(party, line.keyId);
    const follows = line.number === place + 1 && line.previous === previous;
    if (!follows || !key || !signatureHolds(key, textOf(party, line), line.signature))
      throw wrong();
    previous = digest(textOf(party, line));
    lines.push(line);
  }
  return lines;
}

/** Append what the journal does not have yet: the whole file is there with it, or as it was. */
export async function appendToJournal(
  folder: string,
  keyring: Keyring,
  erasures: readonly Erasure[],
): Promise<void> {
  const { party, signing } = keyring;
  const all = [...(await readJournal(folder, keyring))];
  const known = new Set(all.map(({ subject }) => subject));
  const fresh = erasures.filter(({ subject }) => !known.has(subject));
  if (!fresh.length) return;
  for (const { action, subject, at } of fresh) {
    const last = all.at(-1);
    const previous = last ? digest(textOf(party, last)) : '';
    const number = all.length + 1;
    const line = { number, action, subject, at, previous, keyId: signing.kid };
    all.push({ ...line, signature: signText(signing.key, textOf(party, line)) });
  }
  const file = journalFile(folder, party);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeWhole(file, `${all.map((line) => JSON.stringify(line)).join('\n')}\n`);
}
