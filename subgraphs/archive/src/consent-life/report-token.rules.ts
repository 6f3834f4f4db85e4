/** What a report token may be issued for. Pure. Source: G21, DOMAIN 2.2, 3.4 note 7. */
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { DAY_MS } from '@chengxin/kit/clock';
import type { Consent } from '../consent/consent.entity.js';
import { templateInForce } from '../consent/consent.rules.js';
import type { ReportToken } from '../consent/report-token.entity.js';

const DAYS_AT_MOST = 30;
const VIEWS_AT_MOST = 50;

/** What is made at random for a token: the digest of what is handed out, and its mark. */
export interface MadeToken {
  readonly tokenHash: string;
  readonly watermark: string;
}

export interface TokenWish {
  readonly maxViews: number;
  readonly expiresAt: string;
}

/**
 * A token under a consent to a report: for its recipient and its template, no longer than the consent.
 *
 * @throws STATE_CONFLICT for a consent that is not in force, or is none to a report; VALIDATION.
 */
export const issued =
  ({ maxViews, expiresAt }: TokenWish, made: MadeToken) =>
  (consent: Consent, { now }: Pick<Act, 'now'>): Changes<ReportToken> => {
    const { consentId, recipientUscc } = consent;
    const reportTemplate = templateInForce(consent, now);
    if (maxViews < 1 || maxViews > VIEWS_AT_MOST)
      throw invalid('maxViews', `1 至 ${VIEWS_AT_MOST} 次。 From 1 to ${VIEWS_AT_MOST}.`);
    const until = new Date(expiresAt);
    const latest = Math.min(+consent.expiresAt, now.getTime() + DAYS_AT_MOST * DAY_MS);
    if (until <= now || until.getTime() > latest)
      throw invalid(
        'expiresAt',
        `须晚于现在，不超过 ${DAYS_AT_MOST} 天，且不晚于授权到期。 After now, within ${DAYS_AT_MOST} days and the consent.`,
      );
    return {
      ...made,
      consentId,
      recipientUscc,
      reportTemplate,
      maxViews,
      usedViews: 0,
      issuedAt: now,
      expiresAt: until,
    };
  };

/** Taken back, run out, or at its end: nothing but the state changes. */
export const ended = (): Changes<ReportToken> => ({});
