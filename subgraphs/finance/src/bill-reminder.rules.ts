/** Of which bills a student is reminded, and when. Pure. Source: W-07, T-01. */
import { addDays } from '@chengxin/kit/clock';
import { ArrearsCategory } from './arrears.entity.js';
import { categoryClause } from './arrears.rules.js';

/** How a reminder stands to the last day of payment. */
export type ReminderStage = 'DUE_SOON' | 'OVERDUE';
export const STAGES: readonly ReminderStage[] = ['DUE_SOON', 'OVERDUE'];

const DAYS_BEFORE = 15;
const DAYS_AFTER = 30;

/** Last days of payment of the bills that are in a stage at a day. */
const dueDays: Readonly<Record<ReminderStage, (on: string) => object>> = {
  DUE_SOON: (on) => ({ $gte: on, $lte: addDays(on, DAYS_BEFORE) }),
  OVERDUE: (on) => ({ $lte: addDays(on, -DAYS_AFTER) }),
};

/**
 * The where-clause of the bills in a stage. A deferral and an excuse end it, as payment does. Malice does
 * not: who may not know of it would read it from a warning that has ended (note 1).
 */
export const stageClause = (stage: ReminderStage, on: string): object => ({
  dueOn: dueDays[stage](on),
  $or: [ArrearsCategory.UNEXPLAINED, ArrearsCategory.MALICIOUS].map((one) =>
    categoryClause(one, on),
  ),
});
