/** A continuing duty ages only from the day on which it is cured (DOMAIN 4.5, U-10). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bill } from '../support/bill.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { accept, creditOf, maliciousArrears } from './accepted.js';

const STUDENT = '2025020415';
const EARLY_PAYER = '2024020111';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-10-01T10:00:00+08:00' });
  await college.bring('finance', 'bills', [bill('B-1', STUDENT), bill('B-2', EARLY_PAYER)]);
});
afterAll(() => college.stop());

const pay = (studentNo: string, billNo: string, amount: string, paidOn: string) =>
  college.bring('finance', 'payments', [
    {
      流水号: `P-${billNo}`,
      账单编号: billNo,
      学号: studentNo,
      实缴金额: amount,
      缴费日期: paidOn,
    },
  ]);
const settlements = () =>
  asOwner(
    college,
    'archive',
    `select bill_no, student_no, settled_on::text, version from settlement order by bill_no`,
  );

const OPEN = { score: 9040, grade: 'B', ledger: [{ points: -960 }] };
const FADED = { score: 9520, grade: 'B', ledger: [{ points: -480 }] };

test('while the bill is unpaid its record does not fade, however old it is (4.5)', async () => {
  await accept(college, maliciousArrears(STUDENT, 'B-1'));
  expect(await creditOf(college, STUDENT)).toEqual(OPEN);
  await pay(STUDENT, 'B-1', '5000.00', '2026-03-01');
  expect(await creditOf(college, STUDENT)).toEqual(OPEN);
  expect(await settlements()).toEqual([]);
});

test('once it is paid the clock starts on that day, and the snapshot follows in the same transaction (4.8, U-10)', async () => {
  await pay(STUDENT, 'B-1', '9800.00', '2026-03-15');
  expect(await creditOf(college, STUDENT)).toEqual(FADED);
  expect(
    await asOwner(
      college,
      'archive',
      `select r.cured_on::text, r.xmin = p.xmin as paid_together, r.xmin = s.xmin as computed_together
       from conduct_record r join settlement p using (bill_no)
       join lateral (select xmin from credit_snapshot c where c.student_no = r.student_no
         order by seq desc limit 1) s on true`,
    ),
  ).toEqual([{ cured_on: '2026-03-15', paid_together: true, computed_together: true }]);
});

test('a correction that reopens the bill stops the clock again', async () => {
  await pay(STUDENT, 'B-1', '9000.00', '2026-03-15');
  expect(await creditOf(college, STUDENT)).toEqual(OPEN);
  await pay(STUDENT, 'B-1', '9800.00', '2026-03-15');
  expect(await creditOf(college, STUDENT)).toEqual(FADED);
});

test('a payment that comes before the record is known is not lost (0.2)', async () => {
  await pay(EARLY_PAYER, 'B-2', '9800.00', '2026-03-15');
  await accept(college, maliciousArrears(EARLY_PAYER, 'B-2'));
  expect(await creditOf(college, EARLY_PAYER)).toEqual(FADED);
  expect(await settlements()).toEqual([
    { bill_no: 'B-1', student_no: STUDENT, settled_on: '2026-03-15', version: 3 },
    { bill_no: 'B-2', student_no: EARLY_PAYER, settled_on: '2026-03-15', version: 1 },
  ]);
});
