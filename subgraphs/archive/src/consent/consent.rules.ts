/** When a consent is in force, and what stands under it. Pure. Source: DOMAIN 2.4, INV-10. */
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
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

/**
 * The template of a consent to a report that is in force.
 *
 * @throws STATE_CONFLICT for one that is not, or is none to a report.
 */
export function templateInForce(consent: Consent, at: Date): string {
  const { purpose, reportTemplate } = consent;
  const isToReport = purpose === ConsentPurpose.EMPLOYER_REPORT;
  if (!isToReport || !reportTemplate || stateOf(consent, at) !== 'GRANTED')
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '须有有效的用人单位报告授权。 A consent to an employer report must be in force.',
    );
  return reportTemplate;
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
