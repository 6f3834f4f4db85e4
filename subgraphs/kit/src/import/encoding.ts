import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { digestStream } from '../call/crypto.js';
import { changedMeanwhile } from './digest.js';
import { asOf2022 } from './gb18030-2022.js';
import { refusedFile } from './reason.js';
import { lineInUtf8 } from './two-encodings.js';
import { gb18030Validity, utf8Validity, type Utf8Validity } from './validity.js';

export type Encoding = 'utf-8' | 'gb18030';

const NAMES: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['gb18030', 'gb18030'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
]);

/** @throws `VALIDATION` for a name of another encoding. */
export function encodingNamed(name: string | undefined): Encoding | undefined {
  const encoding = name === undefined ? undefined : NAMES.get(name.toLowerCase());
  if (name !== undefined && !encoding)
    throw refusedFile(
      '--encoding 只能是 utf-8 或 gb18030。',
      '--encoding is either utf-8 or gb18030.',
    );
  return encoding;
}

/** What the first pass over a file finds out. */
export interface Survey {
  readonly encoding: Encoding;
  readonly bytes: number;
  /** Digest of the bytes as in `kit/crypto`, so that the same file can be recognised. */
  readonly digest: string;
  /** Line feeds. */
  readonly lines: number;
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** First bytes of what is often called CSV and is not: zip, PDF, UTF-16. */
const FOREIGN = ['504b0304', '25504446', 'fffe', 'feff'].map((hex) => Buffer.from(hex, 'hex'));
/** The container of XLS, and of workbooks with a password. */
const OLE = Buffer.from('d0cf11e0', 'hex');
const LINE_FEED = 0x0a;
/** HTML, XML and web archives under the name of a spreadsheet. */
const MARKUP = /^\s*(?:<|MIME-Version:|Content-Type:\s*multipart|From:\s*<)/i;
/** More characters that are typical of UTF-8 to one bad byte: the file is UTF-8 that was damaged. */
const DAMAGED = 8;

const notText = () =>
  refusedFile(
    '这不是文本文件，请另存为 CSV（UTF-8）后再导入。',
    'This is not a text file. Save it as CSV (UTF-8) and import that.',
  );

const webPage = () =>
  refusedFile(
    '这是网页另存的表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
    'This is a web page saved as a spreadsheet. Open it in Excel or WPS, save it as .xlsx, and import that.',
  );

const oldWorkbook = () =>
  refusedFile(
    '这是旧版 .xls 文件或加密的工作簿，请另存为不加密的 .xlsx 或 CSV 后再导入。',
    'This is an old .xls file, or a workbook with a password. Save it as .xlsx without a password, or as CSV, and import that.',
  );

const startsWith = (head: Buffer, mark: Buffer): boolean =>
  head.subarray(0, mark.length).equals(mark);

function refuseForeign(head: Buffer): void {
  if (startsWith(head, OLE)) throw oldWorkbook();
  const text = startsWith(head, BOM) ? head.subarray(BOM.length) : head;
  if (FOREIGN.some((mark) => startsWith(head, mark))) throw notText();
  if (MARKUP.test(text.toString('latin1'))) throw webPage();
}

function lineFeedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1))
    count += 1;
  return count;
}

/** Physical line of a byte. No byte of a character in either encoding looks like a line feed. */
async function lineAt(path: string, offset: number): Promise<number> {
  let line = 1;
  if (offset > 0)
    for await (const chunk of createReadStream(path, { end: offset - 1 }))
      line += lineFeedsIn(chunk as Buffer);
  return line;
}

const unreadable = async (path: string, offset: number) =>
  refusedFile(
    '存在无法识别的字节，请另存为 CSV（UTF-8）后再导入。',
    'There are bytes that are no characters. Save the file as CSV (UTF-8) and import that.',
    await lineAt(path, offset),
  );

const twoEncodings = (line: number) =>
  refusedFile(
    '此行是 UTF-8 编码，而文件是 GB18030；请统一编码，另存为 CSV（UTF-8）后再导入。',
    'This line is written in UTF-8, but the file in GB18030. Put it right, save the file as CSV (UTF-8) and import that.',
    line,
  );

async function decide(path: string, utf8: Utf8Validity, gbAt: number | null, hasBom: boolean) {
  if (utf8.brokenAt === null) {
    if (gbAt === null && utf8.wide > 0 && utf8.typical === 0)
      throw refusedFile(
        '文件按 UTF-8 和 GB18030 都能读出不同的字，请用 --encoding utf-8 或 --encoding gb18030 指明编码。',
        'The file can be read as UTF-8 and as GB18030, with other characters. Say which it is: --encoding utf-8 or --encoding gb18030.',
      );
    return 'utf-8';
  }
  if (hasBom || utf8.typical > DAMAGED * utf8.broken) throw await unreadable(path, utf8.brokenAt);
  if (gbAt !== null) throw await unreadable(path, Math.max(gbAt, utf8.brokenAt));
  return 'gb18030';
}

/**
 * Read the whole file once: its digest, and whether it is UTF-8 or GB18030. The first bytes are no
 * proof, a file may be ASCII for a long way; and text of one encoding may be valid in the other.
 *
 * @param given  The encoding when it is known; the bytes must still be valid in it.
 * @throws       `VALIDATION` for a file that is empty, binary, damaged or ambiguous.
 */
export async function survey(path: string, given?: Encoding): Promise<Survey> {
  const { size } = await stat(path);
  if (size === 0) throw refusedFile('文件是空的。', 'The file is empty.');
  const [hash, utf8, gb18030] = [digestStream(), utf8Validity(), gb18030Validity()];
  let [bytes, lines, hasBom] = [0, 0, false];
  for await (const part of createReadStream(path)) {
    const chunk = part as Buffer;
    if (bytes === 0) {
      refuseForeign(chunk);
      hasBom = startsWith(chunk, BOM);
    }
    if (chunk.includes(0)) throw notText();
    hash.update(chunk);
    utf8.accept(chunk);
    gb18030.accept(chunk);
    bytes += chunk.length;
    lines += lineFeedsIn(chunk);
  }
  utf8.finish();
  gb18030.finish();
  const givenAt = given === 'utf-8' ? utf8.brokenAt : gb18030.brokenAt;
  if (given && givenAt !== null) throw await unreadable(path, givenAt);
  const encoding = given ?? (await decide(path, utf8, gb18030.brokenAt, hasBom));
  const other = encoding === 'gb18030' ? await lineInUtf8(path) : null;
  if (other !== null) throw twoEncodings(other);
  return { encoding, bytes, lines, digest: hash.digest('base64url') };
}

/**
 * The text of a surveyed file, piece by piece, without byte-order mark.
 *
 * @throws  `VALIDATION` at the end when the file is no longer the one that was surveyed.
 */
export async function* decoded(path: string, surveyed: Survey): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(surveyed.encoding, { stripBOM: true });
  const hash = digestStream();
  const current = surveyed.encoding === 'gb18030' ? asOf2022 : (text: string) => text;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    // Half of a character in two parts is none; bytes that mean nothing in GB18030 become one.
    yield current(decoder.write(chunk as Buffer).toWellFormed());
  }
  // Nothing is left in the decoder: the survey found no character cut off at the end.
  if (hash.digest('base64url') !== surveyed.digest) throw changedMeanwhile();
}
