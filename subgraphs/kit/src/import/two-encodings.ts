/** Cells of a GB18030 file that are written in UTF-8, as when parts of two files are put together. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';

/** A cell with a byte that the ordinary characters of GB18030 do not have; its bytes as characters. */
const SUSPECT = /[^,;\t"\r\n]*[\x80-\xa0][^,;\t"\r\n]*/g;
const LINE_END = 0x0a;
/** One Chinese character may be UTF-8 by chance; a word of two hardly ever is. */
const CHINESE_WORD = /[\u4e00-\u9fff].*[\u4e00-\u9fff]/;

function isInUtf8(cell: string): boolean {
  const bytes = Buffer.from(cell, 'latin1');
  return isUtf8(bytes) && CHINESE_WORD.test(bytes.toString('utf8'));
}

/** Physical line of the first cell in UTF-8, or null. */
export async function lineInUtf8(path: string): Promise<number | null> {
  let [line, rest] = [1, Buffer.alloc(0)];
  const search = (bytes: Buffer): number | null => {
    const text = bytes.toString('latin1');
    for (const { 0: cell, index } of text.matchAll(SUSPECT))
      if (isInUtf8(cell)) return line + text.slice(0, index).split('\n').length - 1;
    line += text.split('\n').length - 1;
    return null;
  };
  for await (const chunk of createReadStream(path)) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    const end = bytes.lastIndexOf(LINE_END) + 1;
    const found = search(bytes.subarray(0, end));
    if (found !== null) return found;
    rest = bytes.subarray(end);
  }
  return search(rest);
}
