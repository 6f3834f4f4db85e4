import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { CreditReport } from './credit-report.entity.js';
import { creditReportRows } from './credit-report.loader.js';

/** What a student hands over of his credit, in either form. */
export const creditReport = noun<CreditReport>({
  name: 'CreditReport',
  entity: CreditReport,
  machine: 'CreditReport',
  actions: ['creditReport', 'credential'],
  rows: creditReportRows,
  lockFirst: lockStudent,
});
