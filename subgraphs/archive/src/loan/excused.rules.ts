/** What excuses an unpaid bill, as far as the archive knows. Pure. Source: DOMAIN T-01, note 14. */
import { LoanState } from './loan-record.entity.js';

/** A pending loan: applied for, not paid out yet. */
export const EXCUSING_STATES = [LoanState.APPLIED, LoanState.APPROVED, LoanState.SIGNED] as const;

/** First month of an academic year. */
const FIRST_MONTH = 9;

/** `2026-04-12` → `2025-2026`. */
export function academicYearOf(day: string): string {
  const year = Number(day.slice(0, 4));
  const first = Number(day.slice(5, 7)) < FIRST_MONTH ? year - 1 : year;
  return `${first}-${first + 1}`;
}
