/**
 * Keys for parties on machines of their own. Under one folder each party has a folder that is whole for
 * it (`CHENGXIN_KEYS`) and holds nothing of another's: its private key and data key, everybody's public
 * keys, and for offices the key of the decisions. What all share lies above them, for parties to come.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { newSigningKey } from './crypto.js';
import { makeIssuerKeys } from './issuer-keys.js';
import {
  DECISION_KEY,
  GATEWAY,
  makeRandom,
  readJson,
  writeSecret,
  type PublicFile,
} from './keyring.js';

/** `away`: its keys were made here and taken to its machine. */
export type PartyKeys = 'made' | 'kept' | 'away';

const OWNER_ALONE = 0o700;

/** The public half of the private key that a folder holds. */
function publicOf(file: string): JWK {
  const { d: _, ...publicJwk } = readJson<JWK>(file);
  return publicJwk;
}

async function makeParty(own: string, party: string): Promise<JWK> {
  const { privateJwk, publicJwk } = await newSigningKey(`${party}-1`);
  mkdirSync(own, { recursive: true, mode: OWNER_ALONE });
  makeRandom(join(own, `${party}.data.key`));
  writeSecret(join(own, `${party}.private.json`), JSON.stringify(privateJwk));
  return publicJwk;
}

/** Written whole or not at all: whoever reads it meanwhile reads the old one. */
function writePublic(file: string, known: PublicFile): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(known, null, 2)}\n`);
  renameSync(draft, file);
}

/** Give the folder of a party what all share. */
function share(folder: string, own: string, party: string): void {
  copyFileSync(join(folder, 'public.json'), join(own, 'public.json'));
  const decision = join(own, DECISION_KEY);
  if (party !== GATEWAY && !existsSync(decision))
    copyFileSync(join(folder, DECISION_KEY), decision);
}

/**
 * Make the keys that these parties lack; what is there stays. Who is known and not here is away: new
 * keys for it would shut out the ones it has.
 *
 * @returns What was done about each party.
 */
export async function makePartyKeys(
  folder: string,
  parties: readonly string[],
): Promise<Map<string, PartyKeys>> {
  mkdirSync(folder, { recursive: true, mode: OWNER_ALONE });
  const publicFile = join(folder, 'public.json');
  const known = existsSync(publicFile) ? readJson<PublicFile>(publicFile) : {};
  const done = new Map<string, PartyKeys>();
  for (const party of parties) {
    const own = join(folder, party);
    const file = join(own, `${party}.private.json`);
    const isHere = existsSync(file);
    done.set(party, isHere ? 'kept' : known[party] ? 'away' : 'made');
    if (done.get(party) === 'made') known[party] = [await makeParty(own, party)];
    // Made by a run that was stopped before it wrote down what it had made.
    if (isHere) known[party] ??= [publicOf(file)];
  }
  makeRandom(join(folder, DECISION_KEY));
  writePublic(publicFile, known);
  for (const party of parties)
    if (done.get(party) !== 'away') share(folder, join(folder, party), party);
  if (done.has(GATEWAY) && done.get(GATEWAY) !== 'away')
    await makeIssuerKeys(join(folder, GATEWAY));
  return done;
}
