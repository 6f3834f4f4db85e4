import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newSigningKey, randomKey, readSigningKey } from '@chengxin/kit/call/crypto';
import type { JWK } from 'jose';

export interface ProviderKeys {
  /** Private keys that sign tokens, the newest first. */
  readonly signing: readonly JWK[];
  /** Keys that sign the cookies, the newest first. */
  readonly cookies: readonly string[];
}

/**
 * The keys of the embedded provider. They are made at the first start and kept, so that tokens
 * survive a restart; nobody but the owner of the process can read the file.
 */
export async function readProviderKeys(file: string): Promise<ProviderKeys> {
  const text = (await readIfThere(file)) ?? (await create(file));
  await chmod(file, 0o600);
  try {
    const keys = JSON.parse(text) as ProviderKeys;
    for (const key of keys.signing) readSigningKey(key);
    if (keys.signing.length > 0 && keys.cookies.length > 0) return keys;
    throw new Error('The file holds no keys.');
  } catch (cause) {
    throw new Error(`${file} is damaged; delete it, and everybody logs in again.`, { cause });
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Make the file whole or not at all; of two that start at once, the second takes the first's. */
async function create(file: string): Promise<string> {
  const name = randomKey().toString('base64url');
  const { privateJwk } = await newSigningKey(name);
  const keys: ProviderKeys = {
    signing: [privateJwk],
    cookies: [randomKey().toString('base64url')],
  };
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return readFile(file, 'utf8');
}
