import { studentRows } from '@chengxin/kit/read/rows';
import { AcademicSummary } from './academic-summary.entity.js';

/** The summary of a student: one row or none. */
export const summariesOf = studentRows({
  entity: AcademicSummary,
  group: 'ACADEMIC_SUMMARY',
  predicates: {},
  orderBy: { id: 'asc' },
});
