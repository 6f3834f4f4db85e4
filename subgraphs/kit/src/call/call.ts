/**
 * Signed calls between the parts: who calls whom, about which bytes, for at most 15 seconds.
 * The gateway's calls carry the identity of the caller (the call context); the offices' calls to
 * each other's feed carry the name of the office alone. Source: ARCHITECTURE §3, DOMAIN 3.1.
 */
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../clock.js';
import { digest, SIGNATURE } from './crypto.js';
import { fault } from '../errors.js';
import type { Identity } from './identity.js';
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
const TYPE = 'call+jwt';

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
export function signCall(
  keyring: Keyring,
  clock: Clock,
  signed: SignedRequest | SignedFile,
  identity?: Identity,
): Promise<string> {
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  const { to, path } = signed;
  const body = 'digest' in signed ? signed.digest : digest(signed.body);
  return new SignJWT({ path, body, ...(identity && { identity }) })
    .setProtectedHeader({ alg: SIGNATURE, kid: keyring.signing.kid, typ: TYPE })
    .setIssuer(keyring.party)
    .setAudience(to)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + CALL_SECONDS)
    .sign(keyring.signing.key);
}

/** The key of the party that a call says it is from: no party speaks for another. */
function keyOf(keyring: Keyring, issuers: readonly string[], token: string, kid: string) {
  const { iss = '' } = decodeJwt(token);
  const key = issuers.includes(iss) ? keyring.publicKey(iss, kid) : undefined;
  if (!key) throw new Error('The call is signed with a key that no caller here has.');
  return key;
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
    const given = token ?? '';
    const { payload } = await jwtVerify(
      given,
      ({ kid }) => keyOf(keyring, issuers, given, kid ?? ''),
      {
        issuer: [...issuers],
        audience: keyring.party,
        algorithms: [SIGNATURE],
        typ: TYPE,
        maxTokenAge: CALL_SECONDS,
        clockTolerance: SKEW_SECONDS,
        currentDate: clock.now(),
        requiredClaims: ['exp', 'iat', 'path', 'body'],
      },
    );
    if (payload['path'] !== path) throw new Error('The path is not the signed one.');
    const identity = payload['identity'] as Identity | undefined;
    if (identity && !isRole(identity.role)) throw new Error('The call names an unknown role.');
    const announced = { issuer: payload.iss ?? '', digest: String(payload['body']) };
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
