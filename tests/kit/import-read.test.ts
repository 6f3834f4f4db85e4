import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal, integer, yuanToFen } from '@chengxin/kit/import/amounts';
import { boolean, choice, code, list, studentNo, text } from '@chengxin/kit/import/codecs';
import { day, instant } from '@chengxin/kit/import/dates';
import { idNumber, uscc } from '@chengxin/kit/import/identifiers';
import { importKind } from '@chengxin/kit/import/kind';
import { readFile, type ReadOptions, type ReadRow } from '@chengxin/kit/import/read';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-read-'));
  path = join(folder, 'bills.csv');
});
afterAll(() => rm(folder, { recursive: true }));

const bills = importKind({
  name: 'bills',
  columns: [
    { field: 'studentNo', headers: ['Student number', '学号'], codec: studentNo(), required: true },
    { field: 'name', headers: ['Name', '姓名'], codec: text({ max: 10 }) },
    { field: 'amountFen', headers: ['Amount', '金额'], codec: yuanToFen, required: true },
    { field: 'note', headers: ['Note', '备注'], codec: text({ max: 40, lines: true }) },
  ],
});
type Bill = { studentNo: string; name: string | null; amountFen: number; note: string | null };

async function readBills(content: string | Buffer, options?: ReadOptions) {
  await writeFile(path, content);
  return readFile(path, bills, options);
}

async function rowsOf(content: string | Buffer, options?: ReadOptions): Promise<ReadRow<Bill>[]> {
  const file = await readBills(content, options);
  return Array.fromAsync(file.rows());
}

const bill = (line: number, no: string, given: Partial<Bill> = {}): ReadRow<Bill> => ({
  line,
  value: { studentNo: no, name: null, amountFen: 980000, note: null, ...given },
});

/** A row of which one thing is wrong. */
const bad = (line: number, column: string | null, zh: string, en: string) => ({
  line,
  problems: [{ column, reason: { zh, en } }],
});
const brokenQuotes = (line: number) =>
  bad(line, null, '引号不完整', 'The quotes of this row are broken');

/** The sentences with which a file is refused. */
const reasonOf = (content: string | Buffer): Promise<unknown> =>
  rowsOf(content).then(
    () => 'read',
    (error: { extensions: { reason: unknown } }) => error.extensions.reason,
  );

describe('files (F-13)', () => {
  const ROWS = [
    ['学号', '姓名', '班级', '金额'],
    ['2024010317', '张三', '1班', '9800'],
    ['2024010318', '李四', '2班', '9800'],
  ];
  const EXPECTED = [
    bill(2, '2024010317', { name: '张三' }),
    bill(3, '2024010318', { name: '李四' }),
  ];

  test('encoding, delimiter, quoting and line ends make no difference to the rows (F-13)', async () => {
    for (const delimiter of [',', ';', '\t'] as const)
      for (const quote of ['', '"'])
        for (const end of ['\n', '\r\n', '\r']) {
          const lines = ROWS.map((row) => row.map((cell) => quote + cell + quote).join(delimiter));
          const content = lines.join(end);
          const variants = [
            ['utf-8', Buffer.from(content)],
            ['utf-8', Buffer.from(`\ufeff${content}${end}`)],
            ['gb18030', iconv.encode(content + end, 'gb18030')],
          ] as const;
          for (const [encoding, bytes] of variants) {
            const file = await readBills(bytes);
            expect([file.encoding, file.delimiter, file.unknown]).toEqual([
              encoding,
              delimiter,
              ['班级'],
            ]);
            expect(await Array.fromAsync(file.rows())).toEqual(EXPECTED);
          }
        }
  });

  test('an opened file reports what was found before a row is read (F-13)', async () => {
    const content = ' Student_No ,金额,班级\n2024010317,9800,1班\n';
    const { rows, ...about } = await readBills(content);
    expect(about).toEqual({
      encoding: 'utf-8',
      bytes: Buffer.byteLength(content),
      digest: about.digest,
      lines: 2,
      delimiter: ',',
      columns: [
        { field: 'studentNo', header: 'Student_No' },
        { field: 'amountFen', header: '金额' },
      ],
      unknown: ['班级'],
    });
    expect(about.digest).toBe((await readBills(content)).digest);
    expect(about.digest).not.toBe((await readBills(`${content}\n`)).digest);
    expect(rows).toBeTypeOf('function');
  });

  test('rows can be read again, for a dry run and then in earnest (F-13)', async () => {
    const file = await readBills('学号,金额\n2024010317,9800\n');
    const once = await Array.fromAsync(file.rows());
    expect([once, await Array.fromAsync(file.rows())]).toEqual([
      [bill(2, '2024010317')],
      [bill(2, '2024010317')],
    ]);
  });

  test('empty lines and rows of empty cells are passed over, lines stay physical (F-13)', async () => {
    const content =
      '\r\n\n学号,姓名,金额,备注\n\n2024010317,,9800,\n,,,\n \n"","", ,\n2024010318,,9800,\n,\n';
    expect(await rowsOf(content)).toEqual([bill(5, '2024010317'), bill(9, '2024010318')]);
  });

  test('cells with line breaks move the lines of later rows, in CRLF as in LF (F-13)', async () => {
    for (const end of ['\n', '\r\n']) {
      const content = [
        '学号,金额,"备\n注"',
        '2024010317,9800,"一',
        '',
        '三，""引""",',
        '2024010318,9800,完',
      ];
      const rows = await rowsOf(content.join(end).replace('备\n', '备'));
      expect(rows).toEqual([
        bill(2, '2024010317', { note: '一\n\n三，"引"' }),
        bill(5, '2024010318', { note: '完' }),
      ]);
    }
    expect(await rowsOf('学号,金额,"备\n注"\n2024010317,9800,完')).toEqual([
      bill(3, '2024010317', { note: '完' }),
    ]);
  });

  test('codes that an export wrapped as ="…" are read, with and without further quotes (F-13)', async () => {
    const content =
      '学号;金额;备注\n="2024010317";="9,800";"=""2024""" \n "2024010318" ; 9800 ;"a;="';
    expect(await rowsOf(content)).toEqual([
      bill(2, '2024010317', { note: '2024' }),
      bill(3, '2024010318', { note: 'a;=' }),
    ]);
  });

  test('a header without rows is an import of nothing (F-13)', async () => {
    expect(await rowsOf('学号,金额')).toEqual([]);
  });

  test('a file without header, or with a broken one, is refused with its line (F-13)', async () => {
    expect(await reasonOf(' \n,,\n')).toEqual({
      zh: '没有标题行。',
      en: 'There is no header row.',
    });
    expect(await reasonOf('\n学"号,金额\n2024010317,9800\n')).toEqual({
      zh: '第 2 行：标题行的引号不完整。',
      en: 'Line 2: The quotes of the header are broken.',
    });
    expect(await reasonOf('姓名\n张三\n')).toEqual({
      zh: '第 1 行：缺少列：学号（studentNo）、金额（amountFen）。',
      en: 'Line 1: Missing columns: studentNo (学号), amountFen (金额).',
    });
  });

  test('a line without end is refused before it fills the memory (F-13)', async () => {
    const file = await readBills(`学号,金额\n2024010317,9800\n2024010318,${'9'.repeat(400_000)}`);
    await expect(Array.fromAsync(file.rows())).rejects.toMatchObject({
      extensions: { reason: { zh: '第 3 行：此行过长。', en: 'Line 3: This line is too long.' } },
    });
  });

  test('a record of many long lines costs its first line and no more memory (F-13)', async () => {
    const long = '9'.repeat(100_000);
    const rows = await rowsOf(`学号,金额,备注\n2024010317,9800,"${long}\n${long}\n${long}"\n`);
    const width = bad(
      3,
      null,
      '应有 3 个单元格，实有 1 个',
      'The header has 3 cells, this row has 1',
    );
    expect(rows).toEqual([brokenQuotes(2), width, brokenQuotes(4)]);
  });

  test('rows come while the file is read, and one that changes meanwhile is refused (F-13)', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `${2024000000 + at},9800.5`);
    const file = await readBills(iconv.encode(`学号,金额\n${rows.join('\n')}\n`, 'gb18030'));
    const all = file.rows();
    const first = await all.next();
    await appendFile(path, '2025000000,9800\n');
    let [last, total]: [ReadRow<Bill> | undefined, number] = [undefined, 0];
    const rest = async (): Promise<void> => {
      for await (const row of all) {
        last = row;
        if ('value' in row) total += row.value.amountFen;
      }
    };
    await expect(rest()).rejects.toMatchObject({
      extensions: { reason: { en: 'The file was changed while it was being read.' } },
    });
    expect(first.value).toEqual(bill(2, '2024000000', { amountFen: 980050 }));
    expect(last).toEqual(bill(20_002, '2025000000'));
    expect(total).toBe(19_999 * 980050 + 980000);
  });
});

describe('rows (F-13)', () => {
  test('a stray quote costs the row on which it stands and no other (F-13)', async () => {
    const good = (at: number): string => `20240103${at},张三,9800,"完"`;
    const content = [
      '学号,姓名,金额,备注',
      good(10),
      '2024010311,"张三,9800,',
      good(12),
      '2024010313,张"三,9800,',
      good(14),
      '2024010315,"张"三,9800,',
      ...Array.from({ length: 150 }, () => good(16)),
      '2024010317,张三,9800,"完',
    ].join('\n');
    const row = (line: number, at: number) =>
      bill(line, `20240103${at}`, { name: '张三', note: '完' });
    expect(await rowsOf(content)).toEqual([
      row(2, 10),
      brokenQuotes(3),
      row(4, 12),
      brokenQuotes(5),
      row(6, 14),
      brokenQuotes(7),
      ...Array.from({ length: 150 }, (_, at) => row(8 + at, 16)),
      brokenQuotes(158),
    ]);
  });

  test('a quote that swallows the next row is noticed in a column of one line (F-13)', async () => {
    const content = '学号,姓名,金额\n2024010317,"张三,9800\n2024010318,李四",9800\n';
    expect(await rowsOf(content)).toEqual([bad(2, '姓名', '不得换行', 'must be a single line')]);
  });

  test('a row may lack its last cells where they may be empty, and nothing under no heading is read (F-13)', async () => {
    const content = [
      '学号,金额,姓名,备注,,',
      '2024010317,9800,张三',
      '2024010318,9800',
      '2024010319',
      '2024010320,9800,,,,补录',
      '2024010321,9800,,,,,补录',
    ];
    const short = {
      zh: '应有 6 个单元格，实有 1 个',
      en: 'The header has 6 cells, this row has 1',
    };
    const long = { zh: '应有 6 个单元格，实有 7 个', en: 'The header has 6 cells, this row has 7' };
    expect(await rowsOf(content.join('\n'))).toEqual([
      bill(2, '2024010317', { name: '张三' }),
      bill(3, '2024010318'),
      { line: 4, problems: [{ column: null, reason: short }] },
      bill(5, '2024010320'),
      { line: 6, problems: [{ column: null, reason: long }] },
    ]);
  });

  test('the separator line of Excel is passed over and says the separator (F-13)', async () => {
    expect(
      await rowsOf('\ufeffsep=;\r\n学号;金额\r\n2024010317;9.800,00\r\n2024010318;9800\r\n'),
    ).toEqual([bad(3, '金额', '不是金额', 'is not an amount'), bill(4, '2024010318')]);
    expect(await reasonOf('sep=|\n学号|金额\n')).toEqual({
      zh: '第 1 行：sep= 行指定的分隔符不是逗号、分号或制表符，请另存为 CSV。',
      en: 'Line 1: The sep= line names a separator other than comma, semicolon or tab. Save the file as CSV anew.',
    });
  });

  test('private use, half characters and two encodings in one file are refused, moved characters of GB18030 are the present ones (F-13)', async () => {
    const zh = '含有不是通用字符的字（半个字符或自造字），请改为标准字';
    const en =
      'holds a character of private use, or half of one; write it with a standard character';
    expect(await rowsOf('学号,金额,姓名\n2024010317,9800,叶\ue863\n')).toEqual([
      bad(2, '姓名', zh, en),
    ]);
    const moved = (bytes: string) =>
      Buffer.concat([
        iconv.encode('学号,金额,姓名\n2024010317,9800,李', 'gb18030'),
        Buffer.from(bytes, 'hex'),
      ]);
    expect(await rowsOf(moved('fe59'))).toEqual([bill(2, '2024010317', { name: '李\u9fb4' })]);
    expect(await rowsOf(moved('fe53'))).toEqual([bill(2, '2024010317', { name: '李\u{200cc}' })]);
    expect(await rowsOf(moved('aaa1'))).toEqual([bad(2, '姓名', zh, en)]);
    const two = Buffer.concat([
      iconv.encode('学号,金额,姓名\n2024010317,9800,李思源\n2024010318,9800,', 'gb18030'),
      Buffer.from('张三'),
    ]);
    expect(await reasonOf(two)).toEqual({
      zh: '第 3 行：此行是 UTF-8 编码，而文件是 GB18030；请统一编码，另存为 CSV（UTF-8）后再导入。',
      en: 'Line 3: This line is written in UTF-8, but the file in GB18030. Put it right, save the file as CSV (UTF-8) and import that.',
    });
  });

  test('values stand beside problems only when they were requested (F-13)', async () => {
    const content = '学号,金额\n 2024 ,\n2024010317,9800,x\n';
    const reason = { zh: '学号格式不正确', en: 'is not a student number' };
    const empty = { zh: '不得为空', en: 'must not be empty' };
    const width = {
      zh: '应有 2 个单元格，实有 3 个',
      en: 'The header has 2 cells, this row has 3',
    };
    const third = { line: 3, problems: [{ column: null, reason: width }] };
    expect(await rowsOf(content)).toEqual([
      {
        line: 2,
        problems: [
          { column: '学号', reason },
          { column: '金额', reason: empty },
        ],
      },
      third,
    ]);
    expect(await rowsOf(content, { withValues: true })).toEqual([
      {
        line: 2,
        problems: [
          { column: '学号', reason, cell: '2024' },
          { column: '金额', reason: empty, cell: '' },
        ],
      },
      third,
    ]);
  });

  test('thirty kinds of bad row in one GB18030 file each report exactly what is wrong (F-13)', async () => {
    const records = importKind({
      name: 'records',
      columns: [
        { field: 'studentNo', headers: ['Student', '学号'], codec: studentNo(), required: true },
        { field: 'name', headers: ['Name', '姓名'], codec: text({ max: 4 }), required: true },
        { field: 'idNumber', headers: ['ID number', '身份证号'], codec: idNumber },
        { field: 'provider', headers: ['Provider', '信用代码'], codec: uscc },
        { field: 'amountFen', headers: ['Amount', '金额'], codec: yuanToFen },
        {
          field: 'item',
          headers: ['Item', '项目'],
          codec: choice({ TUITION: ['学费'], DORM: [] }),
        },
        { field: 'days', headers: ['Days', '天数'], codec: integer({ min: 0, max: 366 }) },
        { field: 'hours', headers: ['Hours', '学时'], codec: decimal({ scale: 1, max: 99 }) },
        { field: 'dueOn', headers: ['Due', '到期日'], codec: day },
        { field: 'paidAt', headers: ['Paid', '缴费时间'], codec: instant },
        { field: 'courses', headers: ['Courses', '课程'], codec: list(code(/[A-Z]\d{3}/)) },
        { field: 'settled', headers: ['Settled', '结清'], codec: boolean },
      ],
      check: ({ settled, paidAt }) =>
        settled && paidAt === null
          ? { column: 'paidAt', reason: { zh: '已结清须有时间', en: 'is needed when settled' } }
          : undefined,
    });
    const GOOD = {
      学号: '2024010317',
      姓名: '张三',
      身份证号: '990000200611200032',
      信用代码: '91350100M000100Y43',
      金额: '"9,800.00"',
      项目: '学费',
      天数: '30',
      学时: '3.5',
      到期日: '2025年10月31日',
      缴费时间: '2025/10/31 8:30',
      课程: 'A101；B202',
      结清: '是',
    };
    const row = (changed: Partial<typeof GOOD>): string =>
      Object.values({ ...GOOD, ...changed }).join(',');
    const codeAsNumber = [
      '编号被表格软件转成了数字，请将该列设为文本',
      'was turned into a number by a spreadsheet; format the column as text',
    ] as const;
    const BAD: [string, ReturnType<typeof bad>][] = [
      [row({ 学号: '' }), bad(2, '学号', '不得为空', 'must not be empty')],
      [row({ 学号: '202401031' }), bad(3, '学号', '学号格式不正确', 'is not a student number')],
      [row({ 学号: '2024010317.0' }), bad(4, '学号', ...codeAsNumber)],
      [row({ 学号: '2.02401E+09' }), bad(5, '学号', ...codeAsNumber)],
      [row({ 姓名: '张三李四王' }), bad(6, '姓名', '超过 4 个字', 'is longer than 4 characters')],
      [
        row({ 姓名: '张\u0007三' }),
        bad(7, '姓名', '含有不可见字符', 'holds unprintable characters'),
      ],
      [
        row({ 姓名: '#N/A' }),
        bad(8, '姓名', '是表格软件的错误值', 'is an error value of a spreadsheet'),
      ],
      [
        row({ 身份证号: '9900002006112000' }),
        bad(9, '身份证号', '身份证号应为 18 位', 'must have 18 digits, the last may be X'),
      ],
      [
        row({ 身份证号: '990000200611200033' }),
        bad(10, '身份证号', '身份证号校验位不符', 'has a wrong check digit'),
      ],
      [
        row({ 信用代码: '91350100I000100Y43' }),
        bad(
          11,
          '信用代码',
          '统一社会信用代码应为 18 位',
          'must have the 18 characters of a social credit code',
        ),
      ],
      [
        row({ 信用代码: '91350100M000100Y44' }),
        bad(12, '信用代码', '统一社会信用代码校验位不符', 'has a wrong check character'),
      ],
      [row({ 金额: '九千八' }), bad(13, '金额', '不是金额', 'is not an amount')],
      [row({ 金额: '-1' }), bad(14, '金额', '金额不得为负', 'must not be negative')],
      [row({ 金额: '9.805' }), bad(15, '金额', '金额最多两位小数', 'has more than two decimals')],
      [
        row({ 项目: '伙食费' }),
        bad(16, '项目', '应为以下之一：TUITION 学费、DORM', 'must be one of: TUITION 学费, DORM'),
      ],
      [row({ 天数: '30.5' }), bad(17, '天数', '不是整数', 'is not a whole number')],
      [row({ 天数: '367' }), bad(18, '天数', '应在 0 至 366 之间', 'must be between 0 and 366')],
      [
        row({ 学时: '3,5' }),
        bad(19, null, '应有 12 个单元格，实有 13 个', 'The header has 12 cells, this row has 13'),
      ],
      [row({ 学时: '3.25' }), bad(20, '学时', '最多 1 位小数', 'has more than 1 decimals')],
      [
        row({ 到期日: '2025-02-29' }),
        bad(21, '到期日', '日历上没有这一天', 'is not a day of the calendar'),
      ],
      [
        row({ 到期日: '31.10.2025' }),
        bad(22, '到期日', '日期应写作 2025-10-31', 'must be a date such as 2025-10-31'),
      ],
      [
        row({ 缴费时间: '2025-10-31 25:00' }),
        bad(23, '缴费时间', '没有这个时刻', 'is not a time of the clock'),
      ],
      [
        row({ 缴费时间: '2025-10-31' }),
        bad(
          24,
          '缴费时间',
          '时间应写作 2025-10-31T08:30:00+08:00',
          'must be a time such as 2025-10-31T08:30:00+08:00',
        ),
      ],
      [
        row({ 课程: 'A101；b2' }),
        bad(25, '课程', '第 2 项：代码格式不正确', 'item 2 does not have the form of this code'),
      ],
      [row({ 结清: '大概' }), bad(26, '结清', '应为“是”或“否”', 'must be yes or no')],
      [row({ 缴费时间: '' }), bad(27, '缴费时间', '已结清须有时间', 'is needed when settled')],
      [
        `${row({})},,x`,
        bad(28, null, '应有 12 个单元格，实有 14 个', 'The header has 12 cells, this row has 14'),
      ],
      [row({ 姓名: '张"三' }), brokenQuotes(29)],
      [row({ 姓名: '"张"三' }), brokenQuotes(30)],
      [row({ 姓名: '"张三' }), brokenQuotes(31)],
    ];
    const lines = [
      Object.keys(GOOD).join(','),
      ...BAD.map(([line]) => line),
      row({}),
      `${row({})},,`,
    ];
    await writeFile(path, iconv.encode(lines.join('\r\n'), 'gb18030'));

    const file = await readFile(path, records);
    const rows = await Array.fromAsync(file.rows());

    const value = {
      studentNo: '2024010317',
      name: '张三',
      idNumber: '990000200611200032',
      provider: '91350100M000100Y43',
      amountFen: 980000,
      item: 'TUITION',
      days: 30,
      hours: '3.5',
      dueOn: '2025-10-31',
      paidAt: '2025-10-31T00:30:00.000Z',
      courses: ['A101', 'B202'],
      settled: true,
    };
    expect(file.encoding).toBe('gb18030');
    expect(BAD).toHaveLength(30);
    expect(rows).toEqual([
      ...BAD.map(([, problem]) => problem),
      { line: 32, value },
      { line: 33, value },
    ]);
  });

  test('a character that could not be read rejects its row (F-13)', async () => {
    const rejected = bad(
      2,
      '姓名',
      '含有无法识别的字符',
      'holds a character that could not be read',
    );
    expect(await rowsOf('学号,姓名,金额\n2024010317,张\ufffd,9800\n')).toEqual([rejected]);
    const [before, after] = ['学号,姓名,金额\n2024010317,张', ',9800\n2024010318,李四,9800\n'];
    const unassigned = Buffer.concat([
      iconv.encode(before, 'gb18030'),
      Buffer.from('fe39fe39', 'hex'),
      iconv.encode(after, 'gb18030'),
    ]);
    expect(await rowsOf(unassigned)).toEqual([rejected, bill(3, '2024010318', { name: '李四' })]);
  });
});

describe('borders of the pieces in which a file is read (F-13)', () => {
  const HEAD = '学号,金额,备注\r\n';
  const TAIL = '2024010317,9800,"一\r\n二，三\r\n四"\r\n2024010318,9800,完\r\n';
  const EXPECTED = [
    bill(3, '2024010317', { note: '一\n二，三\n四' }),
    bill(6, '2024010318', { note: '完' }),
  ];
  const size = (text: string): number => Buffer.byteLength(text);

  test('characters, line ends and quoted cells may be cut anywhere (F-13)', async () => {
    for (let cut = 0; cut <= size(TAIL); cut += 1) {
      const filler = 'x'.repeat(65_536 - size(HEAD) - size(',,\r\n') - cut);
      const rows = await rowsOf(`${HEAD},,${filler}\r\n${TAIL}`);
      expect(rows).toHaveLength(3);
      expect(rows.slice(1)).toEqual(EXPECTED);
    }
  });
});
