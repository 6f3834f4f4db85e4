/**
 * The order in which one transaction of finance locks rows: payments, then the bills that they pay.
 * A payment that moves to another bill is read under its lock: it names the bill that it leaves.
 */
import { lockRows, lockStaged, type RowLock } from '@chengxin/kit/database/lock-rows';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const PAYMENT: RowLock = { table: 'payment', key: 'payment_no' };
const BILL: RowLock = { table: 'bill', key: 'bill_no' };

const CONCERNED = `
  select value->>'billNo' as "billNo" from import_row where batch_id = ?::uuid
  union select bill_no from payment
    where payment_no in (select value->>'paymentNo' from import_row where batch_id = ?::uuid)`;

/** Bills that staged bills or payments name, and those that the payments were of so far. */
async function billsOf(em: EntityManager, batchId: string): Promise<readonly string[]> {
  const rows = await execute<{ billNo: string }>(em, CONCERNED, [batchId, batchId]);
  return rows.map(({ billNo }) => billNo);
}

const lockPayments = lockStaged(PAYMENT, 'paymentNo');

/** Lock what staged bills or payments change: two payments of one bill see each other. */
export async function lockBillsAndPayments(em: EntityManager, batchId: string): Promise<void> {
  await lockPayments(em, batchId);
  await lockRows(em, BILL, await billsOf(em, batchId));
}
