/** When a consent is in force. Pure. Source: DOMAIN 2.4. */
import type { Consent } from './consent.entity.js';

export type ConsentState = 'GRANTED' | 'WITHDRAWN' | 'EXPIRED';

export function stateOf(
  consent: Pick<Consent, 'withdrawnAt' | 'expiresAt'>,
  at: Date,
): ConsentState {
  if (consent.withdrawnAt && consent.withdrawnAt <= at) return 'WITHDRAWN';
  return consent.expiresAt <= at ? 'EXPIRED' : 'GRANTED';
}
