import { randomUUID } from 'node:crypto';
import type { Clock } from '@chengxin/kit/clock';
import type { Log } from '@chengxin/kit/server/log';
import { digest } from '@chengxin/kit/call/crypto';
import { fault, isFault } from '@chengxin/kit/errors';
import type { HttpRequest } from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Rates } from '../limits/rates.js';
import {
  chooseIdentity,
  NO_GRANT,
  publicIdentity,
  type Requested,
  type Wanted,
} from './choose.rules.js';
import { employerIdentity } from './employer.rules.js';
import { ProviderUnavailable } from './key-set.js';
import type { ActorReader } from './actor.js';
import type { TokenVerifier, VerifiedToken } from './token.js';

export interface IdentifyParts {
  readonly tokens: TokenVerifier;
  readonly actorOf: ActorReader;
  readonly clock: Clock;
  readonly rates: Rates;
  /** Classes of authentication (`acr`) that prove a second factor (F-05). */
  readonly secondFactors: ReadonlySet<string>;
  readonly log: Log;
}

const BEARER = /^Bearer ([\w.~+/=-]+)$/i;

type Asker = Pick<HttpRequest, 'headers' | 'address'>;

const header = (request: Asker, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Role, purpose, reference and case travel in headers alone (DOMAIN 2.7); an empty one says nothing. */
function askedOf(request: Asker): Requested {
  const entries = [
    ['role', header(request, 'x-role')],
    ['purpose', header(request, 'x-purpose')],
    ['reference', header(request, 'x-reference')],
    ['caseId', header(request, 'x-case')],
  ].filter(([, value]) => value);
  return Object.fromEntries(entries) as Requested;
}

/**
 * Whether the caller asks what he would get, and no more (DOMAIN 3.1).
 *
 * @throws VALIDATION when `x-dry-run` is neither true nor false: nothing is done by mistake.
 */
export function isDryRun(request: Asker): boolean {
  const value = header(request, 'x-dry-run') ?? 'false';
  if (value !== 'true' && value !== 'false') throw fault('VALIDATION', 'x-dry-run: true, false.');
  return value === 'true';
}

/** The token of a request, verified; undefined when it carries none. */
async function tokenOf(request: Asker, tokens: TokenVerifier): Promise<VerifiedToken | undefined> {
  const authorization = header(request, 'authorization');
  if (authorization === undefined) return undefined;
  const token = BEARER.exec(authorization)?.[1];
  if (!token) throw fault('UNAUTHENTICATED');
  return tokens.verify(token);
}

/**
 * The same, counted before the archive is called. A token is looked at even when its
 * address has sent too many requests, so that one machine cannot shut out the others behind its address.
 */
async function countedTokenOf(request: Asker, { tokens, rates }: IdentifyParts) {
  let token: VerifiedToken | undefined;
  try {
    token = await tokenOf(request, tokens);
  } catch (error) {
    // That the provider does not answer is not the caller's doing.
    if (!((error as Error).cause instanceof ProviderUnavailable)) await rates.countAddress(request);
    throw error;
  }
  await (token ? rates.countSubject(token.subject) : rates.countAddress(request));
  return token;
}

/** An employer has no login: the report token is all that he shows (SC-06). */
async function identifyEmployer(token: string, requestId: string, parts: IdentifyParts) {
  const { actorOf, clock } = parts;
  const actor = await actorOf({ subject: 'employer', tokenHash: digest(token) });
  return employerIdentity(actor, clock.now(), requestId);
}

/** When the person last proved a second factor, where the provider says so (F-05). */
function secondFactorOf(
  { authenticatedAt, authenticationClass = '' }: VerifiedToken,
  { secondFactors }: IdentifyParts,
): Pick<Identity, 'secondFactorAt'> {
  const isProved = authenticatedAt && secondFactors.has(authenticationClass);
  return isProved ? { secondFactorAt: authenticatedAt.getTime() } : {};
}

async function identityOf(
  request: Asker,
  token: VerifiedToken | undefined,
  requestId: string,
  parts: IdentifyParts,
  wanted: Wanted | undefined,
): Promise<Identity> {
  const reportToken = header(request, 'x-report-token');
  if (reportToken && token)
    throw fault('VALIDATION', 'x-report-token: 不得同时登录。 Not together with a login.');
  if (reportToken) return identifyEmployer(reportToken, requestId, parts);
  if (!token) return publicIdentity(requestId);
  const { subject } = token;
  const requested = askedOf(request);
  const { caseId, reference } = requested;
  const actor = await parts.actorOf({
    subject,
    ...(caseId && { caseId }),
    ...(reference && { reference }),
  });
  const now = parts.clock.now();
  try {
    const caller = { subject, actor, requested, now, requestId, ...(wanted && { wanted }) };
    return { ...chooseIdentity(caller), ...secondFactorOf(token, parts) };
  } catch (error) {
    // Whoever grants finds here who waits for it: the subject is what a grant is given to.
    if (isFault(error) && error.extensions['reason'] === NO_GRANT)
      parts.log.warn({ reason: NO_GRANT, subject, requestId }, 'somebody is logged in and unknown');
    throw error;
  }
}

/** Who asks, and the same once more by what the archive says then, of the same request. */
export interface Identified {
  readonly identity: Identity;
  readonly identifyAgain: () => Promise<Identity>;
}

/**
 * Who asks, from token and headers. Throws as `chooseIdentity` does, and RATE_LIMITED.
 *
 * @param wanted  What the caller is about to do, when he names neither role nor purpose.
 */
export async function identify(
  request: Asker,
  parts: IdentifyParts,
  wanted?: Wanted,
): Promise<Identified> {
  const requestId = randomUUID();
  const token = await countedTokenOf(request, parts);
  const identifyAgain = () => identityOf(request, token, requestId, parts, wanted);
  return { identity: await identifyAgain(), identifyAgain };
}
