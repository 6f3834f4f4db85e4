/** P-10: twelve months in a row paid in time, confirmed by a consented third party (DOMAIN 2.3, 4.2). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creditOf } from '../archive/accepted.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import {
  bill,
  bringAs,
  consent,
  giveConsents,
  OPERATOR,
  REGISTER,
  SCHOOL,
  TO_TELECOM,
} from './provider-files.js';

const STUDENT = '2024020111';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-15T10:00:00+08:00' });
  await giveConsents(college, [consent(TO_TELECOM)]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
});
afterAll(() => college.stop());

const MONTHS = [
  ...['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map(
    (month) => `2025-${month}`,
  ),
  '2026-01',
];
/** Bills of some months, each paid on its 20th day. */
const bills = (from: number, to: number, changes: Record<string, string> = {}) =>
  MONTHS.slice(from, to).map((month) =>
    bill({ 账期: month, 缴费日期: `${month}-20`, 逾期天数: '0', ...changes }),
  );
async function bring(rows: Record<string, string>[]): Promise<void> {
  await bringAs(college, OPERATOR, 'phoneBills', rows);
  await college.settle();
}
const records = () =>
  asOwner(
    college,
    'archive',
    `select indicator_code, origin_group, occurred_on::text, state, consent_id from good_record
     order by recorded_at`,
  );
const record = (occurredOn: string, state = 'APPROVED') => ({
  indicator_code: 'P-10',
  origin_group: 'PHONE_BILLS',
  occurred_on: occurredOn,
  state,
  consent_id: 'CS-TELECOM',
});
const NOTHING = { score: 10000, grade: 'A', ledger: [] };
const EARNED = { score: 10100, grade: 'A', ledger: [{ points: 100 }] };

test('eleven months earn nothing, and twelve with one of them late or unconfirmed neither', async () => {
  await bring(bills(0, 11));
  await bring(bills(11, 12, { 是否确认: '否' }));
  expect(await records()).toEqual([]);
  await bring(bills(11, 12, { 逾期天数: '3' }));
  expect(await records()).toEqual([]);
  expect(await creditOf(college, STUDENT)).toEqual(NOTHING);
});

test('the twelfth month earns one point, and a thirteenth moves its day on', async () => {
  await bring(bills(11, 12));
  expect(await records()).toEqual([record('2025-12-20')]);
  expect(await creditOf(college, STUDENT)).toEqual(EARNED);
  await bring(bills(12, 13));
  expect(await records()).toEqual([record('2026-01-20')]);
});

test('it stands in the full view alone: the school sees neither record nor point (T-04)', async () => {
  const query = `{ student(studentNo: "${STUDENT}") {
    goodRecords { indicatorCode } credit { score ledger { points } } } }`;
  expect(
    await college.request('T0001', query, { headers: { 'x-purpose': 'ADMIN_REVIEW' } }),
  ).toEqual({
    data: { student: { goodRecords: [], credit: { score: 10000, ledger: [] } } },
  });
});

test('a correction that leaves no year takes it back; a later year is a record of its own', async () => {
  await bring(bills(5, 6, { 逾期天数: '9' }));
  expect(await records()).toEqual([record('2026-01-20', 'REVOKED')]);
  expect(await creditOf(college, STUDENT)).toEqual(NOTHING);
  await bring(bills(5, 6));
  expect(await records()).toEqual([record('2026-01-20', 'REVOKED'), record('2026-01-20')]);
  expect(await creditOf(college, STUDENT)).toEqual(EARNED);
});

test('two contracts are two runs of months', async () => {
  await bring(bills(0, 6, { 手机号后四位: '2222' }));
  expect(await records()).toHaveLength(2);
});

test('the halves of a year that come in side by side make it whole', async () => {
  const other = { 手机号后四位: '3333' };
  await Promise.all([
    bringAs(college, OPERATOR, 'phoneBills', bills(0, 6, other)),
    bringAs(college, OPERATOR, 'phoneBills', bills(6, 12, other)),
  ]);
  await college.settle();
  expect(await records()).toHaveLength(3);
  expect(await creditOf(college, STUDENT)).toEqual({
    score: 10100,
    grade: 'A',
    ledger: [{ points: 100 }, { points: 100 }, { points: -100 }],
  });
});

test('with the consent it goes, in both offices (INV-10)', async () => {
  await giveConsents(college, [consent({ ...TO_TELECOM, 撤回时间: '2026-04-15 09:59:00' })]);
  expect(await records()).toEqual([]);
  expect(await creditOf(college, STUDENT)).toEqual(NOTHING);
  expect(await asOwner(college, 'thirdparty', 'select 1 from punctual_year')).toEqual([]);
});
