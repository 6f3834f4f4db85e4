/**
 * Every algorithm that the product uses is named in this file and nowhere else (F-12), so that a
 * school which must use SM2, SM3 and SM4 has one file to change.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** Signature of call contexts and feed calls. */
export const SIGNATURE = 'EdDSA';
/** Signatures accepted on the tokens of an identity provider. */
export const TOKEN_SIGNATURES = ['EdDSA', 'ES256', 'RS256', 'PS256'];
const CURVE = 'Ed25519';
const HASH = 'sha256';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Length of every symmetric key. */
export const KEY_BYTES = 32;

export const randomKey = (): Buffer => randomBytes(KEY_BYTES);

const keyObjects = new WeakMap<Buffer, KeyObject>();

/** A key as the platform keeps it: made anew from its bytes it costs more than what it is used for. */
function keyObjectOf(key: Buffer): KeyObject {
  const known = keyObjects.get(key);
  if (known) return known;
  const made = createSecretKey(key);
  keyObjects.set(key, made);
  return made;
}

/** Digest of bytes, base64url. */
export const digest = (bytes: string | Buffer): string =>
  createHash(HASH).update(bytes).digest('base64url');

/** Digest of some bytes, one after the other. */
export function digestBytes(...parts: readonly Buffer[]): Buffer {
  const running = createHash(HASH);
  for (const part of parts) running.update(part);
  return running.digest();
}

/** Running digest for streams. */
export const digestStream = () => createHash(HASH);

/** Message authentication code of a text, base64url. */
export const mac = (key: Buffer, text: string): string =>
  createHmac(HASH, keyObjectOf(key)).update(text).digest('base64url');

/** Whether a code is that of the text under one of the keys (keys rotate, so several are accepted). */
export function macHolds(keys: readonly Buffer[], text: string, code: string): boolean {
  const given = Buffer.from(code);
  return keys.some((key) => {
    const expected = Buffer.from(mac(key, text));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

/** A key for one use, derived from an office's data key. */
export const deriveKey = (key: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync(HASH, key, Buffer.alloc(0), use, KEY_BYTES));

/**
 * Encrypt a text.
 *
 * @param bound  What the ciphertext belongs to; it must be given again to open it.
 * @returns      base64url of iv, tag and ciphertext.
 */
export const seal = (key: Buffer, text: string, bound: string): string =>
  sealBytes(key, Buffer.from(text), bound).toString('base64url');

/** Decrypt what `seal` made; throws when the key, the bound text or a byte differs. */
export const open = (key: Buffer, sealed: string, bound: string): string =>
  openBytes(key, Buffer.from(sealed, 'base64url'), bound).toString('utf8');

/** The same for bytes: iv, tag and ciphertext. */
export function sealBytes(key: Buffer, bytes: Buffer, bound: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyObjectOf(key), iv).setAAD(Buffer.from(bound));
  const body = [cipher.update(bytes), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...body]);
}

export function openBytes(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const decipher = createDecipheriv(CIPHER, keyObjectOf(key), sealed.subarray(0, IV_BYTES));
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const body = sealed.subarray(IV_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** A new signing key pair as JWKs. */
export async function newSigningKey(kid: string): Promise<{ privateJwk: JWK; publicJwk: JWK }> {
  const pair = await generateKeyPair(SIGNATURE, { crv: CURVE, extractable: true });
  const named = { kid, alg: SIGNATURE, use: 'sig' };
  return {
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...named },
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...named },
  };
}

/**
 * A JWK as a key that can sign or verify.
 *
 * @throws Error for a key of another kind.
 */
export function readSigningKey(jwk: JWK): KeyObject {
  const given = { key: jwk as JsonWebKey, format: 'jwk' } as const;
  const key = jwk.d === undefined ? createPublicKey(given) : createPrivateKey(given);
  if (key.asymmetricKeyType !== CURVE.toLowerCase())
    throw new Error(`A key signs by another curve than ${CURVE}.`);
  return key;
}

/**
 * Signature of a text, base64url. Here and now: through the pool of threads, where the platform's
 * other interface signs, one call costs several times what the signature does (docs/decisions/0051).
 */
export const signText = (key: KeyObject, text: string): string =>
  sign(null, Buffer.from(text), key).toString('base64url');

/** Whether a signature, base64url, is that of the text. */
export const signatureHolds = (key: KeyObject, text: string, signature: string): boolean =>
  verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));

/** How credentials are signed that outsiders verify: an algorithm of JOSE, and the digest beside it. */
interface CredentialSuite {
  /** As `_sd_alg` of RFC 9901 names the digest. */
  readonly digestName: 'sha-256';
  newKey(): Promise<JWK>;
  digest(text: string): Buffer;
  sign(key: KeyObject, text: string): Buffer;
}

/** Signature of credentials, by which wallets and employers verify them. */
export const CREDENTIAL_SIGNATURE = 'ES256';

/** By algorithm: a school that must use SM2 with SM3 adds its suite here and makes its key by it. */
const CREDENTIAL_SUITES: Readonly<Record<string, CredentialSuite>> = {
  [CREDENTIAL_SIGNATURE]: {
    digestName: 'sha-256',
    async newKey() {
      const { privateKey } = await generateKeyPair(CREDENTIAL_SIGNATURE, { extractable: true });
      return exportJWK(privateKey);
    },
    digest: (text) => createHash(HASH).update(text).digest(),
    sign: (key, text) => sign(HASH, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }),
  },
};

/** @throws Error for an algorithm that has no suite. */
export function credentialSuite(algorithm: string | undefined): CredentialSuite {
  const suite = CREDENTIAL_SUITES[algorithm ?? ''];
  if (!suite) throw new Error(`No credential is signed by ${algorithm}.`);
  return suite;
}

/** A new private key of credentials, named by its thumbprint. */
export async function newCredentialKey(algorithm = CREDENTIAL_SIGNATURE): Promise<JWK> {
  const jwk = await credentialSuite(algorithm).newKey();
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' };
}

/** A private JWK of credentials as a key that signs. */
export const readCredentialKey = (jwk: JWK): KeyObject =>
  createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
