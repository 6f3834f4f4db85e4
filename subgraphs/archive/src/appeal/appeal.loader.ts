import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { groupsOpenOfMatter } from '../row-groups/row-groups.predicates.js';
import { Appeal } from './appeal.entity.js';
import { ownCase, ownFact } from './appeal.predicates.js';

/** Appeals of a student, the latest first; each takes the groups of its target as well. */
export const appealRows: StudentRows<Appeal> = {
  entity: Appeal,
  group: 'APPEALS',
  predicates: {
    TARGET_ALLOWED: groupsOpenOfMatter<Appeal>('targetOffice'),
    OWN_FACT: ownFact,
    APPEALED: ownCase,
  },
  orderBy: { filedAt: 'desc', id: 'asc' },
};
export const appealsOf = studentRows(appealRows);
