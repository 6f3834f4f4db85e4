import { columnsOf } from '@chengxin/kit/database/columns';
import { CardOverdraft } from './card-overdraft.entity.js';
import { integer, yuanToFen } from '@chengxin/kit/import/amounts';
import { code } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { licensed, OF_CONSENT, underOwnConsent } from './consent-checks.import.js';
import { lockConsents } from './lock-order.js';

/** `cardOverdrafts`: one line a statement, by the bank, under consents. Source: G8.4, T-04. */
export const cardOverdraftImport: ImportJob = {
  kind: importKind({
    name: 'cardOverdrafts',
    columns: [
      {
        field: 'consentId',
        headers: ['consent_id', '授权编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'cardTail4',
        headers: ['card_tail4', '卡号后四位'],
        codec: code(/^\d{4}$/),
        required: true,
      },
      { field: 'statementOn', headers: ['statement_on', '账单日'], codec: day, required: true },
      {
        field: 'overdueFen',
        headers: ['overdue_amount', '逾期金额'],
        codec: yuanToFen,
        required: true,
      },
      {
        field: 'overdueDays',
        headers: ['overdue_days', '逾期天数'],
        codec: integer({ min: 0, max: 36_500 }),
        required: true,
      },
      { field: 'settledOn', headers: ['settled_on', '结清日期'], codec: day },
    ],
  }),
  action: 'thirdparty.import',
  key: ['consentId', 'cardTail4', 'statementOn'],
  checks: [underOwnConsent('card_overdraft'), licensed('BANK', 'CREDIT_AGENCY')],
  lock: lockConsents,
  ...intoTable({
    ...columnsOf(CardOverdraft, [
      'consentId',
      'cardTail4',
      'statementOn',
      'overdueFen',
      'overdueDays',
      'settledOn',
    ]),
    key: ['consentId', 'cardTail4', 'statementOn'],
    constants: OF_CONSENT,
    hasEvidence: true,
  }),
};
