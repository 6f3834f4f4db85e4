import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integer, yuanToFen } from '@chengxin/kit/import/amounts';
import { choice, code, studentNo, text } from '@chengxin/kit/import/codecs';
import { day, instant } from '@chengxin/kit/import/dates';
import { importKind } from '@chengxin/kit/import/kind';
import { readMapping } from '@chengxin/kit/import/mapping/read-mapping';
import { readFile } from '@chengxin/kit/import/read';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { number, STYLE, workbook } from '../support/workbook.js';

let folder: string;
let map: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-mapping-'));
  [map, file] = [join(folder, 'columns.yaml'), join(folder, 'export')];
});
afterAll(() => rm(folder, { recursive: true }));

const payments = importKind({
  name: 'payments',
  columns: [
    { field: 'studentNo', headers: ['Student', '学号'], codec: studentNo(), required: true },
    { field: 'amountFen', headers: ['Amount', '金额'], codec: yuanToFen, required: true },
    {
      field: 'state',
      headers: ['State', '状态'],
      codec: choice({ PAID: ['已付'], OPEN: [] }),
      required: true,
    },
    { field: 'paidOn', headers: ['Paid on', '缴费日期'], codec: day },
    { field: 'bookedAt', headers: ['Booked', '入账时间'], codec: instant },
    { field: 'month', headers: ['Month', '月份'], codec: code(/\d{4}-\d{2}/) },
    { field: 'times', headers: ['Times', '次数'], codec: integer({ min: 1, max: 9 }) },
    { field: 'note', headers: ['Note', '备注'], codec: text({ max: 10 }) },
  ],
});

async function rowsOf(mapping: string, content: string | Buffer) {
  await writeFile(map, mapping);
  await writeFile(file, content);
  const read = await readFile(file, payments, { mapping: await readMapping(map, payments) });
  return Array.fromAsync(read.rows());
}

const EMPTY = {
  studentNo: '2024010317',
  amountFen: 980000,
  state: 'PAID',
  paidOn: null,
  bookedAt: null,
  month: null,
  times: null,
  note: null,
};
const BASE = `kind: payments
columns:
  客户编号: studentNo
  金额: amountFen
`;

/** Why a mapping, or a file by it, is refused. */
const refused = (mapping: string | Buffer, content = '客户编号,金额\n'): Promise<unknown> =>
  rowsOf(mapping as string, content).then(
    () => 'read',
    ({ extensions }: { extensions: unknown }) => extensions,
  );
const mistake = (line: number | null, zh: string, en: string) => ({
  code: 'VALIDATION',
  ...(line && { line }),
  reason: line
    ? {
        zh: `对照表 columns.yaml 第 ${line} 行：${zh}`,
        en: `Mapping columns.yaml, line ${line}: ${en}`,
      }
    : { zh: `对照表 columns.yaml：${zh}`, en: `Mapping columns.yaml: ${en}` },
});

describe('files of other systems (F-13)', () => {
  const MAPPING = `# any text may stand here
kind: payments
skip: 3
columns:
  客户编号: studentNo
  交易 金额: 金额
  缴费状态:
    field: state
    values: { 已缴: PAID, ' 未 缴 ': OPEN, '': OPEN }
  日期: { field: paidOn, date: DD.MM.YYYY }
  入账: { field: bookedAt, date: YYYY/M/D H:mm }
  账期: { field: month, date: YYYYMM }
constants:
  times: 01
  备注: 代收
`;
  const LINES = [
    '账户";;;;;;',
    '期间：2025年10月',
    '',
    '姓名;缴费状态;客户编号;交易金额;日期;入账;账期;说明',
    '张三;已缴;2024010317;9,800.00;31.10.2025;2025/10/31 8:30;202510;a',
    '李四;未缴;2024010318;9800;2025-10-31;2025-10-31T08:30:00;2025-10;b',
    '王五;;2024010319;9800;;;;',
    '赵六;open;2024010320;9800;;;;',
    '钱七;退款;2024010321;9800;10/31/2025;31.10.2025;2510;',
    '孙八;已缴;#N/A;9800;30.02.2025;;;',
  ];
  const value = {
    ...EMPTY,
    paidOn: '2025-10-31',
    bookedAt: '2025-10-31T00:30:00.000Z',
    month: '2025-10',
    times: 1,
    note: '代收',
  };
  const undated = { ...value, paidOn: null, bookedAt: null, month: null };
  const problem = (column: string, zh: string, en: string) => ({ column, reason: { zh, en } });
  const written = (column: string, form: string) =>
    problem(column, `日期应写作 ${form}`, `must be a date written as ${form}`);
  const ROWS = [
    { line: 5, value },
    { line: 6, value: { ...value, studentNo: '2024010318', state: 'OPEN' } },
    { line: 7, value: { ...undated, studentNo: '2024010319', state: 'OPEN' } },
    { line: 8, value: { ...undated, studentNo: '2024010320', state: 'OPEN' } },
    {
      line: 9,
      problems: [
        problem('缴费状态', '应为以下之一：PAID 已付、OPEN', 'must be one of: PAID 已付, OPEN'),
        written('日期', 'DD.MM.YYYY'),
        written('入账', 'YYYY/M/D H:mm'),
        written('账期', 'YYYYMM'),
      ],
    },
    {
      line: 10,
      problems: [
        problem('客户编号', '是表格软件的错误值', 'is an error value of a spreadsheet'),
        problem('日期', '日历上没有这一天', 'is not a day of the calendar'),
      ],
    },
  ];

  test('columns, value codes, dates, constants and lines before the header are as the mapping says (F-13)', async () => {
    for (const end of ['\n', '\r\n'])
      for (const encoding of ['utf8', 'gb18030'])
        expect(await rowsOf(MAPPING, iconv.encode(LINES.join(end), encoding))).toEqual(ROWS);
  });

  test('a workbook is read by the same mapping, its date cells too (F-13)', async () => {
    const book = workbook([
      ['账户'],
      null,
      ['期间'],
      ['客户编号', '交易金额', '缴费状态', '日期', '入账', '账期'],
      [
        number(2024010317),
        number(9800),
        '已缴',
        number(45961, STYLE.day),
        number('45961.354166666664', STYLE.dayAndTime),
        number(45931, STYLE.month),
      ],
    ]);
    expect(await rowsOf(MAPPING, book)).toEqual([{ line: 5, value }]);
  });

  test('what a mapping does not name is not read, even under a heading of the kind (F-13)', async () => {
    const mapping = `${BASE}constants: { state: 已付 }\n`;
    expect(await rowsOf(mapping, '客户编号,金额,学号,备注\n2024010317,9800,x,y\n')).toEqual([
      { line: 2, value: EMPTY },
    ]);
  });

  test('a constant does not stand instead of what the file itself says (F-13)', async () => {
    const mapping = `${BASE}constants: { state: 已付 }\n`;
    expect(await refused(mapping, '客户编号,金额,状态（必填）\n2024010317,9800,z\n')).toEqual({
      code: 'VALIDATION',
      line: 1,
      reason: {
        zh: '第 1 行：对照表把 state 写成常量，而文件有列“状态（必填）”，请改从该列读取。',
        en: 'Line 1: The mapping gives state as a constant, but the file has the column “状态（必填）”: read it from there.',
      },
    });
  });

  test('a mapping says which rows count, which have no result yet, and what is joined from two columns (F-13)', async () => {
    const mapping = `${BASE}joined:
  月份: { columns: [年, 月] }
  note: { columns: [甲, 乙], between: '/', values: { 一/二: 三 } }
constants: { state: 已付 }
rows:
  where: { 交易状态: [交易成功, 支付成功], 类型: 缴费 }
  pending: { 金额: [待定] }
`;
    const rows = [
      '客户编号,金额,年,月,甲,乙,交易状态,类型',
      '2024010317,9800,2025,10,一,二,交易成功,缴费',
      '2024010317,9800,,,,,支付 成功,缴费',
      '2024010317,9800,2025,10,一,,交易关闭,缴费',
      '2024010317,9800,2025,10,一,,交易成功,退款',
      '2024010317,待定,2025,10,一,,交易成功,缴费',
    ];
    const counted = { zh: '按对照表不计入', en: 'does not count by the mapping' };
    const pending = { zh: '尚无结果，未导入', en: 'has no result yet and is not imported' };
    expect(await rowsOf(mapping, rows.join('\n'))).toEqual([
      { line: 2, value: { ...EMPTY, month: '2025-10', note: '三' } },
      { line: 3, value: EMPTY },
      { line: 4, problems: [{ column: '交易状态', reason: counted }] },
      { line: 5, problems: [{ column: '类型', reason: counted }] },
      { line: 6, problems: [{ column: '金额', reason: pending }] },
    ]);
    expect(await refused(mapping, '客户编号,金额,年,月,甲,交易状态\n')).toEqual({
      code: 'VALIDATION',
      line: 1,
      reason: {
        zh: '第 1 行：缺少列：乙（note）、类型（rows）。',
        en: 'Line 1: Missing columns: note (乙), rows (类型).',
      },
    });
    expect(await refused(`${BASE}joined: { note: { columns: 甲 } }\n`)).toEqual(
      mistake(5, 'note 须由 columns 列出至少两列。', 'note needs at least two columns.'),
    );
  });

  test('a mapping in GB18030 is read too (F-13)', async () => {
    const mapping = iconv.encode(`${BASE}constants: { state: 已付 }\n`, 'gb18030');
    expect(await rowsOf(mapping as never, '客户编号,金额\n2024010317,9800\n')).toEqual([
      { line: 2, value: EMPTY },
    ]);
  });

  test('a file without the columns that a mapping names is not the file that it is for (F-13)', async () => {
    const mapping = `${BASE}  状态: state\n  摘要: note\n`;
    expect(await refused(mapping, 'a,b\n1,2\n客户编号,金额\n')).toEqual({
      code: 'VALIDATION',
      line: 1,
      reason: {
        zh: '第 1 行：缺少列：客户编号（studentNo）、金额（amountFen）、状态（state）、摘要（note）。',
        en: 'Line 1: Missing columns: studentNo (客户编号), amountFen (金额), state (状态), note (摘要).',
      },
    });
    expect(await refused(mapping.replace('kind', 'skip: 99\nkind'))).toEqual({
      code: 'VALIDATION',
      line: undefined,
      reason: { zh: '没有标题行。', en: 'There is no header row.' },
    });
  });
});

describe('mistakes in a mapping (F-13)', () => {
  const CONSTANT = 'constants:\n  state: PAID\n';

  test('a name, a field or a kind that is not known is named with its line (F-13)', async () => {
    const fields = [
      'studentNo',
      'amountFen',
      'state',
      'paidOn',
      'bookedAt',
      'month',
      'times',
      'note',
    ];
    expect(await refused(`${BASE}${CONSTANT}delimiter: ;\n`)).toEqual(
      mistake(
        7,
        '未知的名称“delimiter”，应为：kind、skip、columns、joined、constants、rows。',
        '“delimiter” is not known; use kind, skip, columns, joined, constants, rows.',
      ),
    );
    expect(await refused(`${BASE}  状态: { field: state, value: {} }\n`)).toEqual(
      mistake(
        5,
        '未知的名称“value”，应为：field、values、date。',
        '“value” is not known; use field, values, date.',
      ),
    );
    const unknown = (line: number) =>
      mistake(
        line,
        `payments 没有字段“状况”，应为：${fields.join('、')}。`,
        `payments has no field “状况”; use ${fields.join(', ')}.`,
      );
    expect(await refused(`${BASE}  缴费状态: 状况\n`)).toEqual(unknown(5));
    expect(await refused(`${BASE}constants:\n  状况: PAID\n`)).toEqual(unknown(6));
    const foreign = [
      '此对照表不是用于 payments 的，应写 kind: payments。',
      'This mapping is not for payments; it must say kind: payments.',
    ] as const;
    expect(await refused(BASE.replace('payments', 'grades'))).toEqual(mistake(1, ...foreign));
    expect(await refused(BASE.replace('kind: payments\n', ''))).toEqual(mistake(null, ...foreign));
    expect(await refused('kind: payments\n')).toEqual(
      mistake(null, '没有 columns。', 'There are no columns.'),
    );
  });

  test('a field with two sources and a column that stands there twice are refused (F-13)', async () => {
    const two = (line: number, other: string) =>
      mistake(
        line,
        `字段 studentNo 有两个来源：客户编号、${other}。`,
        `The field studentNo has two sources: 客户编号, ${other}.`,
      );
    expect(await refused(`${BASE}  学生: 学号\n`)).toEqual(two(5, '学生'));
    expect(await refused(`${BASE}constants:\n  学号: "2024010317"\n`)).toEqual(
      two(6, '“2024010317”'),
    );
    expect(await refused(`${BASE}  金额: note\n`)).toEqual(
      mistake(5, '同一名称出现两次。', 'The same name stands here twice.'),
    );
    expect(await refused(`${BASE}  金 额: note\n`)).toEqual(
      mistake(5, '列“金 额”出现两次。', 'The column “金 额” stands here twice.'),
    );
  });

  test('a required field must have a source (F-13)', async () => {
    expect(await refused(BASE)).toEqual(
      mistake(
        2,
        '没有来源的必填字段：state (状态)。',
        'Required fields without a source: state (状态).',
      ),
    );
  });

  test('a date that cannot be read is refused, and a date for a field that holds none (F-13)', async () => {
    const forms = [
      'yyyy-mm-dd',
      'YYYY',
      'YYYY-DD',
      'YYYYMD',
      'YYYY-MM-DD DD',
      'YYYY-MM-DD HH',
      'YYYY-MM-DD mm',
      'YYYY-MM HH:mm',
      'YYYY-MM',
      'Www',
      '',
    ];
    for (const form of forms)
      expect(
        await refused(`${BASE}  日期: { field: paidOn, date: "${form}" }\n${CONSTANT}`),
      ).toEqual(
        mistake(
          5,
          `paidOn 不能按日期格式“${form}”读取，请用 YYYY、MM、DD、HH、mm、ss。`,
          `paidOn cannot be read as a date “${form}”; write it with YYYY, MM, DD, HH, mm, ss.`,
        ),
      );
    expect(await refused(`${BASE}  次数: { field: times, date: YYYY-MM-DD }\n${CONSTANT}`)).toEqual(
      mistake(
        5,
        'times 不能按日期格式“YYYY-MM-DD”读取，请用 YYYY、MM、DD、HH、mm、ss。',
        'times cannot be read as a date “YYYY-MM-DD”; write it with YYYY, MM, DD, HH, mm, ss.',
      ),
    );
  });

  test('values and constants that their field refuses are refused before a row is read (F-13)', async () => {
    const oneOf = [
      'state：应为以下之一：PAID 已付、OPEN。',
      'state must be one of: PAID 已付, OPEN.',
    ] as const;
    const empty = ['state：不得为空。', 'state must not be empty.'] as const;
    const state = (values: string) => `${BASE}  状态: { field: state, values: { ${values} } }\n`;
    expect(await refused(state('已缴: PAYED'))).toEqual(mistake(5, ...oneOf));
    expect(await refused(state("已缴: ''"))).toEqual(mistake(5, ...empty));
    expect(await refused(`${BASE}constants:\n  state: PAYED\n`)).toEqual(mistake(6, ...oneOf));
    expect(await refused(`${BASE}constants:\n  state:\n`)).toEqual(mistake(6, ...empty));
    expect(await refused(state('已缴: PAID, 已 缴: OPEN'))).toEqual(
      mistake(5, '值“已 缴”出现两次。', 'The value “已 缴” stands here twice.'),
    );
  });

  test('what is no YAML, or not of this shape, is reported with its line (F-13)', async () => {
    const single = ['此处应为一个值。', 'There must be one value here.'] as const;
    const names = ['此处应为“名称: 值”。', 'There must be “name: value” here.'] as const;
    for (const [mapping, expected] of [
      [
        'kind: [payments\n',
        mistake(
          2,
          '不是有效的 YAML（BAD_INDENT）。',
          'This is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ].',
        ),
      ],
      [
        'kind:\n\tx: y\n',
        mistake(2, '缩进不得使用制表符。', 'Tabs are not allowed as indentation.'),
      ],
      [
        'kind: !!js/function x\n',
        mistake(
          1,
          '不是有效的 YAML（TAG_RESOLVE_FAILED）。',
          'This is not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function.',
        ),
      ],
      ['- kind\n', mistake(1, ...names)],
      ['# nothing\n', mistake(null, ...names)],
      ['kind: [payments]\n', mistake(1, ...single)],
      ['kind: &a payments\ncolumns: *a\n', mistake(2, ...names)],
      [`${BASE}  ? [x]\n  : note\n`, mistake(5, '名称应为一个词。', 'A name must be a text.')],
      [`${BASE}  x: [note]\n`, mistake(5, ...names)],
      [
        `${BASE}  x: { values: {} }\n`,
        mistake(5, '列“x”没有 field。', 'The column “x” has no field.'),
      ],
      [
        `${BASE}skip: -1\n`,
        mistake(5, 'skip：应在 0 至 100 之间。', 'skip must be between 0 and 100.'),
      ],
      [`# ${'x'.repeat(1024 * 1024)}\n`, mistake(null, '文件过大。', 'The file is too large.')],
    ] as const)
      expect(await refused(mapping)).toEqual(expected);
  });
});
