import { columnsOf } from '@chengxin/kit/database/columns';
import { Bill } from './bill.entity.js';
import { yuanAboveZero } from '@chengxin/kit/import/amounts';
import { academicYear, choice, code, studentNo } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { lockBillsAndPayments } from './lock-order.js';
import { publishSettlements } from './settlement.publish.js';

/** `bills`: one line a bill, as the fee system exports them. Source: G6.3. */
export const billImport: ImportJob = {
  kind: importKind({
    name: 'bills',
    columns: [
      {
        field: 'billNo',
        headers: ['bill_no', '账单编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
      {
        field: 'academicYear',
        headers: ['academic_year', '学年'],
        codec: academicYear,
        required: true,
      },
      {
        field: 'item',
        headers: ['item', '收费项目'],
        codec: choice({ TUITION: ['学费'], DORM: ['住宿费'], OTHER: ['其他', '代收费'] }),
        required: true,
      },
      {
        field: 'amountFen',
        headers: ['amount', '应缴金额', '金额'],
        codec: yuanAboveZero,
        required: true,
      },
      {
        field: 'dueOn',
        headers: ['due_on', '缴费截止日期', '截止日期'],
        codec: day,
        required: true,
      },
    ],
  }),
  action: 'finance.import',
  approval: 'finance.approveImport',
  key: ['billNo'],
  checks: [
    knownStudent,
    {
      column: 'studentNo',
      reason: { zh: '该账单属于另一名学生', en: 'the bill is of another student' },
      wrong: `exists (select from bill b where b.bill_no = r.value->>'billNo' and b.student_no <> r.value->>'studentNo')`,
    },
  ],
  lock: lockBillsAndPayments,
  ...intoTable({
    ...columnsOf(Bill, ['billNo', 'studentNo', 'academicYear', 'item', 'amountFen', 'dueOn']),
    key: ['billNo'],
    hasEvidence: true,
    reports: { billNo: 'c.bill_no' },
  }),
  followers: [publishSettlements],
};
