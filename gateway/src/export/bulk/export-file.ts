/** The file of an export: each row carries the watermark, the whole is for one key (3.6). */
import type { OpenedExport } from '@chengxin/kit/call/export-paths';
import { CompactEncrypt, importJWK, type JWK } from 'jose';
import writeXlsxFile from 'write-excel-file/node';
import type { Values } from '../../objects.js';
import { WRAPPED_BY } from './export-wish.js';
import { tableOf, type Cell } from './table.js';

export interface Watermark {
  readonly exportNo: string;
  readonly exportedBy: string;
  /** UTC. */
  readonly exportedAt: string;
}

type Written = readonly [type: string, bytes: Buffer];

/** A text that a spreadsheet would compute is made one that it shows (OWASP: CSV injection). */
const COMPUTED = /^[=+\-@\t\r]/;

const quoted = (cell: Cell): string => {
  if (cell === null) return '';
  const text = String(cell);
  const shown = typeof cell === 'string' && COMPUTED.test(text) ? `'${text}` : text;
  return `"${shown.replaceAll('"', '""')}"`;
};

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** RFC 4180, with the mark by which spreadsheets know UTF-8. */
function csvOf(students: readonly Values[]): Written {
  const { columns, rows } = tableOf(students);
  const lines = [columns, ...rows].map((cells) => cells.map(quoted).join(','));
  return [CSV_TYPE, Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`)];
}

const ndjsonOf = (students: readonly Values[]): Written => [
  'application/x-ndjson',
  Buffer.from(students.map((student) => `${JSON.stringify(student)}\n`).join('')),
];

async function xlsxOf(students: readonly Values[]): Promise<Written> {
  const { columns, rows } = tableOf(students);
  const head = columns.map((value) => ({ value, fontWeight: 'bold' as const }));
  // Typed by hand: a number of a student stays the text that it is.
  const body = rows.map((cells) =>
    cells.map((value) =>
      typeof value === 'string' ? { value, type: String } : value === null ? null : { value },
    ),
  );
  return [XLSX_TYPE, await writeXlsxFile([head, ...body]).toBuffer()];
}

const FORMATS: Readonly<
  Record<OpenedExport['format'], (students: readonly Values[]) => Written | Promise<Written>>
> = { NDJSON: ndjsonOf, CSV: csvOf, XLSX: xlsxOf };

/** The file in the clear, with its media type. */
export async function exportText(
  format: OpenedExport['format'],
  students: readonly Values[],
  watermark: Watermark,
): Promise<Written> {
  return FORMATS[format](students.map((student) => ({ ...student, ...watermark })));
}

/** The file as it is kept: JWE, compact, its media type in the header (RFC 7516). */
export async function encrypted([cty, bytes]: Written, publicKey: JWK): Promise<string> {
  return new CompactEncrypt(bytes)
    .setProtectedHeader({ alg: WRAPPED_BY, enc: 'A256GCM', cty })
    .encrypt(await importJWK(publicKey, WRAPPED_BY));
}
