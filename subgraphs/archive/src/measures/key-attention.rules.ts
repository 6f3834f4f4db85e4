/** How long key attention lasts, and when it is looked at again. Pure. Source: Z5.3.2, DOMAIN 2.2, 2.4. */
import { addMonths } from '@chengxin/kit/clock';
import { invalid } from '@chengxin/kit/change/errors';

const MONTHS_AT_MOST = 12;
/** Looked at again each so many days. */
export const REVIEW_EVERY_DAYS = 90;

/** @throws VALIDATION for a last day that is not after today, or more than 12 months on. */
export function checkUntil(until: string, today: string): void {
  if (until <= today) throw invalid('until', '须晚于今天。 It ends after today.');
  if (until > addMonths(today, MONTHS_AT_MOST))
    throw invalid(
      'until',
      `最长 ${MONTHS_AT_MOST} 个月。 It lasts ${MONTHS_AT_MOST} months at most.`,
    );
}
