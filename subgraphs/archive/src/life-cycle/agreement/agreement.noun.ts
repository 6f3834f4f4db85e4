import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../../lock-order.js';
import { Agreement } from '../agreement.entity.js';
import { agreementRows } from '../archive.loader.js';

/** The service agreement as a student signed it: made once, changed never (G10.2). */
export const agreement = noun<Agreement>({
  name: 'Agreement',
  entity: Agreement,
  rows: agreementRows,
  lockFirst: lockStudent,
});
