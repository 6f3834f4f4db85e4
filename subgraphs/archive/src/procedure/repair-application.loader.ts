import { studentRows } from '@chengxin/kit/read/rows';
import { groupsOpen } from '../row-groups/row-groups.predicates.js';
import { RepairApplication } from './repair-application.entity.js';
import { notDraft } from './repair-application.predicates.js';

/** Repair applications of a student, the latest first. */
export const repairsOf = studentRows<RepairApplication>({
  entity: RepairApplication,
  group: 'REPAIRS',
  predicates: {},
  where: (_ctx, access) => ({ $and: [groupsOpen<RepairApplication>(access), notDraft(access)] }),
  orderBy: { recordedAt: 'desc', id: 'asc' },
});
