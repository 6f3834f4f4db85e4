/** What finance publishes of bills: settled on which day, or open again (DOMAIN 0.2, 4.5). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { published } from '../support/published.js';

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
/** What was published of a bill, from first to last, as it is read now. */
const events = async (billNo: string) =>
  (await published(college, 'finance', 'settlement')).filter(({ key }) => key === billNo);
/** Each version of a bill says what the bill says now. */
const of = (billNo: string, settledOn: string | null, ...versions: readonly number[]) =>
  versions.map((version) => ({
    topic: 'settlement',
    key: billNo,
    version,
    payload: { studentNo: STUDENT, billNo, settledOn },
  }));

test('a bill is published once it is paid in full: the day of the payment that made it so, and no amount', async () => {
  await bring('bills', bill('B-1'));
  await bring('payments', payment('P-1', 'B-1', '4000.00', '2026-03-01'));
  expect(await events('B-1')).toEqual([]);
  await bring(
    'payments',
    payment('P-2', 'B-1', '6000.00', '2026-03-15'),
    payment('P-3', 'B-1', '100.00', '2026-04-01'),
  );
  expect(await events('B-1')).toEqual(of('B-1', '2026-03-15', 1));
});

test('what changes nothing is not published again', async () => {
  await bring('bills', bill('B-1'));
  await bring('payments', payment('P-3', 'B-1', '200.00', '2026-04-01'));
  expect(await events('B-1')).toEqual(of('B-1', '2026-03-15', 1));
});

test('a corrected bill is open again, until it is paid', async () => {
  await bring('bills', bill('B-1', '10300.00'));
  expect(await events('B-1')).toEqual(of('B-1', null, 1, 2));
  await bring('payments', payment('P-4', 'B-1', '100.00', '2026-04-10'));
  expect(await events('B-1')).toEqual(of('B-1', '2026-04-10', 1, 2, 3));
});

test('a payment that was written down for the wrong bill opens the one and settles the other', async () => {
  await bring('bills', bill('B-2'), bill('B-3'));
  await bring('payments', payment('P-5', 'B-2', '9800.00', '2026-03-20'));
  await bring('payments', payment('P-5', 'B-3', '9800.00', '2026-03-20'));
  expect(await events('B-2')).toEqual(of('B-2', null, 1, 2));
  expect(await events('B-3')).toEqual(of('B-3', '2026-03-20', 1));
});

test('two halves that come in side by side settle the bill', async () => {
  await bring('bills', bill('B-4'));
  await Promise.all([
    bring('payments', payment('P-6', 'B-4', '4900.00', '2026-03-20')),
    bring('payments', payment('P-7', 'B-4', '4900.00', '2026-03-21')),
  ]);
  expect(await events('B-4')).toEqual(of('B-4', '2026-03-21', 1));
});
