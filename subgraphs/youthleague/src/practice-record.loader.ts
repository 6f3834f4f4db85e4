import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { PracticeRecord } from './practice-record.entity.js';
import { youthPredicates } from './youth-record.rules.js';

/** How they are read by everybody, the office's own list included. */
export const practiceRows: StudentRows<PracticeRecord> = {
  entity: PracticeRecord,
  group: 'GOOD_CONDUCT',
  predicates: youthPredicates(),
  orderBy: { practisedOn: 'desc', id: 'asc' },
};

/** Practice records of a student, the latest first. */
export const practicesOf = studentRows(practiceRows);
