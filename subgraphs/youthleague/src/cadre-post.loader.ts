import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { CadrePost } from './cadre-post.entity.js';
import { youthPredicates } from './youth-record.rules.js';

/** How they are read by everybody, the office's own list included. */
export const cadrePostRows: StudentRows<CadrePost> = {
  entity: CadrePost,
  group: 'GOOD_CONDUCT',
  predicates: youthPredicates(),
  orderBy: { from: 'desc', id: 'asc' },
};

/** Cadre posts of a student, the latest first. */
export const cadrePostsOf = studentRows(cadrePostRows);
