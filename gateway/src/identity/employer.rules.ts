/** Who holds a report token: an employer, for one report of one student. Pure. Source: DOMAIN 3.4 (7). */
import { fault } from '@chengxin/kit/errors';
import type { Identity } from '@chengxin/kit/call/identity';
import { untilOf } from './choose.rules.js';
import type { Actor } from './actor.js';

const hasCome = (at: string, now: Date): boolean => Date.parse(at) <= now.getTime();

/**
 * The identity of a request with a report token. It names the token's record, never the token.
 *
 * @throws UNAUTHENTICATED for a token that nobody issued; CONSENT_EXPIRED, TOKEN_EXPIRED.
 */
export function employerIdentity(actor: Actor, now: Date, requestId: string): Identity {
  const { token } = actor;
  if (!token) throw fault('UNAUTHENTICATED');
  // Withdrawn first: what the student took back is answered as that, whatever the token says.
  if (token.withdrawnAt !== null) throw fault('CONSENT_EXPIRED', 'x-report-token');
  const isOpen = hasCome(token.opensAt, now) && !hasCome(token.expiresAt, now);
  if (!token.usable || !isOpen) throw fault('TOKEN_EXPIRED', 'x-report-token');
  if (hasCome(token.consentExpiresAt, now)) throw fault('CONSENT_EXPIRED', 'x-report-token');
  return {
    subject: `token:${token.tokenId}`,
    role: 'EMPLOYER_TOKEN',
    orgs: [],
    purpose: 'EMPLOYER_REPORT',
    reference: token.tokenId,
    requestId,
    ...untilOf(actor, [Date.parse(token.expiresAt), Date.parse(token.consentExpiresAt)]),
    groups: [],
    deniedAtGateway: [],
  };
}
