/** When a consent is in force, and what stands under it. Pure. Source: DOMAIN 2.4, INV-10. */
import { ConsentPurpose, type Consent } from './consent.entity.js';

export type ConsentState = 'REQUESTED' | 'GRANTED' | 'WITHDRAWN' | 'EXPIRED';

/** By its instants: none of them can contradict a state beside them. */
export function stateOf(
  consent: Pick<Consent, 'grantedAt' | 'withdrawnAt' | 'expiresAt'>,
  at: Date,
): ConsentState {
  if (!consent.grantedAt) return 'REQUESTED';
  if (consent.withdrawnAt && consent.withdrawnAt <= at) return 'WITHDRAWN';
  return consent.expiresAt <= at ? 'EXPIRED' : 'GRANTED';
}

/** What a consent says of whose facts may stand under it. */
export type Cover = Pick<Consent, 'consentId' | 'studentNo' | 'purpose' | 'recipientUscc'> & {
  /** Given, not withdrawn at all, not yet at its end. */
  readonly isInForce: boolean;
};

/** Whether facts that a provider reported of a student may stand under a consent (INV-10, T-04). */
export const covers = (
  cover: Cover,
  { studentNo, provider }: Readonly<Record<string, unknown>>,
): boolean =>
  cover.isInForce &&
  cover.purpose === ConsentPurpose.THIRD_PARTY_COLLECT &&
  cover.studentNo === studentNo &&
  cover.recipientUscc === provider;
