import { studentRows } from '@chengxin/kit/read/rows';
import { Payment } from './payment.entity.js';

/** Payments of a student, the latest first. */
export const paymentsOf = studentRows({
  entity: Payment,
  group: 'TUITION',
  predicates: {},
  orderBy: { paidOn: 'desc', id: 'asc' },
});
