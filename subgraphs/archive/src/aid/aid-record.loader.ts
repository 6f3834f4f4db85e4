import type { Context } from '@chengxin/kit/context';
import { studentRows } from '@chengxin/kit/rows';
import { AidRecord } from './aid-record.entity.js';

const orderBy = { academicYear: 'desc', decidedOn: 'desc', id: 'asc' } as const;
/** `OWN_PROVIDER`: aid is no provider's row. */
const noRow = () => ({ id: null }) as never;

/** Aid of a student, the latest year first. */
export const aidRecordsOf = studentRows<AidRecord>({
  entity: AidRecord,
  group: 'LOANS_AND_AID',
  predicates: { OWN_PROVIDER: noRow },
  orderBy,
});

/** Records that find a hardship, the latest first. */
export const hardshipsOf = studentRows<AidRecord>({
  entity: AidRecord,
  group: 'HARDSHIP',
  predicates: {
    // Note 9: facts of the round that the request names, which the decision found open.
    IN_AID_ROUND: ({ identity }) => ({ roundIds: { $contains: [identity.reference ?? ''] } }),
  },
  where: () => ({ hardshipLevel: { $ne: null } }),
  orderBy,
});

/** Whether the hardship facts of this record are among those that the asker may read (note 9). */
export const isInRound = (ctx: Context, { studentNo, roundIds }: AidRecord): boolean =>
  !ctx.predicates('HARDSHIP', studentNo).includes('IN_AID_ROUND') ||
  roundIds.includes(ctx.identity.reference ?? '');
