import { delimiterOf, DELIMITERS, type Delimiter } from './delimiter.js';
import { decoded, survey, type Encoding } from './encoding.js';
import { refusedFile } from './reason.js';
import { records } from './records.js';
import { isBlank } from './row.js';
import type { Table } from './table.js';

/** First piece of the text, from the header on: what stands before it shows no delimiters. */
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

/** `sep=;` in the first line, which names the delimiter for Excel. */
const SEPARATOR_LINE = /^sep=(.)(?:\r\n?|\n)/i;

/** The delimiter, and how many lines stand before the header. */
function formOf(beginning: string, skip: number): { delimiter: Delimiter; before: number } {
  const [, named] = (skip === 0 && SEPARATOR_LINE.exec(beginning)) || [];
  if (named === undefined) return { delimiter: delimiterOf(beginning), before: skip };
  const delimiter = DELIMITERS.find((one) => one === named);
  if (!delimiter)
    throw refusedFile(
      'sep= 行指定的分隔符不是逗号、分号或制表符，请另存为 CSV。',
      'The sep= line names a separator other than comma, semicolon or tab. Save the file as CSV anew.',
      1,
    );
  return { delimiter, before: 1 };
}

/**
 * Open a CSV file: UTF-8 or GB18030, separated by comma, semicolon or tab.
 *
 * @param skip  Lines before the header.
 * @throws  `VALIDATION` for a file that is not text, is damaged, or whose encoding is ambiguous.
 */
export async function openCsv(path: string, skip = 0, encoding?: Encoding): Promise<Table> {
  const surveyed = await survey(path, encoding);
  const beginning = await beginningOf(decoded(path, surveyed), skip);
  const { delimiter, before } = formOf(beginning, skip);
  return {
    ...surveyed,
    delimiter,
    async *records() {
      for await (const portion of records(decoded(path, surveyed), delimiter, before))
        for (const record of portion) if (!record.cells || !isBlank(record.cells)) yield record;
    },
  };
}
