/** Who asks, as any OpenID Connect provider says it. What he may be is not in the token. */
import type { Clock } from '@chengxin/kit/clock';
import { digest, TOKEN_SIGNATURES } from '@chengxin/kit/call/crypto';
import { fault } from '@chengxin/kit/errors';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { createKeySet } from './key-set.js';

/** Clocks of the provider and the gateway may differ by this much. */
const TOLERANCE_SECONDS = 5;
/** A verified token is not verified again for this long. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_TOKENS = 10_000;
const TYPES = new Set(['at+jwt', 'jwt', 'application/at+jwt', 'application/jwt']);

export interface VerifiedToken {
  /** `sub`: staff number, student number or service name. */
  readonly subject: string;
  /** When the person last logged in (`auth_time`); absent when the provider does not say. */
  readonly authenticatedAt?: Date;
  /** By which class of authentication (`acr`). */
  readonly authenticationClass?: string;
}

export interface TokenVerifier {
  /**
   * @throws UNAUTHENTICATED for every failure. Its `cause` says why, for the log: `TokenRefused`, or
   *   `ProviderUnavailable` when the keys could not be fetched.
   */
  verify(token: string): Promise<VerifiedToken>;
}

/**
 * A verifier of access tokens.
 *
 * @param issuer    Exactly as in the tokens' `iss`.
 * @param audience  What the tokens must be for.
 * @param jwksUrl   Only for a provider without a discovery document.
 */
export function createTokenVerifier(options: {
  issuer: string;
  audience: string;
  clock: Clock;
  jwksUrl?: string;
}): TokenVerifier {
  const { issuer, audience, clock } = options;
  const keys = createKeySet(issuer, options.jwksUrl);
  const remembered = new Map<string, { token: VerifiedToken; until: number }>();

  const check = async (token: string, now: Date): Promise<JWTPayload> => {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: TOKEN_SIGNATURES,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: now,
      requiredClaims: ['exp', 'sub'],
    });
    if (!TYPES.has(String(protectedHeader.typ).toLowerCase()))
      throw new errors.JWTInvalid('unexpected "typ" JWT header value');
    return payload;
  };

  return {
    async verify(token) {
      const now = clock.now();
      const key = digest(token);
      const known = remembered.get(key);
      if (known && now.getTime() < known.until) return known.token;
      remembered.delete(key);
      try {
        const payload = await check(token, now);
        const verified = read(payload, now);
        const until = Math.min((payload.exp ?? 0) * 1000, now.getTime() + REMEMBERED_MS);
        remembered.set(key, { token: verified, until });
        // A map keeps the order of insertion, so its first key is the oldest.
        for (const oldest of remembered.keys()) {
          if (remembered.size <= REMEMBERED_TOKENS) break;
          remembered.delete(oldest);
        }
        return verified;
      } catch (error) {
        throw Object.assign(fault('UNAUTHENTICATED'), { cause: reason(error) });
      }
    },
  };
}

function read(payload: JWTPayload, now: Date): VerifiedToken {
  const { sub, auth_time: at, acr } = payload;
  if (typeof sub !== 'string' || sub === '') throw new errors.JWTInvalid('"sub" is not a text');
  // A log-in in the future would stay fresh for ever, so it counts as not said.
  const latest = now.getTime() / 1000 + TOLERANCE_SECONDS;
  if (typeof at !== 'number' || !(at > 0 && at <= latest)) return { subject: sub };
  const authenticatedAt = new Date(at * 1000);
  return typeof acr === 'string'
    ? { subject: sub, authenticatedAt, authenticationClass: acr }
    : { subject: sub, authenticatedAt };
}

/** jose's errors carry the claims of the token; the log gets their sentence alone. */
const reason = (error: unknown): unknown =>
  error instanceof errors.JOSEError
    ? Object.assign(new Error(error.message), { name: 'TokenRefused', code: error.code })
    : error;
