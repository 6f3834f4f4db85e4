/** What goes of a student to the province. */
import { studentRows } from '@chengxin/kit/read/rows';
import { groupsOpen } from '../row-groups/row-groups.predicates.js';
import { Submission } from './submission.entity.js';
import { approvedOnly, ofDiscipline } from './submission.predicates.js';

/** Submissions of a student, the latest first; one whose record is over is closed with it. */
export const submissionsOf = studentRows<Submission>({
  entity: Submission,
  group: 'SUBMISSIONS',
  predicates: { SUBMITTED: approvedOnly, OWN_DOMAIN: ofDiscipline },
  where: (_ctx, access) => groupsOpen<Submission>(access),
  orderBy: { createdAt: 'desc', id: 'asc' },
});
