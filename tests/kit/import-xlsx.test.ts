import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest } from '@chengxin/kit/call/crypto';
import { decimal } from '@chengxin/kit/import/amounts';
import { code, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { importKind } from '@chengxin/kit/import/kind';
import { openTable } from '@chengxin/kit/import/open-table';
import { readFile } from '@chengxin/kit/import/read';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  claiming,
  number,
  parts,
  sheet,
  STYLE,
  typed,
  workbook,
  zipped,
  type Cell,
} from '../support/workbook.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-xlsx-'));
  path = join(folder, 'book.xlsx');
});
afterAll(() => rm(folder, { recursive: true }));

async function opened(bytes: Buffer) {
  await writeFile(path, bytes);
  return openTable(path);
}
const recordsOf = async (bytes: Buffer) => Array.fromAsync((await opened(bytes)).records());
/** The texts of one row of cells. */
const textsOf = async (...cells: Cell[]) => (await recordsOf(workbook([cells])))[0]?.cells;

/** The sentences with which a file is refused. */
const refused = (bytes: Buffer): Promise<unknown> =>
  recordsOf(bytes).then(
    () => 'read',
    (error: { extensions: { code: string; reason: { zh: string; en: string } } }) => {
      expect(error.extensions.code).toBe('VALIDATION');
      return error.extensions.reason;
    },
  );
const DAMAGED = {
  zh: '此 Excel 文件已损坏，请重新另存为 .xlsx 或 CSV。',
  en: 'This Excel file is damaged. Save it anew as .xlsx or CSV.',
};
const NO_WORKBOOK = {
  zh: '这不是 .xlsx 工作簿，请另存为 .xlsx 或 CSV 后再导入。',
  en: 'This is not an .xlsx workbook. Save it as .xlsx or CSV and import that.',
};
const OLD = {
  zh: '这是旧版 .xls 文件或加密的工作簿，请另存为不加密的 .xlsx 或 CSV 后再导入。',
  en: 'This is an old .xls file, or a workbook with a password. Save it as .xlsx without a password, or as CSV, and import that.',
};
const TOO_LARGE = {
  zh: '此 Excel 文件解压后过大，请拆分或另存为 CSV。',
  en: 'This Excel file is too large when it is unpacked. Split it, or save it as CSV.',
};

describe('cells of a workbook (F-13)', () => {
  test('numbers are written as people write them, and keep an exponent where digits were lost (F-13)', async () => {
    const texts = await textsOf(
      number(2024010317),
      number('2.0240103170000000E9'),
      number('9.8000000000000007'),
      number('0.30000000000000004'),
      number('-87.50'),
      number('-0'),
      number('123456789012345'),
      number('1234567890123456789'),
      number('9800', STYLE.yuan),
      number('7', STYLE.text),
      { xml: '<c t="n"><v>4.0</v></c>' },
    );
    expect(texts).toEqual([
      '2024010317',
      '2024010317',
      '9.8',
      '0.3',
      '-87.5',
      '0',
      '123456789012345',
      '1.23456789012346e+18',
      '¥9,800.00',
      '7',
      '4',
    ]);
  });

  test('dates are written as 2025-10-31, with a time of day where there is one (F-13)', async () => {
    const texts = await textsOf(
      number(45961, STYLE.day),
      number(45961, STYLE.chineseDay),
      number('45961.354166666664', STYLE.dayAndTime),
      number('45961.999999999', STYLE.dayAndTime),
      number('45961.999999999', STYLE.day),
      number('45961.354', STYLE.chineseDay),
      number(45931, STYLE.month),
      number(45961, STYLE.month),
      number('0.5', STYLE.dayAndTime),
      number(1, STYLE.day),
      number(60, STYLE.day),
      number(61, STYLE.day),
      number(-1, STYLE.day),
      number(9_999_999, STYLE.day),
      typed('d', '2025-10-31T00:00:00.000Z'),
      typed('d', '2025-10-31T08:30:00'),
    );
    expect(texts).toEqual([
      '2025-10-31',
      '2025-10-31',
      '2025-10-31T08:30:00',
      '2025-11-01',
      '2025-10-31',
      '2025-10-31',
      '2025-10',
      '2025-10',
      '12:00:00',
      '1900-01-01',
      '1900-02-29',
      '1900-03-01',
      '#####',
      '#####',
      '2025-10-31',
      '2025-10-31T08:30:00',
    ]);
  });

  test('days of a workbook that counts from 1904 are the days that it shows (F-13)', async () => {
    const all = parts(sheet([[number(44499, STYLE.day), number(0, STYLE.day)]]));
    const from1904 = all['xl/workbook.xml']!.replace(
      '<sheets>',
      '<workbookPr date1904="1"/><sheets>',
    );
    const [row] = await recordsOf(zipped({ ...all, 'xl/workbook.xml': from1904 }));
    expect(row?.cells).toEqual(['2025-10-31', '1904-01-01']);
  });

  test('booleans, errors and what formulas came to are texts; an uncalculated formula is an error (F-13)', async () => {
    const texts = await textsOf(
      typed('b', '1'),
      typed('b', '0'),
      typed('e', '#N/A'),
      typed('str', '张三'),
      { xml: '<c><f>1+1</f><v>2</v></c>' },
      { xml: '<c t="str"><f>A1&amp;""</f><v></v></c>' },
      { xml: '<c><f>SUM(A1:A2)</f><v></v></c>' },
      { xml: '<c><f>SUM(A1:A2)</f></c>' },
      { xml: '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' },
    );
    expect(texts).toEqual([
      'TRUE',
      'FALSE',
      '#N/A',
      '张三',
      '2',
      '',
      '#VALUE!',
      '#VALUE!',
      '#DIV/0!',
    ]);
  });

  test('shared and inline texts are whole, without how they are read aloud (F-13)', async () => {
    const shared =
      '<si><t>学号</t></si><si><r><t xml:space="preserve">张 </t></r><r><t>三</t></r><rPh sb="0" eb="1"><t>ZHANG</t></rPh></si><si><t>一_x000D_\n二&amp;&lt;</t></si>';
    const cells: Cell[] = [
      typed('s', '0'),
      typed('s', '1'),
      typed('s', '2'),
      { xml: '<c t="inlineStr"><is><r><t>李</t></r><r><t>四</t></r><rPh><t>LI</t></rPh></is></c>' },
    ];
    const [row] = await recordsOf(zipped(parts(sheet([cells]), { shared })));
    expect(row?.cells).toEqual(['学号', '张 三', '一\r\n二&<', '李四']);
  });
});

describe('rows of a workbook (F-13)', () => {
  const bills = importKind({
    name: 'bills',
    columns: [
      { field: 'studentNo', headers: ['Student', '学号'], codec: studentNo(), required: true },
      { field: 'name', headers: ['Name', '姓名'], codec: text({ max: 4 }) },
      { field: 'dueOn', headers: ['Due', '到期日'], codec: day },
    ],
  });

  test('lines are the numbers beside the rows, empty rows and missing cells make no difference (F-13)', async () => {
    const bytes = workbook([
      null,
      ['学号', '姓名', '', '到期日'],
      null,
      [number(2024010317), '张三', '', number(45961, STYLE.day)],
      ['', ' ', ''],
      [number(2024010318)],
      [typed('e', '#REF!'), typed('e', '#SPILL!'), '', number('0.5', STYLE.dayAndTime)],
      [number(2024010319), '', '', '', '见备注'],
      [number('20240103190000001')],
    ]);
    await writeFile(path, bytes);
    const { rows, ...about } = await readFile(path, bills);
    expect(about).toEqual({
      bytes: bytes.length,
      digest: digest(bytes),
      lines: 6,
      sheet: '一',
      columns: [
        { field: 'studentNo', header: '学号' },
        { field: 'name', header: '姓名' },
        { field: 'dueOn', header: '到期日' },
      ],
      unknown: [],
    });
    const isError = { zh: '是表格软件的错误值', en: 'is an error value of a spreadsheet' };
    expect(await Array.fromAsync(rows())).toEqual([
      { line: 4, value: { studentNo: '2024010317', name: '张三', dueOn: '2025-10-31' } },
      { line: 6, value: { studentNo: '2024010318', name: null, dueOn: null } },
      {
        line: 7,
        problems: [
          { column: '学号', reason: isError },
          { column: '姓名', reason: isError },
          {
            column: '到期日',
            reason: { zh: '日期应写作 2025-10-31', en: 'must be a date such as 2025-10-31' },
          },
        ],
      },
      {
        line: 8,
        problems: [
          {
            column: null,
            reason: {
              zh: '应有 4 个单元格，实有 5 个',
              en: 'The header has 4 cells, this row has 5',
            },
          },
        ],
      },
      {
        line: 9,
        problems: [
          {
            column: '学号',
            reason: {
              zh: '编号被表格软件转成了数字，请将该列设为文本',
              en: 'was turned into a number by a spreadsheet; format the column as text',
            },
          },
        ],
      },
    ]);
  });

  test('a number is what the sheet shows; where that and what is stored are two values, the row is rejected with both (F-13)', async () => {
    const marks = importKind({
      name: 'marks',
      columns: [
        { field: 'tail', headers: ['Tail', '后四位'], codec: code(/\d{4}/) },
        { field: 'mark', headers: ['Mark', '成绩'], codec: decimal({ scale: 2, max: 100 }) },
        { field: 'dueOn', headers: ['Due', '到期日'], codec: day },
      ],
    });
    const bytes = workbook([
      ['后四位', '成绩', '到期日'],
      [
        number(31, STYLE.fourDigits),
        number('87.50', STYLE.oneDecimal),
        number('45961.9', STYLE.day),
      ],
      [number(31), number('87.46', STYLE.oneDecimal), ''],
      ['', number(85, STYLE.points), ''],
      ['', number('0.85', STYLE.percent), ''],
      ['', number(85, STYLE.hidden), ''],
      ['', number('87.5000000001', STYLE.oneDecimal), number(45961, STYLE.month)],
    ]);
    await writeFile(path, bytes);
    const { rows } = await readFile(path, marks, { withValues: true });
    const bad = (column: string, cell: string, zh: string, en: string) => ({
      column,
      cell,
      reason: { zh, en },
    });
    expect(await Array.fromAsync(rows())).toEqual([
      { line: 2, value: { tail: '0031', mark: '87.50', dueOn: '2025-10-31' } },
      {
        line: 3,
        problems: [
          bad('后四位', '31', '代码格式不正确', 'does not have the form of this code'),
          bad(
            '成绩',
            '87.5 (87.46)',
            '表中显示的数与存储的数不同，请改为显示全部数字',
            'shows another number than is stored; show all its digits',
          ),
        ],
      },
      { line: 4, value: { tail: null, mark: '85.00', dueOn: null } },
      { line: 5, problems: [bad('成绩', '85.00%', '不是数字', 'is not a number')] },
      {
        line: 6,
        problems: [
          bad('成绩', '#####', '是表格软件的错误值', 'is an error value of a spreadsheet'),
        ],
      },
      {
        line: 7,
        problems: [
          bad('到期日', '2025-10', '日期应写作 2025-10-31', 'must be a date such as 2025-10-31'),
        ],
      },
    ]);
  });

  test('hidden rows are counted and not read, and a refusal names the sheet that was read and the others (F-13)', async () => {
    const hidden = sheet([['学号', '姓名'], [number(2024010317)], [number(2024010318)]]).replace(
      '<row r="2">',
      '<row r="2" hidden="1">',
    );
    await writeFile(path, zipped(parts(hidden)));
    const { rows, hidden: left } = await readFile(path, bills);
    expect(left).toBe(1);
    expect(await Array.fromAsync(rows())).toEqual([
      { line: 3, value: { studentNo: '2024010318', name: null, dueOn: null } },
    ]);
    const all = parts(sheet([['填表说明']]));
    const two = all['xl/workbook.xml']!.replace(
      '<sheets><sheet name="一" sheetId="1" r:id="rId1"/>',
      '<sheets><sheet name="字典" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="填表说明" sheetId="2" r:id="rId1"/><sheet name="学生" sheetId="3" r:id="rId1"/>',
    );
    await writeFile(path, zipped({ ...all, 'xl/workbook.xml': two }));
    await expect(readFile(path, bills)).rejects.toMatchObject({
      extensions: {
        reason: {
          zh: '第 1 行：缺少列：学号（studentNo）。读取的工作表：填表说明。另有工作表：学生；请把要导入的工作表移到最前。',
          en: 'Line 1: Missing columns: studentNo (学号). The sheet that was read: 填表说明. There are also: 学生; move the sheet to be imported to the front.',
        },
      },
    });
  });

  test('the first sheet that is not hidden is read, whatever its file is called (F-13)', async () => {
    const all = parts(sheet([['hidden']]));
    const book = all['xl/workbook.xml']!.replace(
      '<sheets>',
      '<sheets><sheet name="零" sheetId="9" state="hidden" r:id="rId1"/><sheet name="二" sheetId="7" r:id="rId9"/>',
    );
    const relations = all['xl/_rels/workbook.xml.rels']!.replace(
      '</Relationships>',
      '<Relationship Id="rId9" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/Worksheets/Other.xml"/></Relationships>',
    );
    const bytes = zipped({
      ...all,
      'xl/workbook.xml': book,
      'xl/_rels/workbook.xml.rels': relations,
      'xl/worksheets/other.xml':
        '<x:worksheet xmlns:x="x"><x:sheetData><x:row r="3"><x:c r="B3" t="str"><x:v>二</x:v></x:c><x:c r="AA3" t="str"><x:v>廿七</x:v></x:c></x:row><x:row><x:c t="str"><x:v>下</x:v></x:c></x:row></x:sheetData><x:controls><x:row>7</x:row></x:controls></x:worksheet>',
    });
    const wide = Array.from({ length: 27 }, () => '');
    expect(await recordsOf(bytes)).toEqual([
      { line: 3, cells: [...wide.with(1, '二').slice(0, 26), '廿七'] },
      { line: 4, cells: wide.with(0, '下') },
    ]);
  });

  test('100,000 rows under the header are read, one more is refused with a sentence (F-13)', async () => {
    const rows = (count: number) =>
      zipped(parts(`<row><c t="str"><v>x</v></c></row>`.repeat(count + 1)));
    expect(await recordsOf(rows(100_000))).toHaveLength(100_001);
    expect(await refused(rows(100_001))).toEqual({
      zh: '此工作表超过 100000 行，请拆分或另存为 CSV。',
      en: 'This sheet has more than 100000 rows. Split it, or save it as CSV.',
    });
  });

  test('a workbook that changes while it is read is refused at its end (F-13)', async () => {
    for (const later of [workbook([['学号'], ['2024010318']]), Buffer.from('PK')]) {
      const table = await opened(workbook([['学号'], ['2024010317']]));
      await writeFile(path, later);
      await expect(Array.fromAsync(table.records())).rejects.toMatchObject({
        extensions: { reason: { en: 'The file was changed while it was being read.' } },
      });
    }
  });
});

describe('files that are no workbook, or one that does harm (F-13)', () => {
  const GOOD = workbook([['学号'], ['2024010317']]);
  const SHEET = 'xl/worksheets/sheet1.xml';
  const withSheet = (xml: string) => zipped({ ...parts(''), [SHEET]: xml });

  test('an old .xls file and a workbook with a password are refused with how to save them (F-13)', async () => {
    for (const rest of ['', 'Workbook', 'EncryptedPackage'])
      expect(
        await refused(Buffer.from(`d0cf11e0a1b11ae1${Buffer.from(rest).toString('hex')}`, 'hex')),
      ).toEqual(OLD);
  });

  test('other archives are no workbook: a document, a binary workbook, one without a sheet (F-13)', async () => {
    const all = parts(sheet([['学号']]));
    const root = all['_rels/.rels']!;
    for (const changed of [
      { '_rels/.rels': '<Relationships/>' },
      { '_rels/.rels': root.replace('workbook.xml', 'workbook.bin'), 'xl/workbook.bin': 'x' },
      { '_rels/.rels': root.replace('xl/workbook.xml', 'word/document.xml') },
      { 'xl/workbook.xml': '<workbook><sheets/></workbook>' },
      { 'xl/_rels/workbook.xml.rels': '<Relationships/>' },
    ])
      expect(await refused(zipped({ ...all, ...changed }))).toEqual(NO_WORKBOOK);
    expect(await refused(zipped({ mimetype: 'text' }))).toEqual(NO_WORKBOOK);
  });

  test('damaged archives and damaged XML are refused before a row is kept (F-13)', async () => {
    expect(await refused(GOOD.subarray(0, GOOD.length - 30))).toEqual(DAMAGED);
    const flipped = Buffer.from(GOOD);
    const at = flipped.indexOf(SHEET) + SHEET.length + 20;
    flipped.writeUInt8(flipped.readUInt8(at) ^ 0xff, at);
    expect(await refused(flipped)).toEqual(DAMAGED);
    for (const xml of [
      '<worksheet><sheetData><row r="1">',
      '<worksheet><sheetData><row r="1"><c></row></sheetData></worksheet>',
      '<worksheet><sheetData><row r="2"/><row r="2"/></sheetData></worksheet>',
      '<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>',
      '<worksheet><sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData></worksheet>',
      '<worksheet><sheetData><row r="1"><c r="1A"><v>1</v></c></row></sheetData></worksheet>',
      '<worksheet><sheetData><row r="1"><c t="s"><v>3</v></c></row></sheetData></worksheet>',
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row r="1"><c t="str"><v>&a;</v></c></row></sheetData></worksheet>',
    ])
      expect(await refused(withSheet(xml))).toEqual(DAMAGED);
  });

  test('a zip bomb is refused: by the size that it says, and by the size that it has (F-13)', async () => {
    const bomb = zipped(parts(sheet([['学号']]) + ' '.repeat(8 * 1024 * 1024)));
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await refused(claiming(bomb, SHEET, 600 * 1024 * 1024))).toEqual(TOO_LARGE);
    expect(await refused(claiming(bomb, SHEET, 2048))).toEqual(DAMAGED);
    expect(await refused(claiming(GOOD, 'xl/sharedStrings.xml', 65 * 1024 * 1024))).toEqual({
      zh: '此 Excel 文件的文字过多，请拆分或另存为 CSV。',
      en: 'This Excel file holds too much text. Split it, or save it as CSV.',
    });
  });
});
