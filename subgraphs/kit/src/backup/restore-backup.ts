/** Puts a backup into an empty database, for good or for a trial. */
import type pg from 'pg';
import type { Keyring } from '../call/keyring.js';
import { asAdmin } from '../database/admin.js';
import { knownMigrations, migrate } from '../database/migrate.js';
import { countRows } from './dump.js';
import { readFrames } from './frames.js';
import { checkEmpty, clearSchema, loadRows } from './load.js';
import { checkBackup, type Backup, type Manifest } from './manifest.js';
import type { BackedUpOffice } from './parts.js';

export interface Restore {
  readonly backup: Backup;
  readonly keyring: Pick<Keyring, 'party' | 'publicKey'>;
  readonly key: Buffer;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly at: Date;
}

/** From now on it is no more what others have read, and has read nothing of them. */
async function markRestored(client: pg.Client, { id, takenAt }: Manifest, at: Date): Promise<void> {
  await client.query('delete from restored');
  await client.query('delete from reread');
  await client.query(
    'insert into restored (backup_id, backup_taken_at, restored_at) values ($1, $2, $3)',
    [id, takenAt, at],
  );
  // No history is called so: whoever requests the feed first begins a new epoch (docs/decisions/0019).
  await client.query(`update feed_epoch set epoch = gen_random_uuid(), history = 'restored'`);
  await client.query('delete from feed_cursor');
}

/** @throws Error naming the migrations that this version does not have. */
function checkLevel(office: BackedUpOffice, { manifestFile, manifest }: Backup): void {
  const known = new Set(knownMigrations(office.migrations));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length)
    throw new Error(
      `${manifestFile} is of another version, which had migrations that this one does not know: ${unknown.join(', ')}.`,
    );
}

function checkCounts({ manifestFile, manifest }: Backup, counts: Record<string, number>): void {
  for (const [table, rows] of Object.entries(manifest.tables))
    // The mark and what is read anew are this database's own.
    if (!['restored', 'reread', 'feed_cursor'].includes(table) && counts[table] !== rows)
      throw new Error(
        `${manifestFile}: ${table} has ${counts[table] ?? 'no'} rows after the restore, and had ${rows}.`,
      );
}

/**
 * Restore a backup: the tables of its own version, its rows in one transaction, then the migrations
 * that came since. What fails leaves the database empty.
 *
 * @throws Error naming what is wrong with the backup or the database, and where.
 */
export async function restoreBackup(office: BackedUpOffice, restore: Restore): Promise<void> {
  const { backup, keyring, key, ownerUrl, appUrl, at } = restore;
  const { manifest, file } = backup;
  await checkBackup(backup, keyring, key);
  checkLevel(office, backup);
  await asAdmin(ownerUrl, checkEmpty);
  const target = { ownerUrl, appUrl, folder: office.migrations };
  try {
    await asAdmin(ownerUrl, clearSchema);
    await migrate({ ...target, only: manifest.migrations });
    await asAdmin(ownerUrl, async (client) => {
      const frames = readFrames(file, { key, id: manifest.id });
      await loadRows(client, frames, async () => {
        checkCounts(backup, await countRows(client));
        await markRestored(client, manifest, at);
      });
    });
    await migrate(target);
  } catch (error) {
    await asAdmin(ownerUrl, clearSchema);
    throw error;
  }
}
