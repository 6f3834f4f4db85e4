import { studentRows } from '@chengxin/kit/read/rows';
import { Arrears } from './arrears.entity.js';

/** Overdue bills of a student as of today, the oldest first. */
export const arrearsOf = studentRows({
  entity: Arrears,
  group: 'TUITION',
  predicates: {},
  where: (ctx) => ({ dueOn: { $lt: ctx.today } }),
  orderBy: { dueOn: 'asc', billNo: 'asc' },
});
