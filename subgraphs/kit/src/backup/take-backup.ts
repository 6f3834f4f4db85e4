/** Takes the backup of an office: rows as of one instant, encrypted, and a signed manifest (F-06). */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Keyring } from '../call/keyring.js';
import { DAY_MS } from '../clock.js';
import { asAdmin } from '../database/admin.js';
import { APPLIED } from '../database/migrate.js';
import { digestOfSeal } from '../seal/seal.rules.js';
import { logsOf, type Run } from '../seal/sealed-log.js';
import { lastSeal } from '../seal/stored-seals.js';
import type { Anchor } from '../seal/verify-logs.js';
import { beginSnapshot, countRows, framesOf } from './dump.js';
import { writeFrames } from './frames.js';
import { backupsIn, deleteBackup, rowsFile, writeManifest, type Manifest } from './manifest.js';
import type { BackedUpOffice } from './parts.js';
import type { BackupSettings } from './settings.js';

const PART = '.part';

/** `?` → `$1`, as logs are read elsewhere. */
export const runOn =
  (client: pg.Client): Run =>
  async <Row>(sql: string, parameters: readonly unknown[]) => {
    let count = 0;
    const { rows } = await client.query(
      sql.replaceAll('?', () => `$${++count}`),
      [...parameters],
    );
    return rows as Row[];
  };

async function anchorsOf(run: Run, office: BackedUpOffice): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  for (const { table } of logsOf(office)) {
    const seal = await lastSeal(run, table);
    if (seal)
      anchors.push({
        office: office.name,
        log: table,
        seal: seal.number,
        digest: digestOfSeal(office.name, seal),
      });
  }
  return anchors;
}

/** Another run has ended half-way: what it left is no backup. */
async function removeParts(folder: string, office: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(`${office}-`) && name.endsWith(PART)) await rm(join(folder, name));
}

/**
 * Take a backup.
 *
 * @returns  Its manifest, which is written last: without it there is no backup.
 */
export async function takeBackup(
  office: BackedUpOffice,
  {
    ownerUrl,
    keyring,
    settings: { folder, key },
    at,
  }: {
    readonly ownerUrl: string;
    readonly keyring: Keyring;
    readonly settings: BackupSettings;
    readonly at: Date;
  },
): Promise<Manifest> {
  const { name } = office;
  const id = randomUUID();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeParts(folder, name);
  const file = rowsFile(folder, name, at, id);
  const draft = file + PART;
  return asAdmin(ownerUrl, async (client) => {
    await beginSnapshot(client);
    const migrations = (await client.query<{ name: string }>(APPLIED)).rows;
    const tables = await countRows(client);
    const anchors = await anchorsOf(runOn(client), office);
    try {
      const written = await writeFrames(draft, { key, id }, framesOf(client));
      await rename(draft, file);
      const content = { office: name, id, takenAt: at.toISOString(), ...written };
      const known = { migrations: migrations.map((one) => one.name), tables, anchors };
      return await writeManifest(file, { ...content, ...known }, keyring, key);
    } catch (error) {
      for (const left of [draft, file]) await rm(left, { force: true });
      throw error;
    }
  });
}

/**
 * Delete backups that are older than they are kept. The newest stays: there may be no later one.
 *
 * @returns  How many were deleted.
 */
export async function deleteOld(
  { name }: BackedUpOffice,
  { folder, keptDays }: BackupSettings,
  at: Date,
): Promise<number> {
  const before = new Date(at.getTime() - keptDays * DAY_MS).toISOString();
  const [, ...earlier] = await backupsIn(folder, name);
  const old = earlier.filter(({ manifest }) => manifest.takenAt < before);
  for (const backup of old) await deleteBackup(backup);
  return old.length;
}
