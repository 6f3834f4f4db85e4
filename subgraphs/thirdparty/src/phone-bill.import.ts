import { columnsOf } from '@chengxin/kit/database/columns';
import { PhoneBill } from './phone-bill.entity.js';
import { integer, yuanToFen } from '@chengxin/kit/import/amounts';
import { boolean, code } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { licensed, OF_CONSENT, underOwnConsent } from './consent-checks.import.js';
import { lockConsents } from './lock-order.js';
import { month } from './month.codec.js';
import { takeBackUnconfirmed } from './malice.publish.js';
import { publishPunctualYears } from './punctual-year.publish.js';

/** `phoneBills`: one line a month, by the operator, under consents. Source: G8.4, T-04. */
export const phoneBillImport: ImportJob = {
  kind: importKind({
    name: 'phoneBills',
    columns: [
      {
        field: 'consentId',
        headers: ['consent_id', '授权编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'msisdnTail4',
        headers: ['msisdn_tail4', '手机号后四位'],
        codec: code(/^\d{4}$/),
        required: true,
      },
      { field: 'month', headers: ['month', '账期'], codec: month, required: true },
      { field: 'amountFen', headers: ['amount', '金额'], codec: yuanToFen, required: true },
      { field: 'paidOn', headers: ['paid_on', '缴费日期'], codec: day },
      {
        field: 'overdueDays',
        headers: ['overdue_days', '逾期天数'],
        codec: integer({ min: 0, max: 36_500 }),
        required: true,
      },
      { field: 'confirmed', headers: ['confirmed', '是否确认'], codec: boolean, required: true },
    ],
  }),
  action: 'thirdparty.import',
  key: ['consentId', 'msisdnTail4', 'month'],
  checks: [underOwnConsent('phone_bill'), licensed('TELECOM', 'CREDIT_AGENCY')],
  lock: lockConsents,
  ...intoTable({
    ...columnsOf(PhoneBill, [
      'consentId',
      'msisdnTail4',
      'month',
      'amountFen',
      'paidOn',
      'overdueDays',
      'confirmed',
    ]),
    key: ['consentId', 'msisdnTail4', 'month'],
    constants: OF_CONSENT,
    hasEvidence: true,
    reports: { consentId: 'c.consent_id', msisdnTail4: 'c.msisdn_tail4' },
  }),
  followers: [publishPunctualYears, takeBackUnconfirmed],
};
