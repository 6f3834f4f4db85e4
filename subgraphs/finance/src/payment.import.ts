import { columnsOf } from '@chengxin/kit/database/columns';
import { Payment } from './payment.entity.js';
import { yuanAboveZero } from '@chengxin/kit/import/amounts';
import { code, studentNo } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { knownBill } from './bill-checks.import.js';
import { lockBillsAndPayments } from './lock-order.js';
import { publishSettlements } from './settlement.publish.js';

/** `payments`: one line a payment, as the fee system or the bank exports them. Source: G6.3. */
export const paymentImport: ImportJob = {
  kind: importKind({
    name: 'payments',
    guards: [
      {
        headers: ['transaction_status', '交易状态', '支付状态', '缴费状态'],
        counts: ['SUCCESS', '成功', '交易成功', '支付成功', '缴费成功', '已支付', '已缴', '已缴费'],
      },
    ],
    columns: [
      {
        field: 'paymentNo',
        headers: ['payment_no', '流水号', '缴费流水号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'billNo',
        headers: ['bill_no', '账单编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
      {
        field: 'amountFen',
        headers: ['amount', '实缴金额', '金额'],
        codec: yuanAboveZero,
        required: true,
      },
      { field: 'paidOn', headers: ['paid_on', '缴费日期'], codec: day, required: true },
    ],
  }),
  action: 'finance.import',
  approval: 'finance.approveImport',
  key: ['paymentNo'],
  checks: [knownStudent, knownBill],
  lock: lockBillsAndPayments,
  ...intoTable({
    ...columnsOf(Payment, ['paymentNo', 'billNo', 'studentNo', 'amountFen', 'paidOn']),
    key: ['paymentNo'],
    hasEvidence: true,
    reports: { billNo: 'c.bill_no', formerBillNo: 'b.bill_no' },
  }),
  followers: [publishSettlements],
};
