/**
 * Verifies a report as an employer does: by what the school publishes and nothing else, with none of
 * the product’s code and none of the library that issues (RFC 9901, Token Status List).
 */
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import {
  compactVerify,
  createLocalJWKSet,
  importJWK,
  jwtVerify,
  type JSONWebKeySet,
  type JWK,
} from 'jose';

export interface Published {
  readonly jwks: JSONWebKeySet;
  /** The signed list, as it was fetched. */
  readonly statusList: string;
}
export interface Presented {
  readonly claims: Record<string, unknown>;
  /** Digests in the credential, disclosed or not. */
  readonly digests: number;
}

const STATUS: Readonly<Record<number, string>> = { 1: 'REVOKED', 3: 'SUPERSEDED' };
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());

async function statusOf({ jwks, statusList }: Published, uri: string, idx: number, now: Date) {
  const { payload } = await jwtVerify(statusList, createLocalJWKSet(jwks), {
    typ: 'statuslist+jwt',
    subject: uri,
    currentDate: now,
  });
  const { bits, lst } = payload['status_list'] as { bits: number; lst: string };
  const bytes = inflateSync(Buffer.from(lst, 'base64url'));
  const place = idx * bits;
  return ((bytes[place >> 3] ?? 0) >> (place & 7)) & ((1 << bits) - 1);
}

/**
 * The claims of a presentation; throws why it is none.
 *
 * @param nonce  With one, its holder must prove that he has the key.
 */
export async function verifyPresentation(
  presented: string,
  published: Published,
  { now, audience, nonce }: { now: Date; audience?: string; nonce?: string },
): Promise<Presented> {
  const [token = '', ...rest] = presented.split('~');
  const binding = rest.pop() ?? '';
  const { payload } = await jwtVerify(token, createLocalJWKSet(published.jwks), {
    typ: 'dc+sd-jwt',
    currentDate: now,
  });
  const digests = payload['_sd'] as string[];
  const claims = { ...payload };
  for (const disclosure of rest) {
    if (!digests.includes(hash(disclosure))) throw new Error('OVER_DISCLOSED');
    const [, name, value] = read(disclosure) as [string, string, unknown];
    if (name in claims) throw new Error('OVER_DISCLOSED');
    claims[name] = value;
  }
  const { idx, uri } = (payload['status'] as { status_list: { idx: number; uri: string } })
    .status_list;
  const status = await statusOf(published, uri, idx, now);
  if (status) throw new Error(STATUS[status] ?? 'INVALID');
  const { jwk } = (payload['cnf'] ?? {}) as { jwk?: JWK };
  if (nonce !== undefined) {
    if (!jwk || !binding) throw new Error('NO_HOLDER');
    const proof = await compactVerify(binding, await importJWK(jwk, 'ES256'));
    const said = JSON.parse(Buffer.from(proof.payload).toString()) as Record<string, unknown>;
    const isFor = said['aud'] === audience && said['nonce'] === nonce;
    const isOf = said['sd_hash'] === hash(presented.slice(0, presented.lastIndexOf('~') + 1));
    if (proof.protectedHeader.typ !== 'kb+jwt' || !isFor || !isOf) throw new Error('NO_HOLDER');
  }
  return { claims, digests: digests.length };
}
