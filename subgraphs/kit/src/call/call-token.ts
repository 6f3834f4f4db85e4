/**
 * The text of a signed call: a JSON Web Signature in its compact form (RFC 7515) of one algorithm and
 * one type. Each office verifies one for every fetch, so it is signed and verified in one step and
 * without a general reader of tokens (docs/decisions/0051); tokens of people are read by `jose`.
 */
import type { KeyObject } from 'node:crypto';
import { SIGNATURE, signatureHolds, signText } from './crypto.js';
import type { Identity } from './identity.js';

const TYPE = 'call+jwt';

export interface CallClaims {
  readonly iss: string;
  readonly aud: string;
  /** In seconds. */
  readonly iat: number;
  readonly exp: number;
  readonly path: string;
  /** Digest of the body. */
  readonly body: string;
  readonly identity?: Identity;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @throws Error for what is no JSON object. */
function decode(part: string): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('A part of the call is no object.');
  return value as Record<string, unknown>;
}

export function signToken(
  { kid, key }: { readonly kid: string; readonly key: KeyObject },
  claims: CallClaims,
): string {
  const text = `${encode({ alg: SIGNATURE, kid, typ: TYPE })}.${encode(claims)}`;
  return `${text}.${signText(key, text)}`;
}

const isClaims = (claims: Record<string, unknown>): boolean =>
  ['iss', 'aud', 'path', 'body'].every((name) => typeof claims[name] === 'string') &&
  ['iat', 'exp'].every((name) => Number.isFinite(claims[name]));

/**
 * The claims of a signed call.
 *
 * @param keyOf  The public key of a party by its id; undefined for a party that may not call here.
 * @throws Error for another form, algorithm, type or key, and for a signature that does not hold.
 */
export function openToken(
  token: string,
  keyOf: (issuer: string, kid: string) => KeyObject | undefined,
): CallClaims {
  const [head = '', payload = '', signature = '', ...more] = token.split('.');
  if (!signature || more.length > 0) throw new Error('The call is no signed text.');
  const { alg, typ, kid, ...others } = decode(head);
  if (alg !== SIGNATURE || typ !== TYPE || typeof kid !== 'string' || 'crit' in others)
    throw new Error('The call is signed in another way.');
  const claims = decode(payload);
  if (!isClaims(claims)) throw new Error('The call does not say what it is for.');
  const key = keyOf(String(claims['iss']), kid);
  if (!key) throw new Error('The call is signed with a key that no caller here has.');
  if (!signatureHolds(key, `${head}.${payload}`, signature))
    throw new Error('The signature of the call does not hold.');
  return claims as unknown as CallClaims;
}
