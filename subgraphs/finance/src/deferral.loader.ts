import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { Deferral } from './deferral.entity.js';

/** Deferrals of a student, the latest first. */
export const deferralRows: StudentRows<Deferral> = {
  entity: Deferral,
  group: 'TUITION',
  predicates: {},
  orderBy: { until: 'desc', id: 'asc' },
};
export const deferralsOf = studentRows(deferralRows);
