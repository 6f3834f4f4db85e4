/**
 * Signed calls between the parts: who calls whom, about which bytes, for at most 15 seconds.
 * The gateway's calls carry the identity of the asker (the call context); the offices' calls to
 * each other's feed carry the caller's name alone. Source: ARCHITECTURE §3, DOMAIN 3.1.
 */
import { jwtVerify, SignJWT } from 'jose';
import type { Clock } from './clock.js';
import { digest, SIGNATURE } from './crypto.js';
import { fault } from './errors.js';
import type { Identity } from './identity.js';
import type { Keyring } from './keyring.js';
import { isRole } from './privacy/roles.js';

/** How long a signed call is good for, in seconds. */
export const CALL_SECONDS = 15;
/** Header that carries the signature. */
export const CALL_HEADER = 'x-call-context';
const TYPE = 'call+jwt';

export interface Call {
  readonly issuer: string;
  readonly identity?: Identity;
}

/** Sign one body for one receiver. */
export function signCall(
  keyring: Keyring,
  clock: Clock,
  audience: string,
  body: string | Buffer,
  identity?: Identity,
): Promise<string> {
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT({ body: digest(body), ...(identity && { identity }) })
    .setProtectedHeader({ alg: SIGNATURE, kid: keyring.signing.kid, typ: TYPE })
    .setIssuer(keyring.party)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + CALL_SECONDS)
    .sign(keyring.signing.key);
}

/**
 * Check a signed call over the raw bytes that arrived.
 *
 * @param issuers  Parties that may make this call.
 * @throws UNAUTHENTICATED for a missing, stale, foreign or altered one; the reason is its `cause`.
 */
export async function verifyCall(
  keyring: Keyring,
  clock: Clock,
  issuers: readonly string[],
  token: string | undefined,
  body: Buffer,
): Promise<Call> {
  try {
    const { payload } = await jwtVerify(
      token ?? '',
      ({ kid }) => {
        const issuer = issuers.find((name) => keyring.publicKey(name, kid ?? ''));
        const key = issuer && keyring.publicKey(issuer, kid ?? '');
        if (!key) throw new Error('The call is signed with a key that no caller here has.');
        return key;
      },
      {
        issuer: [...issuers],
        audience: keyring.party,
        algorithms: [SIGNATURE],
        typ: TYPE,
        maxTokenAge: CALL_SECONDS,
        currentDate: clock.now(),
        requiredClaims: ['exp', 'iat', 'body'],
      },
    );
    if (payload['body'] !== digest(body)) throw new Error('The body is not the signed one.');
    const identity = payload['identity'] as Identity | undefined;
    if (identity && !isRole(identity.role)) throw new Error('The call names an unknown role.');
    return { issuer: payload.iss ?? '', ...(identity && { identity }) };
  } catch (cause) {
    throw Object.assign(fault('UNAUTHENTICATED'), { cause });
  }
}
