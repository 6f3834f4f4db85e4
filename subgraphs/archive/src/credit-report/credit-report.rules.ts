/** What a report may be issued for. Pure. Source: Z2.1, G21, L-09, DOMAIN 3.6. */
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { DAY_MS } from '@chengxin/kit/clock';
import type { Consent } from '../consent/consent.entity.js';
import { templateInForce } from '../consent/consent.rules.js';
import type { CreditReport, CreditReportForm } from './credit-report.entity.js';

const DAYS_AT_LEAST = 7;
const DAYS_AT_MOST = 180;
/** Reports of one student that run at a time. */
export const RUNNING_AT_MOST = 20;

export interface ReportWish {
  readonly form: CreditReportForm;
  readonly validDays: number;
  readonly watermark: string;
}

type Issued = Omit<Changes<CreditReport>, 'statusIdx'> &
  Pick<CreditReport, 'issuedAt' | 'expiresAt'>;

/**
 * A report under a consent to one: for its recipient and its template, no longer than the consent.
 *
 * @throws STATE_CONFLICT for a consent that is not in force, or is none to a report; VALIDATION.
 */
export function issued(
  { form, validDays, watermark }: ReportWish,
  consent: Consent,
  { now }: Pick<Act, 'now'>,
): Issued {
  const { consentId } = consent;
  const reportTemplate = templateInForce(consent, now);
  const expiresAt = new Date(now.getTime() + validDays * DAY_MS);
  if (validDays < DAYS_AT_LEAST || validDays > DAYS_AT_MOST || expiresAt > consent.expiresAt)
    throw invalid(
      'validDays',
      `${DAYS_AT_LEAST} 至 ${DAYS_AT_MOST} 天，且不晚于授权到期。 From ${DAYS_AT_LEAST} to ${DAYS_AT_MOST} days, within the consent.`,
    );
  return { consentId, form, reportTemplate, watermark, issuedAt: now, expiresAt, timesVerified: 0 };
}

/** @throws STATE_CONFLICT where so many run that one more would be one too many. */
export function requireRoom(running: number): void {
  if (running >= RUNNING_AT_MOST)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      `同时有效的报告最多 ${RUNNING_AT_MOST} 份，请先撤销。 ${RUNNING_AT_MOST} reports run at most; revoke one first.`,
    );
}

/** Taken back: nothing but the state changes. */
export const revoked = (): Changes<CreditReport> => ({});
