import { open } from 'node:fs/promises';
import { openCsv } from './csv-table.js';
import type { Encoding } from './encoding.js';
import type { Table } from './table.js';
import { openXlsx } from './xlsx/table.js';

const ZIP = Buffer.from('504b0304', 'hex');

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(ZIP.length), 0, ZIP.length, 0);
    return buffer.equals(ZIP);
  } finally {
    await file.close();
  }
}

/**
 * Open the table in a file by what it is, whatever it is called: CSV or XLSX.
 *
 * @param skip  Lines before the header.
 * @throws  `VALIDATION` for anything else, and for a file that is damaged or too large.
 */
export const openTable = async (path: string, skip = 0, encoding?: Encoding): Promise<Table> =>
  (await isZip(path)) ? openXlsx(path, skip) : openCsv(path, skip, encoding);
