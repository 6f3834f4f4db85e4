/** What finance tells the archive of bills: settled on which day, or open again (DOMAIN 0.2, 4.5). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2025020415';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
});
afterAll(() => college.stop());

const bill = (billNo: string, amount = '9800.00') => ({
  账单编号: billNo,
  学号: STUDENT,
  学年: '2025-2026',
  收费项目: '学费',
  应缴金额: amount,
  缴费截止日期: '2025-10-31',
});
const payment = (paymentNo: string, billNo: string, amount: string, paidOn: string) => ({
  流水号: paymentNo,
  账单编号: billNo,
  学号: STUDENT,
  实缴金额: amount,
  缴费日期: paidOn,
});
const bring = (kind: string, ...rows: Record<string, string>[]) =>
  college.bring('finance', kind, rows);
/** What was told of a bill, from first to last. */
const told = (billNo: string) =>
  asOwner(
    college,
    'finance',
    `select version, payload from outbox where topic = 'settlement' and key = $1 order by id`,
    [billNo],
  );
const of = (billNo: string, version: number, settledOn: string | null) => ({
  version,
  payload: { studentNo: STUDENT, billNo, settledOn },
});

test('a bill is told once it is whole: the day of the payment that made it so, and no amount', async () => {
  await bring('bills', bill('B-1'));
  await bring('payments', payment('P-1', 'B-1', '4000.00', '2026-03-01'));
  expect(await told('B-1')).toEqual([]);
  await bring(
    'payments',
    payment('P-2', 'B-1', '6000.00', '2026-03-15'),
    payment('P-3', 'B-1', '100.00', '2026-04-01'),
  );
  expect(await told('B-1')).toEqual([of('B-1', 1, '2026-03-15')]);
});

test('what changes nothing is not told again', async () => {
  await bring('bills', bill('B-1'));
  await bring('payments', payment('P-3', 'B-1', '200.00', '2026-04-01'));
  expect(await told('B-1')).toEqual([of('B-1', 1, '2026-03-15')]);
});

test('a corrected bill is open again, until it is paid', async () => {
  await bring('bills', bill('B-1', '10300.00'));
  await bring('payments', payment('P-4', 'B-1', '100.00', '2026-04-10'));
  expect(await told('B-1')).toEqual([
    of('B-1', 1, '2026-03-15'),
    of('B-1', 2, null),
    of('B-1', 3, '2026-04-10'),
  ]);
});

test('a payment that was written down for the wrong bill opens the one and settles the other', async () => {
  await bring('bills', bill('B-2'), bill('B-3'));
  await bring('payments', payment('P-5', 'B-2', '9800.00', '2026-03-20'));
  await bring('payments', payment('P-5', 'B-3', '9800.00', '2026-03-20'));
  expect(await told('B-2')).toEqual([of('B-2', 1, '2026-03-20'), of('B-2', 2, null)]);
  expect(await told('B-3')).toEqual([of('B-3', 1, '2026-03-20')]);
});

test('two halves that come in side by side settle the bill', async () => {
  await bring('bills', bill('B-4'));
  await Promise.all([
    bring('payments', payment('P-6', 'B-4', '4900.00', '2026-03-20')),
    bring('payments', payment('P-7', 'B-4', '4900.00', '2026-03-21')),
  ]);
  expect(await told('B-4')).toEqual([of('B-4', 1, '2026-03-21')]);
});
