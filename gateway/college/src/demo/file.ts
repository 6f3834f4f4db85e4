import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import { parse } from 'csv-parse/sync';
import { DEMO_FOLDER } from '../demo-folder.js';

export type Row = Readonly<Record<string, string>>;

/** One file as an office exports it. */
export interface DemoFile {
  readonly office: string;
  readonly kind: string;
  readonly rows: readonly Row[];
  /** As the fee system writes it; everything else is UTF-8. */
  readonly encoding?: 'gb18030';
  /** Who imports it and who approves; the office's own pair when nothing is said. */
  readonly by?: readonly [clerk: string, reviewer: string];
}

/** People and orgs of DOMAIN §5, as committed. */
export const readCast = (kind: string): Row[] =>
  parse(readFileSync(join(DEMO_FOLDER, `${kind}.csv`)), { columns: true }) as Row[];

const cell = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Write a file below a folder; answers where. */
export function writeDemoFile(folder: string, file: DemoFile): string {
  const path = join(folder, file.office, `${file.kind}.csv`);
  mkdirSync(dirname(path), { recursive: true });
  const [first = {}] = file.rows;
  const heads = Object.keys(first);
  const lines = file.rows.map((row) => heads.map((head) => cell(row[head] ?? '')).join(','));
  const text = `${[heads.join(','), ...lines].join('\r\n')}\r\n`;
  writeFileSync(path, file.encoding ? iconv.encode(text, file.encoding) : text);
  return path;
}
