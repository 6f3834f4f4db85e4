import type { TestCollege } from './college.js';
import { asOwner } from './sql.js';

/** A measure that may follow for a student. */
export const LISTED = 'ML-LISTED';

const ITEM = [
  `insert into meeting (meeting_id, year, organiser, planned_on, state, head_approved_on, held_on)
   values ('M-LIST', 2026, 'SAO', '2026-01-10', 'HELD', '2026-01-01', '2026-01-10')
   on conflict do nothing`,
  `insert into resolution values ('R-LIST', 'M-LIST', '惩戒措施清单') on conflict do nothing`,
  `insert into measure_list_item values ('${LISTED}', '校规', 'STUDENT', '谈话提醒', 'SAO', 'R-LIST')
   on conflict do nothing`,
];

/**
 * Put it on the list, by the resolution of a meeting that was held. From then on sanctions name an item
 * of the list as well (L-16).
 */
export async function listMeasure(college: TestCollege): Promise<void> {
  for (const sql of ITEM) await asOwner(college, 'archive', sql);
}
