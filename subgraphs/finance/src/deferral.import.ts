import { code, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { knownBill } from './bill-checks.import.js';

/** `deferrals`: leave to pay later (缓交), decided on paper. Source: T-01. */
export const deferralImport: ImportJob = {
  kind: importKind({
    name: 'deferrals',
    columns: [
      {
        field: 'billNo',
        headers: ['bill_no', '账单编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
      {
        field: 'reason',
        headers: ['reason', '缓交原因', '原因'],
        codec: text({ max: 200 }),
        required: true,
      },
      { field: 'until', headers: ['until', '缓交至'], codec: day, required: true },
    ],
  }),
  action: 'finance.import',
  approval: 'finance.approveImport',
  key: ['billNo', 'until'],
  checks: [knownStudent, knownBill],
  ...intoTable({
    table: 'deferral',
    key: ['billNo', 'until'],
    fields: { billNo: 'text', studentNo: 'text', reason: 'text', until: 'date' },
    initial: { state: "'APPROVED'" },
    hasEvidence: true,
    among: "state = 'APPROVED'",
    source: "(select * from deferral where state = 'APPROVED')",
  }),
};
