/** What a caller reads of a verification. Pure. Source: field-groups.csv, Verification.state. */
import { VerificationState } from './archive-state.js';

/** An appeal is visible to those alone to whom appeals are open. */
export const shownVerification = (
  state: VerificationState,
  seesAppeals: boolean,
): VerificationState =>
  state === VerificationState.CONFIRMED_WITH_APPEAL && !seesAppeals
    ? VerificationState.CONFIRMED
    : state;
