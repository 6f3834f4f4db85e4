/** What excuses an unpaid bill, as far as the archive knows. Pure. Source: DOMAIN T-01, note 14. */
import { LoanState } from './loan-record.entity.js';

/** A pending loan: applied for, not paid out yet. */
export const EXCUSING_STATES = [LoanState.APPLIED, LoanState.APPROVED, LoanState.SIGNED] as const;
