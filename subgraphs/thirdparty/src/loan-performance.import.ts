import { columnsOf } from '@chengxin/kit/database/columns';
import { LoanPerformance } from './loan-performance.entity.js';
import { boolean, choice, code } from '@chengxin/kit/import/codecs';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { licensed, OF_CONSENT, underOwnConsent } from './consent-checks.import.js';
import { lockConsents } from './lock-order.js';
import { month } from './month.codec.js';

/** A whole contract number does not enter: some characters at each end at most (DOMAIN 2.2). */
const maskedContract = code(/^[A-Z0-9-]{0,4}\*{3,}[A-Z0-9-]{0,4}$/i, {
  zh: '合同号须掩码，如 DK****0031',
  en: 'must be masked, such as DK****0031',
});

/** `loanPerformance`: one line a month, by the loan bank, under consents. Source: G9.4b, T-05. */
export const loanPerformanceImport: ImportJob = {
  kind: importKind({
    name: 'loanPerformance',
    columns: [
      {
        field: 'consentId',
        headers: ['consent_id', '授权编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'contractNoMasked',
        headers: ['contract_no_masked', '合同号(掩码)', '合同号'],
        codec: maskedContract,
        required: true,
      },
      { field: 'month', headers: ['month', '账期'], codec: month, required: true },
      {
        field: 'state',
        headers: ['state', '状态'],
        codec: choice({
          CURRENT: ['正常'],
          OVERDUE_1_30: ['逾期1-30天'],
          OVERDUE_31_90: ['逾期31-90天'],
          OVERDUE_90_PLUS: ['逾期90天以上'],
        }),
        required: true,
      },
      { field: 'settled', headers: ['settled', '是否结清'], codec: boolean, required: true },
    ],
  }),
  action: 'thirdparty.import',
  key: ['consentId', 'contractNoMasked', 'month'],
  checks: [underOwnConsent('loan_performance'), licensed('LOAN', 'BANK', 'CREDIT_AGENCY')],
  lock: lockConsents,
  ...intoTable({
    ...columnsOf(LoanPerformance, ['consentId', 'contractNoMasked', 'month', 'state', 'settled']),
    key: ['consentId', 'contractNoMasked', 'month'],
    constants: OF_CONSENT,
    hasEvidence: true,
  }),
};
