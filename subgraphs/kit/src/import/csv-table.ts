import { delimiterOf } from './delimiter.js';
import { decoded, survey, type Encoding } from './encoding.js';
import { records } from './records.js';
import { isBlank } from './row.js';
import type { Table } from './table.js';

/** First piece of the text, from the header on: what stands before it tells nothing of delimiters. */
async function beginningOf(text: AsyncIterable<string>, skip: number): Promise<string> {
  for await (const piece of text)
    return skip > 0
      ? piece
          .split(/\r\n?|\n/)
          .slice(skip)
          .join('\n')
      : piece;
  return '';
}

/**
 * Open a CSV file: UTF-8 or GB18030, separated by comma, semicolon or tab.
 *
 * @param skip  Lines before the header.
 * @throws  `VALIDATION` for a file that is not text, is damaged, or whose encoding cannot be told.
 */
export async function openCsv(path: string, skip = 0, encoding?: Encoding): Promise<Table> {
  const surveyed = await survey(path, encoding);
  const delimiter = delimiterOf(await beginningOf(decoded(path, surveyed), skip));
  return {
    ...surveyed,
    delimiter,
    async *records() {
      for await (const portion of records(decoded(path, surveyed), delimiter, skip))
        for (const record of portion) if (!record.cells || !isBlank(record.cells)) yield record;
    },
  };
}
