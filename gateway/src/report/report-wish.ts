/** What a student sends to have a document made. */
import { fault } from '@chengxin/kit/errors';
import { importJWK, type JWK } from 'jose';
import { isObject } from '../objects.js';

export interface DocumentWish {
  /** From the answer that issued the report. */
  readonly checkCode: string;
  /** Groups of a credential; those of the whole template, when none are named. */
  readonly wanted?: readonly string[];
  /** Public key by which whoever presents a credential proves that it is his. */
  readonly holderKey?: JWK;
}

/** Algorithms of the keys that holders have. */
const HOLDER_KEYS: Readonly<Record<string, string>> = { 'P-256': 'ES256', Ed25519: 'EdDSA' };

/** @throws VALIDATION for what is no public key; a private one is refused by name. */
async function holderKeyOf(value: unknown): Promise<JWK> {
  const wrong = fault('VALIDATION', 'holderKey: 须为公钥 JWK。 A public JWK, P-256 or Ed25519.');
  if (!isObject(value) || 'd' in value) throw wrong;
  const { kty, crv, x, y } = value as JWK;
  const algorithm = HOLDER_KEYS[crv ?? ''];
  if (!kty || !crv || !algorithm || !x) throw wrong;
  const jwk = { kty, crv, x, ...(y && { y }) };
  try {
    await importJWK(jwk, algorithm);
  } catch {
    throw wrong;
  }
  return jwk;
}

function objectIn(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // As if it were no object.
  }
  throw fault('VALIDATION', '须为 JSON 对象。 A JSON object is wanted.');
}

/** @throws VALIDATION naming what is wrong. */
export async function readWish(body: Buffer): Promise<DocumentWish> {
  const { checkCode, groups, holderKey } = objectIn(body);
  if (typeof checkCode !== 'string' || !checkCode)
    throw fault('VALIDATION', 'checkCode: 请给出查验码。 Name the check code.');
  const isList =
    Array.isArray(groups) && groups.length > 0 && groups.every((one) => typeof one === 'string');
  if (groups !== undefined && !isList)
    throw fault('VALIDATION', 'groups: 至少一个信息类别。 One privacy group at least.');
  return {
    checkCode,
    ...(isList && { wanted: groups as string[] }),
    ...(holderKey !== undefined && { holderKey: await holderKeyOf(holderKey) }),
  };
}
