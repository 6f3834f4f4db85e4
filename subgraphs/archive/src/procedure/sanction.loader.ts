import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { inAppealCase } from '../case/appealed.js';
import { groupsOpenOfMatter } from '../row-groups/row-groups.predicates.js';
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
