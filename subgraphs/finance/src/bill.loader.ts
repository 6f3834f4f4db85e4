import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { Bill } from './bill.entity.js';

/** Bills of a student, the latest first. */
export const billRows: StudentRows<Bill> = {
  entity: Bill,
  group: 'TUITION',
  predicates: {},
  orderBy: { dueOn: 'desc', billNo: 'asc' },
};
export const billsOf = studentRows(billRows);
