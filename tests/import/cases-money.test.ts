/** Files of fees as clerks have them (`cases/`), and what is right for each (F-13). */
import { office } from '@chengxin/finance/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { caseDesk, refusal } from './case-desk.js';

let college: TestCollege;
let desk: Awaited<ReturnType<typeof caseDesk>>;
beforeAll(async () => {
  college = await startCollege();
  desk = await caseDesk(college, office, importer('T0401', 'FIN_CLERK', ['FIN']));
  const { batchId } = await desk.bring('bills', '00-prep-bills.csv');
  await desk.approve(batchId, importer('T0402', 'FIN_REVIEWER', ['FIN']));
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

test("07: Excel's separator line is passed over (F-13)", async () => {
  const report = await desk.bring('bills', '07-bills-sep-line.csv');
  expect(await desk.waiting(report, 'billNo', 'amountFen')).toEqual([[4, 'BH26-202', 980000]]);
  expect(await desk.rejections(report)).toEqual([[3, '应缴金额', 'is not an amount']]);
});

test('08: amounts and days of a database are read, but for a third decimal (F-13)', async () => {
  const report = await desk.bring('bills', '08-bills-sql-money.csv');
  expect(await desk.waiting(report, 'amountFen', 'dueOn')).toEqual([
    [2, 980000, '2025-10-31'],
    [3, 980000, '2025-10-31'],
    [4, 120050, '2025-10-31'],
    [5, 123456, '2025-10-31'],
  ]);
  expect(await desk.rejections(report)).toEqual([[6, '应缴金额', 'has more than two decimals']]);
});

test('10: of a payment platform the payments that were made count, closed ones and refunds do not (F-13)', async () => {
  const report = await desk.bring('payments', '10-payments-platform.csv', {
    map: '10-payments-platform.yaml',
  });
  expect(await desk.waiting(report, 'billNo', 'studentNo', 'amountFen', 'paidOn')).toEqual([
    [14, 'BH26-001', '2024010317', 980000, '2025-10-20'],
    [15, 'BH26-002', '2024010305', 120000, '2025-10-21'],
    [18, 'BH26-003', '2024010322', 980000, '2025-10-31'],
  ]);
  const guarded = 'does not say that the row counts; a mapping may say which rows do, under rows';
  expect(await desk.rejections(report)).toEqual([
    [16, '交易状态', guarded],
    [17, '交易状态', guarded],
    [19, '', 'The header has 11 cells, this row has 1'],
    [20, '', 'The header has 11 cells, this row has 2'],
  ]);
});

test('24: a day that a sheet shows is that day, whatever time hides behind it (F-13)', async () => {
  const report = await desk.bring('payments', '24-payments-hidden-time.xlsx');
  expect(await desk.waiting(report, 'paidOn')).toEqual([
    [2, '2025-10-20'],
    [3, '2025-10-20'],
    [4, '2025-10-31'],
    [5, '2025-10-31'],
  ]);
});

test('30: rows that a filter hides are not read, and the report says how many (F-13)', async () => {
  const report = await desk.bring('bills', '30-bills-filtered-rows.xlsx');
  expect(await desk.waiting(report, 'billNo', 'item')).toEqual(
    [2, 4, 6, 8, 10].map((line) => [line, `BH26-30${line - 1}`, 'TUITION']),
  );
  expect(report).toMatchObject({
    rows: 5,
    rejected: 0,
    notes: [
      {
        zh: '4 个隐藏行未读取；要导入它们，请先取消筛选或隐藏。',
        en: '4 hidden rows were not read. To import them, clear the filter or show them first.',
      },
    ],
  });
});

test('37: notes that a template puts into headings make no difference (F-13)', async () => {
  const report = await desk.bring('deferrals', '37-deferrals-headings.csv');
  expect(report).toMatchObject({ rows: 1, rejected: 0, notes: [] });
});

test('38: what is not seen is taken away; another letter or dash names no bill (F-13)', async () => {
  const report = await desk.bring('deferrals', '38-deferrals-invisible.csv');
  expect(await desk.waiting(report, 'billNo', 'studentNo', 'until')).toEqual([
    [2, 'BH26-001', '2024010317', '2026-04-30'],
    [3, 'BH26-002', '2024010305', '2026-04-30'],
    [4, 'BH26-003', '2024010322', '2026-04-30'],
    [5, 'BH26-005', '2024020111', '2026-04-30'],
    [6, 'BH26-004', '2025020415', '2026-04-30'],
  ]);
  expect(await desk.rejections(report)).toEqual([
    [7, 'billNo', 'the student has no such bill in force'],
    [8, '账单编号', 'does not have the form of this code'],
  ]);
});

test('41: a file in two encodings is refused with the line (F-13)', async () => {
  expect(await refusal(desk.bring('deferrals', '41a-deferrals-two-encodings.csv'))).toBe(
    'VALIDATION: Line 4: This line is written in UTF-8, but the file in GB18030. Put it right, save the file as CSV (UTF-8) and import that.',
  );
});

test('47: a number that lost digits is refused, one with zeros in front is as the sheet shows it (F-13)', async () => {
  const report = await desk.bring('payments', '47-payments-long-numbers.xlsx');
  expect(await desk.waiting(report, 'paymentNo')).toEqual([
    [2, '123456789012345'],
    [5, '20251020220014000111'],
    [6, '700000'],
    [7, '00000251'],
  ]);
  const turned = 'was turned into a number by a spreadsheet; format the column as text';
  expect(await desk.rejections(report)).toEqual([
    [3, '流水号', turned],
    [4, '流水号', turned],
  ]);
});
