import { delimiterOf } from './delimiter.js';
import { decoded, survey, type Encoding } from './encoding.js';
import { records } from './records.js';
import { isBlank } from './row.js';
import type { Table } from './table.js';

async function beginningOf(text: AsyncIterable<string>): Promise<string> {
  for await (const piece of text) return piece;
  return '';
}

/**
 * Open a CSV file: UTF-8 or GB18030, separated by comma, semicolon or tab.
 *
 * @throws  `VALIDATION` for a file that is not text, is damaged, or whose encoding cannot be told.
 */
export async function openCsv(path: string, encoding?: Encoding): Promise<Table> {
  const surveyed = await survey(path, encoding);
  const delimiter = delimiterOf(await beginningOf(decoded(path, surveyed)));
  return {
    ...surveyed,
    delimiter,
    async *records() {
      for await (const portion of records(decoded(path, surveyed), delimiter))
        for (const record of portion) if (!record.cells || !isBlank(record.cells)) yield record;
    },
  };
}
