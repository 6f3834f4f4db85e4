import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest } from '@chengxin/kit/call/crypto';
import { delimiterOf } from '@chengxin/kit/import/delimiter';
import { decoded, survey, type Encoding } from '@chengxin/kit/import/encoding';
import { gb18030Validity, utf8Validity } from '@chengxin/kit/import/validity';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Bytes of one piece in which Node reads a file. */
const CHUNK = 65_536;
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-encoding-'));
  path = join(folder, 'file.csv');
});
afterAll(() => rm(folder, { recursive: true }));

/** What is found out about a file of these bytes, and its whole text. */
async function read(bytes: Buffer | string, given?: Encoding) {
  await writeFile(path, bytes);
  const surveyed = await survey(path, given);
  let text = '';
  for await (const piece of decoded(path, surveyed)) text += piece;
  return { ...surveyed, text };
}

const gb18030 = (text: string): Buffer => iconv.encode(text, 'gb18030');

/** The sentences with which a file is refused. */
const refused = async (bytes: Buffer | string, given?: Encoding): Promise<unknown> =>
  read(bytes, given).then(
    () => 'read',
    (error: { extensions: { code: string; reason: { zh: string; en: string } } }) => {
      expect(error.extensions.code).toBe('VALIDATION');
      return error.extensions.reason;
    },
  );

describe('encodings (F-13)', () => {
  const TEXT = '学号,姓名\r\n2024010317,张三𠮷\r\n';

  test('UTF-8 is read with and without byte-order mark, and digested as it stands (F-13)', async () => {
    for (const bytes of [Buffer.from(TEXT), Buffer.from(`\ufeff${TEXT}`)])
      expect(await read(bytes)).toEqual({
        encoding: 'utf-8',
        bytes: bytes.length,
        lines: 2,
        digest: digest(bytes),
        text: TEXT,
      });
  });

  test('GB18030 is read, four-byte characters too (F-13)', async () => {
    const bytes = gb18030(TEXT);
    expect(await read(bytes)).toEqual({
      encoding: 'gb18030',
      bytes: bytes.length,
      lines: 2,
      digest: digest(bytes),
      text: TEXT,
    });
  });

  test('one word that is valid UTF-8 too does not make GB18030 a damaged UTF-8 file (F-13)', async () => {
    const text = `姓名,sex\n${'x,女\n'.repeat(1000)}`;
    expect((await read(gb18030(text))).text).toBe(text);
  });

  test('a file of ASCII alone counts as UTF-8 (F-13)', async () => {
    expect((await read('a,b\n1,2\n')).encoding).toBe('utf-8');
  });

  test('GB18030 that begins after 64 KiB of ASCII is still found (F-13)', async () => {
    const text = `${'a,b\n'.repeat(CHUNK)}张三,李四\n`;
    const answer = await read(gb18030(text));
    expect(answer.encoding).toBe('gb18030');
    expect(answer.text === text).toBe(true);
  });

  test('characters cut by the border of two pieces stay whole in both encodings (F-13)', async () => {
    for (const before of [1, 2, 3]) {
      const text = `${'x'.repeat(CHUNK - before)}𠮷张三·李四\n`;
      for (const bytes of [Buffer.from(text), gb18030(text)])
        expect((await read(bytes)).text === text).toBe(true);
    }
  });

  test('any text is read back, whatever the encoding and the size of the pieces (F-13)', async () => {
    // At least one character that is typical for each encoding.
    const anyText = fc
      .array(fc.constantFrom(...'abc,;\n\t"张三李四学号é·𠮷，'), { maxLength: 60 })
      .map((characters) => `${characters.join('')}诚信`);
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect([(await read(text)).text, (await read(gb18030(text))).text]).toEqual([text, text]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('files that cannot be read (F-13)', () => {
  const notText = {
    zh: '这不是文本文件，请另存为 CSV（UTF-8）后再导入。',
    en: 'This is not a text file. Save it as CSV (UTF-8) and import that.',
  };
  const broken = (line: number) => ({
    zh: `第 ${line} 行：存在无法识别的字节，请另存为 CSV（UTF-8）后再导入。`,
    en: `Line ${line}: There are bytes that are no characters. Save the file as CSV (UTF-8) and import that.`,
  });

  test('archives, PDF, web pages and UTF-16 are to be saved as CSV (F-13)', async () => {
    const starts = ['504b0304', '255044462d312e37', 'fffe6100', 'feff0061'];
    for (const start of starts) expect(await refused(Buffer.from(start, 'hex'))).toEqual(notText);
    const page = {
      zh: '这是网页另存的表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
      en: 'This is a web page saved as a spreadsheet. Open it in Excel or WPS, save it as .xlsx, and import that.',
    };
    for (const text of ['\ufeff <html><table>', `${'\n'.repeat(200)}<html>`, 'MIME-Version: 1.0\n'])
      expect(await refused(text)).toEqual(page);
    expect(await refused('a,b\n1,\u0000\n')).toEqual(notText);
  });

  test('an empty file says so (F-13)', async () => {
    expect(await refused('')).toEqual({ zh: '文件是空的。', en: 'The file is empty.' });
  });

  test('damaged UTF-8 is never taken for GB18030 and names the line (F-13)', async () => {
    const rows = '2024010317,张三,李四\n'.repeat(20);
    const damaged = Buffer.concat([Buffer.from(rows), Buffer.from([0xe5, 0xbc, 0x2c, 0x0a])]);
    expect(await refused(damaged)).toEqual(broken(21));
    const marked = Buffer.concat([Buffer.from('\ufeffa\n'), gb18030('张三\n')]);
    expect(await refused(marked)).toEqual(broken(2));
    expect(await refused(Buffer.from(rows).subarray(0, 16))).toEqual(broken(1));
  });

  test('bytes of neither encoding name the line where the longer reading ends (F-13)', async () => {
    const bytes = Buffer.concat([gb18030('张三\n李四\n'), Buffer.from([0xd5, 0x0a])]);
    expect(await refused(bytes)).toEqual(broken(3));
  });

  test('text that is valid in both encodings is refused unless the encoding is named (F-13)', async () => {
    const woman = gb18030('sex\n女\n');
    expect(await refused(woman)).toEqual({
      zh: '文件按 UTF-8 和 GB18030 都能读出不同的字，请用 --encoding utf-8 或 --encoding gb18030 指明编码。',
      en: 'The file can be read as UTF-8 and as GB18030, with other characters. Say which it is: --encoding utf-8 or --encoding gb18030.',
    });
    expect((await read(woman, 'gb18030')).text).toBe('sex\n女\n');
    expect((await read(woman, 'utf-8')).text).toBe('sex\nŮ\n');
    expect((await read('\ufeffsex\nŮ\n')).text).toBe('sex\nŮ\n');
    expect((await read('a\u00a0b\n')).text).toBe('a\u00a0b\n');
  });

  test('a named encoding must hold for the whole file (F-13)', async () => {
    expect(await refused(gb18030('学号\n张三\n'), 'utf-8')).toEqual(broken(1));
    expect(await refused(Buffer.from('a\n学,\n'), 'gb18030')).toEqual(broken(2));
  });

  test('a file that changed after it was surveyed is refused at its end (F-13)', async () => {
    await writeFile(path, 'a\n');
    const pieces = decoded(path, await survey(path));
    await appendFile(path, 'b\n');
    expect(await pieces.next()).toEqual({ done: false, value: 'a\nb\n' });
    await expect(pieces.next()).rejects.toMatchObject({
      extensions: {
        reason: {
          zh: '文件在读取期间被修改。',
          en: 'The file was changed while it was being read.',
        },
      },
    });
  });
});

describe('running checks (F-13)', () => {
  const pieces = (bytes: Buffer, size: number): Buffer[] =>
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );

  test('the UTF-8 check agrees with the platform on any bytes, cut anywhere (F-13)', () => {
    const bytes = fc.uint8Array({ maxLength: 8 });
    const nearly = fc
      .tuple(fc.string({ unit: 'binary', maxLength: 4 }), bytes)
      .map(([text, tail]) => Buffer.concat([Buffer.from(text), tail]));
    fc.assert(
      fc.property(nearly, fc.integer({ min: 1, max: 5 }), (whole, size) => {
        const check = utf8Validity();
        for (const piece of pieces(whole, size)) check.accept(piece);
        check.finish();
        let isValid = true;
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(whole);
        } catch {
          isValid = false;
        }
        expect(check.brokenAt === null).toBe(isValid);
      }),
      { numRuns: 2000 },
    );
  });

  test('overlong forms, surrogates and what is beyond Unicode are no UTF-8 (F-13)', () => {
    const seen = (hex: string): unknown => {
      const check = utf8Validity();
      check.accept(Buffer.from(hex, 'hex'));
      check.finish();
      return [check.brokenAt, check.broken, check.wide, check.typical];
    };
    expect(
      [
        'c1bf',
        'e09fbf',
        'eda080',
        'f08fbfbf',
        'f4908080',
        'f5808080',
        'e5bce5bca0',
        '41c3a9c2a0',
      ].map(seen),
    ).toEqual([
      [0, 2, 0, 0],
      [1, 2, 0, 0],
      [1, 2, 0, 0],
      [1, 3, 0, 0],
      [1, 3, 0, 0],
      [0, 4, 0, 0],
      [2, 1, 1, 1],
      [null, 0, 2, 1],
    ]);
  });

  test('the GB18030 check accepts whatever the encoder writes and reports a cut character (F-13)', () => {
    const anyText = fc.string({ unit: fc.constantFrom(...'a1张é𠮷\u0600，'), maxLength: 20 });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 5 }), (text, size) => {
        const check = gb18030Validity();
        for (const piece of pieces(gb18030(text), size)) check.accept(piece);
        check.finish();
        expect(check.brokenAt).toBe(null);
      }),
    );
    const brokenAt = (hex: string): number | null => {
      const check = gb18030Validity();
      check.accept(Buffer.from(hex, 'hex'));
      check.finish();
      return check.brokenAt;
    };
    expect(
      ['80', '41ff', 'b0', 'b07f', '8130', '81308130', '813081', '81308141'].map(brokenAt),
    ).toEqual([0, 1, 1, 1, 2, null, 3, 3]);
  });
});

describe('delimiters (F-13)', () => {
  test('the header line shows the delimiter, quotes respected (F-13)', () => {
    expect(
      [
        '学号,姓名\n1;2;3;4',
        '学号;姓名;金额（元,角）',
        '学号\t姓名\n',
        '"a,b,c";d',
        '"a ""x"", b";"c\nd,e,f";g',
        '\r\n \r\n学号;姓名\r\n1,2,3',
        '学号',
        '',
      ].map(delimiterOf),
    ).toEqual([',', ';', '\t', ';', ';', ';', ',', ',']);
  });
});
