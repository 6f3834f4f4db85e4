import { yuanToFen } from '@chengxin/kit/import/amounts';
import { studentNo, text } from '@chengxin/kit/import/codecs';
import { importKind } from '@chengxin/kit/import/kind';
import { layOut } from '@chengxin/kit/import/layout';
import { expect, test } from 'vitest';

const payments = importKind({
  name: 'payments',
  columns: [
    {
      field: 'studentNo',
      headers: ['Student number', '学号', '学生编号'],
      codec: studentNo(),
      required: true,
    },
    {
      field: 'amountFen',
      headers: ['Amount', '金额', '金额（元）'],
      codec: yuanToFen,
      required: true,
    },
    { field: 'note', headers: ['Note', '备注'], codec: text({ max: 50 }) },
  ],
});

/** Which field stands where in a header. */
const fieldsOf = (...header: string[]): (readonly [string, number | null])[] =>
  layOut(payments, header, { line: 1 }).placed.map(({ column, at }) => [column.field, at] as const);

/** The reason for which a header is refused. */
function refused(...header: string[]): unknown {
  try {
    return layOut(payments, header, { line: 3 });
  } catch (error) {
    return (error as { extensions: unknown }).extensions;
  }
}

test('a header matches by field, English or Chinese name, whatever its case, space and width (F-13)', () => {
  const found = [
    ['studentNo', 0],
    ['amountFen', 1],
    ['note', null],
  ];
  for (const header of [
    ['studentNo', 'amountFen'],
    ['student_no', 'amount_fen'],
    ['STUDENT NO', 'Amount Fen'],
    ['Student  Number', 'amount'],
    ['学号', '金额'],
    [' 学 号\u00a0', '\ufeff金额(元)'],
    ['学生编号*', '＊金额（元）'],
    ['ＳｔｕｄｅｎｔＮｏ', '="金额"'],
  ])
    expect(fieldsOf(...header)).toEqual(found);
});

test('columns may come in any order and unknown ones are reported by name (F-13)', () => {
  expect(layOut(payments, ['序号', '备注', '', ' 学号 ', '金额', 'Class '], { line: 1 })).toEqual({
    width: 6,
    placed: [
      { column: payments.columns[0], at: 3, header: '学号' },
      { column: payments.columns[1], at: 4, header: '金额' },
      { column: payments.columns[2], at: 1, header: '备注' },
    ],
    conditions: [],
    unknown: ['序号', 'Class'],
  });
});

test('missing and doubled columns are named in one error, in both languages (F-13, F-10)', () => {
  expect(refused('备注', 'note', '姓名', '学号', 'student_no')).toEqual({
    code: 'VALIDATION',
    line: 3,
    reason: {
      zh: '第 3 行：缺少列：金额（amountFen）。同一列出现多次：学号、student_no（studentNo）；备注、note（note）。未识别的列：姓名。',
      en: 'Line 3: Missing columns: amountFen (金额). Columns there twice: studentNo (学号, student_no); note (备注, note). Headings that were not understood: 姓名.',
    },
  });
  expect(refused('备注')).toEqual({
    code: 'VALIDATION',
    line: 3,
    reason: {
      zh: '第 3 行：缺少列：学号（studentNo）、金额（amountFen）。',
      en: 'Line 3: Missing columns: studentNo (学号), amountFen (金额).',
    },
  });
});

test('a row of data in the place of the header is not repeated in the error (F-13)', () => {
  const answer = JSON.stringify(refused('2024010317', '张三', '9800'));
  expect(answer).toBe(JSON.stringify(refused('x', 'y', 'z')));
});

test('notes of a template behind a heading make no difference, a unit does (F-13)', () => {
  const found = [
    ['studentNo', 0],
    ['amountFen', 1],
    ['note', 2],
  ];
  expect(fieldsOf('学号（必填）', '金额(元)', '备注\n(200字以内)')).toEqual(found);
  expect(fieldsOf('*学号(格式：10位数字)', '金额', '备注（选填）')).toEqual(found);
  expect(fieldsOf('学号', '金额', '备注(旧)', '备注')).toEqual([...found.slice(0, 2), ['note', 3]]);
  expect(refused('学号', '金额（万元）', '备注')).toEqual({
    code: 'VALIDATION',
    line: 3,
    reason: {
      zh: '第 3 行：缺少列：金额（amountFen）。未识别的列：金额（万元）。',
      en: 'Line 3: Missing columns: amountFen (金额). Headings that were not understood: 金额（万元）.',
    },
  });
});

test('two columns of a kind cannot have one name (F-13)', () => {
  const note = { headers: ['Note', '备注'], codec: text({ max: 5 }) } as const;
  expect(() =>
    importKind({
      name: 'notes',
      columns: [
        { field: 'first', ...note },
        { field: 'second', ...note },
      ],
    }),
  ).toThrow(new Error('notes: first and second are both called note.'));
});
