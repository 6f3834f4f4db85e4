import type { Context } from '@chengxin/kit/call/context';
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { inAppealCase } from '../case/appealed.js';
import { recordIdsOf, visibleAmong } from '../linked-records.loader.js';
import { groupsOpenOfMatter } from '../row-groups/row-groups.predicates.js';
import { SanctionState } from './sanction-state.js';
import { Sanction } from './sanction.entity.js';
import { ownSanctions, sanctionInForce } from './sanction.predicates.js';

const stateOpen = groupsOpenOfMatter<Sanction>('sourceOffice');

/** Sanctions of a student, the latest first; pending and closed ones as 3.2 opens them. */
export const sanctionRows: StudentRows<Sanction> = {
  entity: Sanction,
  group: 'SANCTION_FILES',
  predicates: {
    OWN_MATTER: ownSanctions,
    APPEALED: ({ identity }) => inAppealCase(identity),
  },
  where: (_ctx, access) => ({ $and: [stateOpen(access), sanctionInForce(access)] }),
  orderBy: { decidedOn: 'desc nulls first', id: 'asc' },
};
export const sanctionsOf = studentRows(sanctionRows);

/** Notified of to nobody: its records are those that it names itself. */
const UNNOTIFIED: readonly SanctionState[] = [SanctionState.DRAFT, SanctionState.WITHDRAWN];
const RECORDS = { table: 'conduct_record', owner: 'sanction_id', record: 'id' };

/** Records that a sanction rests on, those that the caller sees. */
export const sanctionRecordIds = (ctx: Context, sanction: Sanction): Promise<string[]> =>
  UNNOTIFIED.includes(sanction.state)
    ? visibleAmong(ctx, sanction.studentNo, sanction.recordIds)
    : recordIdsOf(ctx, RECORDS, sanction);
