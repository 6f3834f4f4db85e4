/**
 * The keys by which the school signs credentials that students hand over: `credentials.json` in the
 * gateway's folder, the newest first. It alone signs; older ones are kept by their public half, so that
 * what they signed is verified until it expires.
 */
import { existsSync, linkSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import { newCredentialKey, readCredentialKey } from './crypto.js';
import { readJson, writeSecret } from './keyring.js';

export interface IssuerKeys {
  readonly kid: string;
  readonly algorithm: string;
  readonly key: KeyObject;
  /** Public keys, as they are published. */
  readonly published: readonly JWK[];
}

const fileIn = (folder: string): string => join(folder, 'credentials.json');

/** The public half of a key. */
function publicOf({ d: _, ...jwk }: JWK): JWK {
  return jwk;
}

/** Make the first key of a folder, whole or not at all; one that is there stays. */
export async function makeIssuerKeys(folder: string): Promise<void> {
  const file = fileIn(folder);
  if (existsSync(file)) return;
  const draft = `${file}.${randomUUID()}`;
  writeSecret(draft, JSON.stringify([await newCredentialKey()]));
  try {
    linkSync(draft, file);
  } catch (error) {
    // Somebody else who starts in this folder has made it meanwhile.
    if (!existsSync(file)) throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Sign by a new key from the next start on; those before it stay published. */
export async function rotateIssuerKeys(folder: string): Promise<void> {
  const file = fileIn(folder);
  const known = existsSync(file) ? readJson<JWK[]>(file) : [];
  const draft = `${file}.new`;
  writeSecret(draft, JSON.stringify([await newCredentialKey(), ...known.map(publicOf)]));
  renameSync(draft, file);
}

/** The keys of a folder; nothing where none were made, and then no credential is signed. */
export function readIssuerKeys(folder: string): IssuerKeys | undefined {
  const file = fileIn(folder);
  if (!existsSync(file)) return undefined;
  const jwks = readJson<JWK[]>(file);
  const [newest] = jwks;
  if (!newest?.kid || !newest.alg) throw new Error(`${file} holds no key.`);
  return {
    kid: newest.kid,
    algorithm: newest.alg,
    key: readCredentialKey(newest),
    published: jwks.map(publicOf),
  };
}
