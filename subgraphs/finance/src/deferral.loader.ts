import { studentRows } from '@chengxin/kit/read/rows';
import { Deferral } from './deferral.entity.js';

/** Deferrals of a student, the latest first. */
export const deferralsOf = studentRows({
  entity: Deferral,
  group: 'TUITION',
  predicates: {},
  orderBy: { until: 'desc', id: 'asc' },
});
