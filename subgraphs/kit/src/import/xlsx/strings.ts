/** The texts of a workbook; cells refer to them by number. */
import { refusedFile } from '../reason.js';
import { everything } from './xml.js';
import type { Zip } from './zip.js';

/** They are held together, unlike rows: 100,000 rows with four texts of ten characters each fit. */
const BYTES_AT_MOST = 64 * 1024 * 1024;

/** `_x000D_`: a character that XML cannot hold, as Excel writes it. */
const ESCAPED = /_x([0-9a-f]{4})_/gi;

export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(ESCAPED, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** @throws `VALIDATION` when there is more text than can be held. */
export async function readStrings(zip: Zip, part: string | null): Promise<string[]> {
  if (!part) return [];
  if (zip.size(part) > BYTES_AT_MOST)
    throw refusedFile(
      '此 Excel 文件的文字过多，请拆分或另存为 CSV。',
      'This Excel file holds too much text. Split it, or save it as CSV.',
    );
  let [text, isText, isReading] = ['', false, false];
  return everything<string>(zip.text(part), (found) => ({
    open(element) {
      if (element === 'si') text = '';
      // How a word is read aloud stands beside the word.
      if (element === 'rPh') isReading = true;
      isText = element === 't' && !isReading;
    },
    text(piece) {
      if (isText) text += piece;
    },
    close(element) {
      isText = false;
      if (element === 'rPh') isReading = false;
      if (element === 'si') found(unescaped(text));
    },
  }));
}
