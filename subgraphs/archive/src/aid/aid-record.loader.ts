import type { Context } from '@chengxin/kit/call/context';
import { studentRows, type RowAccess } from '@chengxin/kit/read/rows';
import { AidKind, AidRecord } from './aid-record.entity.js';

const orderBy = { academicYear: 'desc', decidedOn: 'desc', id: 'asc' } as const;
/** `OWN_PROVIDER`: aid is no provider's row. */
const noRow = () => ({ id: null }) as never;

/** `IN_AID_ROUND`: facts of the round that the request names, which the decision found open (note 9). */
const ofTheRound = ({ identity }: RowAccess) => ({
  roundIds: { $contains: [identity.reference ?? ''] },
});

const GRANTED = { kind: { $ne: AidKind.HARDSHIP } };
/** A finding of hardship is a hardship fact too, its very existence: it needs both groups (3.1, F-04). */
function hardshipOpen(access: RowAccess) {
  if (!access.opens('HARDSHIP')) return GRANTED;
  const isInRound = access.predicates('HARDSHIP').includes('IN_AID_ROUND');
  return isInRound ? { $or: [GRANTED, ofTheRound(access)] } : {};
}

/** Aid of a student, the latest year first. */
export const aidRecordsOf = studentRows<AidRecord>({
  entity: AidRecord,
  group: 'LOANS_AND_AID',
  predicates: { OWN_PROVIDER: noRow },
  where: (_ctx, access) => hardshipOpen(access),
  orderBy,
});

/** Records that find a hardship, the latest first. */
export const hardshipsOf = studentRows<AidRecord>({
  entity: AidRecord,
  group: 'HARDSHIP',
  predicates: { IN_AID_ROUND: ofTheRound },
  where: () => ({ hardshipLevel: { $ne: null } }),
  orderBy,
});

/** Whether the hardship facts of this record are among those that the caller may read (note 9). */
export const isInRound = (ctx: Context, { studentNo, roundIds }: AidRecord): boolean =>
  !ctx.predicates('HARDSHIP', studentNo).includes('IN_AID_ROUND') ||
  roundIds.includes(ctx.identity.reference ?? '');
