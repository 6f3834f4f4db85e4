import { columnsOf } from '@chengxin/kit/database/columns';
import { LoanRecord } from './loan-record.entity.js';
import { integer, yuanAboveZero } from '@chengxin/kit/import/amounts';
import { choice, code, studentNo, text } from '@chengxin/kit/import/codecs';
import { uscc } from '@chengxin/kit/import/identifiers';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import { last4 } from '@chengxin/kit/privacy/masks';
import { enrolled, ofOneStudent } from '../student/student-checks.import.js';
import { TruthCheck } from './loan-record.entity.js';

const COLUMNS = [
  {
    field: 'loanNo',
    headers: ['loan_no', '贷款编号'],
    codec: code(/^[\w-]{1,40}$/),
    required: true,
  },
  { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
  {
    field: 'kind',
    headers: ['kind', '贷款类别'],
    codec: choice({ CAMPUS: ['校园地', '校园地贷款'], ORIGIN: ['生源地', '生源地贷款'] }),
    required: true,
  },
  { field: 'contractNo', headers: ['contract_no', '合同号'], codec: text({ max: 60 }) },
  {
    field: 'bankUscc',
    headers: ['bank_uscc', '银行统一社会信用代码'],
    codec: uscc,
    required: true,
  },
  {
    field: 'principalFen',
    headers: ['principal', '贷款本金'],
    codec: yuanAboveZero,
    required: true,
  },
  {
    field: 'year',
    headers: ['year', '贷款年度'],
    codec: integer({ min: 2000, max: 2100 }),
    required: true,
  },
  {
    field: 'state',
    headers: ['state', '贷款状态'],
    codec: choice({
      APPLIED: ['已申请'],
      APPROVED: ['已审批'],
      SIGNED: ['已签约'],
      DISBURSED: ['已放款'],
      IN_SCHOOL: ['在校贴息'],
      HANDED_OVER: ['已移交'],
      CLOSED: ['已结清'],
    }),
    required: true,
  },
  {
    field: 'infoTruthCheck',
    headers: ['info_truth_check', '信息核验'],
    codec: choice({ PASS: ['通过', '属实'], FAIL: ['不通过', '不属实'], PENDING: ['待核验'] }),
  },
] as const;
type LoanRow = RowOf<typeof COLUMNS>;

/** Of the contract the end alone is kept. */
const stage = ({ contractNo, ...row }: LoanRow): object => ({
  ...row,
  contractNoMasked: contractNo && last4(contractNo),
  infoTruthCheck: row.infoTruthCheck ?? TruthCheck.PENDING,
});

/** `loans`: one line a student loan and year, up to its hand-over. Source: G8.3, G9.4. */
export const loanImport: ImportJob = {
  kind: importKind({ name: 'loans', columns: COLUMNS }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['loanNo'],
  checks: [enrolled, ofOneStudent('loan_record', 'loanNo')],
  stage,
  madeOf: { contractNoMasked: ['contractNo'] },
  ...intoTable({
    ...columnsOf(
      LoanRecord,
      [
        'studentNo',
        'kind',
        'contractNoMasked',
        'bankUscc',
        'principalFen',
        'year',
        'state',
        'infoTruthCheck',
      ],
      { loanNo: 'text' },
    ),
    key: ['loanNo'],
    readFrom: { contractNoMasked: 'contractNo' },
    hasEvidence: true,
    reports: { studentNo: 'c.student_no' },
  }),
};
