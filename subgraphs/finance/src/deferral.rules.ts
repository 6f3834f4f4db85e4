/** To which day a bill may be deferred, and what a decision writes. Pure. Source: T-01, W-07. */
import { addDays } from '@chengxin/kit/clock';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Bill } from './bill.entity.js';
import type { Deferral } from './deferral.entity.js';

/** A bill is deferred by a year at most `[P]`. */
const DAYS_AT_MOST = 365;

const PAID = '该账单已缴清。 The bill is paid.';
const UNFIT_TO_REQUEST =
  '缓交日期须晚于今天和缴费截止日，且不超过截止日后一年。 After today and the due day, within a year of the due day.';
const UNFIT_TO_APPROVE =
  '缓交日期须晚于今天，且不晚于所申请的日期。 After today, and not after the requested day.';

/** What is still owed of a bill, in fen. */
export interface Owed {
  readonly owedFen: number;
}

export interface Wish {
  readonly until: string;
  readonly reason?: string;
}

/**
 * A deferral of a bill; also of one that is overdue, which is when students ask (W-07).
 *
 * @throws STATE_CONFLICT for a bill that is paid; VALIDATION for an unfit day, or without a reason.
 */
export const requested =
  ({ until, reason = '' }: Wish) =>
  ({ billNo, dueOn }: Bill, { owedFen }: Owed, { today }: Act): Changes<Deferral> => {
    if (owedFen <= 0) throw changeFault(ChangeErrorCode.STATE_CONFLICT, PAID);
    if (until <= today || until <= dueOn || until > addDays(dueOn, DAYS_AT_MOST))
      throw invalid('until', UNFIT_TO_REQUEST);
    if (!reason.trim()) throw invalid('reason', '请说明缓交原因。 Say why it is to be deferred.');
    return { billNo, until, reason, evidence: [] };
  };

/**
 * Approved, to the requested day or to an earlier one.
 *
 * @throws VALIDATION for an unfit day.
 */
export const approved =
  ({ until }: { readonly until?: string }) =>
  (row: Deferral, { by, now, today }: Act): Changes<Deferral> => {
    const day = until ?? row.until;
    if (day <= today || day > row.until) throw invalid('until', UNFIT_TO_APPROVE);
    return { until: day, approvedBy: by.subject, approvedAt: now };
  };

/** Refused: by whom and when. */
export const refused = (_: Deferral, { by, now }: Act): Changes<Deferral> => ({
  approvedBy: by.subject,
  approvedAt: now,
});

/** Taken back by the student; nothing but the state changes. */
export const withdrawn = (): Changes<Deferral> => ({});
