/** What an overdue bill is called. Pure: the day is given. Source: T-01, DOMAIN 2.2. */
import { daysBetween } from '@chengxin/kit/clock';
import type { OverdueFlag } from '@chengxin/kit/call/overdue';
import { ArrearsCategory, type Arrears } from './arrears.entity.js';

type Overdue = Pick<
  Arrears,
  'outstandingFen' | 'dueOn' | 'lastPaidOn' | 'deferredUntil' | 'excused' | 'malicious'
>;

/** Category at a day: paid, then deferred, then excused, then what was found, else unexplained. */
export function categoryOf(row: Overdue, on: string): ArrearsCategory {
  if (row.outstandingFen <= 0) return ArrearsCategory.CLEARED;
  if (row.deferredUntil && row.deferredUntil >= on) return ArrearsCategory.DEFERRED;
  if (row.excused) return ArrearsCategory.EXCUSED;
  return row.malicious ? ArrearsCategory.MALICIOUS : ArrearsCategory.UNEXPLAINED;
}

/** Whether one of a student's overdue bills is excused: what the categories say, and no more (note 14). */
export const flagOf = (overdue: readonly Overdue[], on: string): OverdueFlag =>
  overdue.some((row) => categoryOf(row, on) === ArrearsCategory.EXCUSED)
    ? 'EXCUSED'
    : 'NOT_EXCUSED';

/** Calendar days from the due day to the given day, or to the last payment of a cleared bill. */
export const daysOverdueOf = (row: Overdue, on: string): number =>
  daysBetween(row.dueOn, row.outstandingFen > 0 ? on : (row.lastPaidOn ?? on));

const OWED = { outstandingFen: { $gt: 0 } };
const notDeferred = (on: string) => ({
  $or: [{ deferredUntil: null }, { deferredUntil: { $lt: on } }],
});

/** The where-clause that finds what `categoryOf` names; a test holds the two together. */
export function categoryClause(category: ArrearsCategory, on: string): object {
  switch (category) {
    case ArrearsCategory.CLEARED:
      return { outstandingFen: { $lte: 0 } };
    case ArrearsCategory.DEFERRED:
      return { ...OWED, deferredUntil: { $gte: on } };
    case ArrearsCategory.EXCUSED:
      return { ...OWED, ...notDeferred(on), excused: true };
    case ArrearsCategory.MALICIOUS:
      return { ...OWED, ...notDeferred(on), excused: false, malicious: true };
    case ArrearsCategory.UNEXPLAINED:
      return { ...OWED, ...notDeferred(on), excused: false, malicious: false };
    case ArrearsCategory.NONE:
      return { id: null };
  }
}

const BANDS: Partial<Record<ArrearsCategory, ArrearsCategory>> = {
  [ArrearsCategory.CLEARED]: ArrearsCategory.NONE,
  // EXCUSED beside an empty loan list would tell hardship.
  [ArrearsCategory.EXCUSED]: ArrearsCategory.DEFERRED,
  [ArrearsCategory.MALICIOUS]: ArrearsCategory.UNEXPLAINED,
};

/** What counsellors and colleges read: no amount, no malice, no excuse, nothing paid (note 1). */
export const banded = (category: ArrearsCategory): ArrearsCategory => BANDS[category] ?? category;
