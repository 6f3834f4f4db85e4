/**
 * Signed calls between the parts: who calls whom, about which bytes, for at most 15 seconds.
 * The gateway's calls carry the identity of the caller (the call context); the offices' calls to
 * each other's feed carry the name of the office alone. Source: ARCHITECTURE §3, DOMAIN 3.1.
 */
import type { Clock } from '../clock.js';
import { digest } from './crypto.js';
import { fault } from '../errors.js';
import type { Identity } from './identity.js';
import { openToken, signToken, type CallClaims } from './call-token.js';
import type { Keyring } from './keyring.js';
import { isRole } from '../privacy/roles.js';

/** How long a signed call is good for, in seconds by the clock of the one who signed it. */
const CALL_SECONDS = 10;
/** The clocks of two machines may differ by this much; with it a call never holds above 15 s. */
const SKEW_SECONDS = 5;
/** The gateway waits so long for the answer of an office; what an office waits for is shorter. */
export const GATEWAY_WAITS_MS = 5000;
/** Header that carries the signature. */
export const CALL_HEADER = 'x-call-context';

export interface Call {
  readonly issuer: string;
  readonly identity?: Identity;
}

/** What is signed: these bytes, for this path of this receiver, and for no other use. */
export interface SignedRequest {
  readonly to: string;
  /** `/graphql` */
  readonly path: string;
  readonly body: string | Buffer;
}
/** The same for bytes that lie in a file. */
export interface SignedFile extends Omit<SignedRequest, 'body'> {
  readonly digest: string;
}

/** Sign one body for one path of one receiver. */
export async function signCall(
  keyring: Keyring,
  clock: Clock,
  signed: SignedRequest | SignedFile,
  identity?: Identity,
): Promise<string> {
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  const { to, path } = signed;
  const body = 'digest' in signed ? signed.digest : digest(signed.body);
  return signToken(keyring.signing, {
    path,
    body,
    ...(identity && { identity }),
    iss: keyring.party,
    aud: to,
    iat: issuedAt,
    exp: issuedAt + CALL_SECONDS,
  });
}

/** The claims of a call that is signed with a key of the party it says it is from. */
function claimsOf(keyring: Keyring, issuers: readonly string[], token: string): CallClaims {
  return openToken(token, (iss, kid) =>
    // No party speaks for another.
    issuers.includes(iss) ? keyring.publicKey(iss, kid) : undefined,
  );
}

/** @throws Error for a call to somebody else, or at another time. */
function checkClaims({ aud, iat, exp }: CallClaims, party: string, clock: Clock): void {
  const now = Math.floor(clock.now().getTime() / 1000);
  if (aud !== party) throw new Error('The call is for another party.');
  if (iat > now + SKEW_SECONDS) throw new Error('The call was signed in the future.');
  if (exp <= now - SKEW_SECONDS || now - iat > CALL_SECONDS + SKEW_SECONDS)
    throw new Error('The call is too old.');
}

/** A call whose bytes have not come yet: these alone are meant. */
export interface AnnouncedCall extends Call {
  readonly digest: string;
}

/**
 * Check a signed call before its bytes are read.
 *
 * @param issuers  Parties that may make this call.
 * @throws UNAUTHENTICATED for a missing, stale, foreign or altered one; the reason is its `cause`.
 */
export async function verifyHead(
  keyring: Keyring,
  clock: Clock,
  issuers: readonly string[],
  token: string | undefined,
  path: string,
): Promise<AnnouncedCall> {
  try {
    const claims = claimsOf(keyring, issuers, token ?? '');
    checkClaims(claims, keyring.party, clock);
    if (claims.path !== path) throw new Error('The path is not the signed one.');
    const { identity } = claims;
    if (identity && !isRole(identity.role)) throw new Error('The call names an unknown role.');
    const announced = { issuer: claims.iss, digest: claims.body };
    return { ...announced, ...(identity && { identity }) };
  } catch (cause) {
    throw Object.assign(fault('UNAUTHENTICATED'), { cause });
  }
}

/** @throws UNAUTHENTICATED for other bytes than those that were signed. */
export function verifyBytes(announced: AnnouncedCall, bytes: Buffer): void {
  if (announced.digest === digest(bytes)) return;
  const cause = new Error('The body is not the signed one.');
  throw Object.assign(fault('UNAUTHENTICATED'), { cause });
}

/**
 * Check a signed call over the raw bytes that arrived.
 *
 * @param arrived  The path and the bytes, as they came.
 * @throws As `verifyHead`.
 */
export async function verifyCall(
  keyring: Keyring,
  clock: Clock,
  issuers: readonly string[],
  token: string | undefined,
  { path, body }: { readonly path: string; readonly body: Buffer },
): Promise<Call> {
  const { digest: announced, ...call } = await verifyHead(keyring, clock, issuers, token, path);
  verifyBytes({ ...call, digest: announced }, body);
  return call;
}
