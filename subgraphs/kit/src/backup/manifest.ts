/** What a backup is: written beside it last of all, and signed by its office. A backup without is none. */
import { existsSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { deriveKey, mac, signatureHolds, signText } from '../call/crypto.js';
import type { Keyring } from '../call/keyring.js';
import type { Anchor } from '../seal/verify-logs.js';
import { sha256Of, type Written } from './frames.js';

const FORMAT = 1;

export interface BackupContent extends Written {
  readonly office: string;
  readonly id: string;
  readonly takenAt: string;
  /** Migrations that its database had. */
  readonly migrations: readonly string[];
  /** Rows of each table. */
  readonly tables: Readonly<Record<string, number>>;
  /** Where the sealed logs stood: their newest roots. */
  readonly anchors: readonly Anchor[];
}

export interface Manifest extends BackupContent {
  readonly format: typeof FORMAT;
  /** By which another key is known before anything is read. */
  readonly keyCheck: string;
  readonly keyId: string;
  readonly signature: string;
}

/** A manifest where it lies. */
export interface Backup {
  readonly manifest: Manifest;
  /** The encrypted rows. */
  readonly file: string;
  readonly manifestFile: string;
}

const MANIFEST = '.json';
const ROWS = '.backup';

/** `finance-20260412T021000Z-1a2b3c4d` */
const nameOf = (office: string, takenAt: Date, id: string): string =>
  `${office}-${takenAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${id.slice(0, 8)}`;

export const rowsFile = (folder: string, office: string, takenAt: Date, id: string): string =>
  join(folder, `${nameOf(office, takenAt, id)}${ROWS}`);

/** Says that the trial of a backup went well. */
export const testedFile = (rows: string): string => `${rows}.tested`;

const checkOf = (key: Buffer, id: string): string => mac(deriveKey(key, 'backup check'), id);

const textOf = (manifest: Omit<Manifest, 'signature'>): string => {
  const { office, id, takenAt, migrations, tables, anchors, bytes, sha256 } = manifest;
  const { format, keyCheck, keyId } = manifest;
  const inOrder = Object.entries(tables).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const content = [office, id, takenAt, migrations, inOrder, anchors, bytes, sha256];
  return JSON.stringify([format, ...content, keyCheck, keyId]);
};

/** Whole or not at all, and on the disk when it returns. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/** Sign what a file of rows is, and write it beside it. */
export async function writeManifest(
  rows: string,
  content: BackupContent,
  { signing }: Keyring,
  key: Buffer,
): Promise<Manifest> {
  const keyCheck = checkOf(key, content.id);
  const unsigned = { format: FORMAT, ...content, keyCheck, keyId: signing.kid } as const;
  const manifest = { ...unsigned, signature: signText(signing.key, textOf(unsigned)) };
  const file = rows.slice(0, -ROWS.length) + MANIFEST;
  await writeWhole(file, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

const isManifest = (value: unknown): value is Manifest => {
  const { format, office, id, takenAt, migrations, tables, anchors, sha256, signature, keyCheck } =
    (value ?? {}) as Partial<Manifest>;
  const texts = [office, id, takenAt, sha256, signature, keyCheck];
  return (
    format === FORMAT &&
    texts.every((text) => typeof text === 'string') &&
    Array.isArray(migrations) &&
    Array.isArray(anchors) &&
    typeof tables === 'object'
  );
};

/**
 * Read a manifest.
 *
 * @throws Error naming the file that is none, or of another version.
 */
export async function readBackup(manifestFile: string): Promise<Backup> {
  let manifest: unknown;
  try {
    manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
  } catch (cause) {
    throw new Error(`${manifestFile} cannot be read as the manifest of a backup.`, { cause });
  }
  if (!isManifest(manifest)) throw new Error(`${manifestFile} is no manifest of this version.`);
  const file = join(dirname(manifestFile), basename(manifestFile, MANIFEST) + ROWS);
  return { manifest, file, manifestFile };
}

/** The backups of an office in a folder, the newest first. */
export async function backupsIn(folder: string, office: string): Promise<Backup[]> {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(`${office}-`) && name.endsWith(MANIFEST),
  );
  const backups = await Promise.all(names.map((name) => readBackup(join(folder, name))));
  return backups.toSorted((one, other) => (other.manifest.takenAt < one.manifest.takenAt ? -1 : 1));
}

/** Delete a backup; its manifest last, so that what is left half-way is deleted the next time. */
export async function deleteBackup({ file, manifestFile }: Backup): Promise<void> {
  for (const one of [file, testedFile(file)]) await rm(one, { force: true });
  await rm(manifestFile, { force: true });
}

/**
 * Check that a backup is this office's own, whole, and under this key.
 *
 * @throws Error naming what is wrong, and where.
 */
export async function checkBackup(
  { manifest, file, manifestFile }: Backup,
  { party, publicKey }: Pick<Keyring, 'party' | 'publicKey'>,
  key: Buffer,
): Promise<void> {
  if (manifest.office !== party)
    throw new Error(`${manifestFile} is a backup of ${manifest.office}, not of ${party}.`);
  const signer = publicKey(party, manifest.keyId);
  if (!signer)
    throw new Error(`${manifestFile} is signed by ${manifest.keyId}, a key that nobody knows.`);
  if (!signatureHolds(signer, textOf(manifest), manifest.signature))
    throw new Error(`${manifestFile} was altered: its signature does not hold.`);
  if (checkOf(key, manifest.id) !== manifest.keyCheck)
    throw new Error(`${file} is encrypted under another key than that of BACKUP_KEY_FILE.`);
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new Error(`${file} is not there.`);
  if (found.size !== manifest.bytes)
    throw new Error(`${file} has ${found.size} bytes, and had ${manifest.bytes}.`);
  if ((await sha256Of(file)) !== manifest.sha256)
    throw new Error(`${file} was altered: its SHA-256 is another.`);
}
