import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { reportTokenRows } from './consent.loader.js';
import { ReportToken } from './report-token.entity.js';

/** What an employer is handed to read one report (3.4 note 7). */
export const reportToken = noun<ReportToken>({
  name: 'ReportToken',
  entity: ReportToken,
  machine: 'ReportToken',
  rows: reportTokenRows,
  lockFirst: lockStudent,
});
