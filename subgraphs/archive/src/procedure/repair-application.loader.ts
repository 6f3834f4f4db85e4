import type { Context } from '@chengxin/kit/call/context';
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { recordIdsOf } from '../linked-records.loader.js';
import { groupsOpen } from '../row-groups/row-groups.predicates.js';
import { RepairApplication } from './repair-application.entity.js';
import { handedIn } from './repair-application.predicates.js';

/** Repair applications of a student, the latest first. */
export const repairRows: StudentRows<RepairApplication> = {
  entity: RepairApplication,
  group: 'REPAIRS',
  predicates: {},
  where: (_ctx, access) => ({ $and: [groupsOpen<RepairApplication>(access), handedIn(access)] }),
  orderBy: { recordedAt: 'desc', id: 'asc' },
};
export const repairsOf = studentRows(repairRows);

const RECORDS = { table: 'repair_record', owner: 'repair_id', record: 'record_id' };

/** Records that are to be repaired, those that the caller sees. */
export const repairRecordIds = (ctx: Context, repair: RepairApplication): Promise<string[]> =>
  recordIdsOf(ctx, RECORDS, repair);
