/**
 * The keys of one party (the gateway or an office). A folder holds them: `<party>.private.json`,
 * `public.json` (everybody's public keys by party), and for offices `decision.key` and
 * `<party>.data.key`. Several keys of a party are accepted at once, so they rotate without downtime.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import { newSigningKey, randomKey, readSigningKey } from './crypto.js';

export interface Keyring {
  readonly party: string;
  readonly signing: { readonly kid: string; readonly key: KeyObject };
  /** Public key of a party by its id; undefined when that party has no such key. */
  publicKey(party: string, kid: string): KeyObject | undefined;
  /** Keys of the decisions' authentication code, the newest first. */
  readonly decisionKeys: readonly Buffer[];
  /** Root of this office's column, cursor and log encryption. */
  readonly dataKey: Buffer;
}

export type PublicFile = Record<string, JWK[]>;
export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
export const writeSecret = (file: string, text: string): void =>
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });

export const DECISION_KEY = 'decision.key';
/** The one that decides nothing: it carries decisions. */
export const GATEWAY = 'gateway';

/** A random key in a file of its own, unless there is one. */
export function makeRandom(file: string): void {
  if (!existsSync(file)) writeSecret(file, randomKey().toString('base64url'));
}

/** Make the keys that a folder lacks for these parties; what is there stays. */
export async function createKeys(folder: string, parties: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const publicFile = join(folder, 'public.json');
  const known = existsSync(publicFile) ? readJson<PublicFile>(publicFile) : {};
  for (const party of parties) {
    const file = join(folder, `${party}.private.json`);
    if (existsSync(file)) continue;
    const { privateJwk, publicJwk } = await newSigningKey(`${party}-1`);
    known[party] = [publicJwk];
    writeFileSync(publicFile, JSON.stringify(known, null, 2));
    makeRandom(join(folder, `${party}.data.key`));
    writeSecret(file, JSON.stringify(privateJwk));
  }
  makeRandom(join(folder, DECISION_KEY));
}

const readKeys = (file: string): Buffer[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => Buffer.from(line, 'base64url'));

/** Read the keys of one party. The gateway has no decision key: it can carry decisions, not make them. */
export async function readKeyring(folder: string, party: string): Promise<Keyring> {
  const own = readJson<JWK>(join(folder, `${party}.private.json`));
  const parties = new Map<string, KeyObject>();
  for (const [name, jwks] of Object.entries(readJson<PublicFile>(join(folder, 'public.json'))))
    for (const jwk of jwks) parties.set(`${name} ${jwk.kid}`, readSigningKey(jwk));
  const [dataKey] = readKeys(join(folder, `${party}.data.key`));
  if (!dataKey) throw new Error(`${party}.data.key is empty.`);
  return {
    party,
    signing: { kid: own.kid ?? '', key: readSigningKey(own) },
    publicKey: (name, kid) => parties.get(`${name} ${kid}`),
    decisionKeys: party === GATEWAY ? [] : readKeys(join(folder, DECISION_KEY)),
    dataKey,
  };
}
