import { studentRows } from '@chengxin/kit/read/rows';
import { Bill } from './bill.entity.js';

/** Bills of a student, the latest first. */
export const billsOf = studentRows({
  entity: Bill,
  group: 'TUITION',
  predicates: {},
  orderBy: { dueOn: 'desc', billNo: 'asc' },
});
