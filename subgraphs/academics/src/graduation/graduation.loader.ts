import { studentRows } from '@chengxin/kit/read/rows';
import { Graduation } from './graduation.entity.js';

/** The graduation of a student: one row or none. */
export const graduationRows = {
  entity: Graduation,
  group: 'ACADEMIC_SUMMARY',
  predicates: {},
  orderBy: { id: 'asc' },
} as const;

export const graduationsOf = studentRows<Graduation>(graduationRows);
