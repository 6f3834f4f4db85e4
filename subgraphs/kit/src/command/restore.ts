/** `npm run restore -w @chengxin/<office> -- --from …`: puts an office back from a backup (F-06). */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readJournal } from '../backup/journal.js';
import { backupsIn, readBackup, type Backup } from '../backup/manifest.js';
import type { BackedUpOffice } from '../backup/parts.js';
import { restoreBackup } from '../backup/restore-backup.js';
import { readBackupKey } from '../backup/settings.js';
import { readKeyring } from '../call/keyring.js';
import { databaseOf, required, type Environment, type OfficeDatabase } from '../server/config.js';

/** Where npm was called: it runs a workspace's command in the folder of that workspace. */
const fromCaller = (file: string): string => resolve(process.env['INIT_CWD'] ?? '.', file);

/** The backup that is named: by its manifest, or the newest of a folder. */
async function backupAt(from: string, office: string): Promise<Backup> {
  if (!statSync(from, { throwIfNoEntry: false })?.isDirectory()) return readBackup(from);
  const [newest] = await backupsIn(from, office);
  if (!newest) throw new Error(`${from} has no backup of ${office}.`);
  return newest;
}

export interface RestoreSource {
  /** A manifest, or a folder: the newest of it. */
  readonly from: string;
  readonly key: Buffer;
  /** Folder of everybody's keys. */
  readonly keys: string;
  readonly at: Date;
}

/**
 * Restore an office into its database, which must be empty. It serves once it has erased again what
 * went since.
 *
 * @returns  The backup that was restored.
 * @throws   Error naming what is wrong, and where; then the database is as it was.
 */
export async function restoreOffice(
  office: BackedUpOffice,
  { ownerUrl, appUrl }: OfficeDatabase,
  { from, key, keys, at }: RestoreSource,
): Promise<Backup> {
  const backup = await backupAt(from, office.name);
  const keyring = await readKeyring(keys, office.name);
  await restoreBackup(office, { backup, keyring, key, ownerUrl, appUrl, at });
  return backup;
}

/**
 * Restore an office of its own machine.
 *
 * @returns Exit code.
 */
export async function restoreCommand(
  office: BackedUpOffice,
  args: readonly string[],
  env: Environment = process.env,
): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' } } });
  const from = fromCaller(values.from ?? required(env, 'BACKUP_FOLDER'));
  const key = readBackupKey(required(env, 'BACKUP_KEY_FILE'));
  const keys = required(env, 'CHENGXIN_KEYS');
  if (office.repeatErasures)
    await readJournal(required(env, 'BACKUP_FOLDER'), await readKeyring(keys, office.name));
  const database = databaseOf(office.name, env);
  const { manifest } = await restoreOffice(office, database, { from, key, keys, at: new Date() });
  const rows = Object.values(manifest.tables).reduce((sum, count) => sum + count, 0);
  process.stdout.write(
    `${office.name}: 已恢复 restored, ${manifest.takenAt}, 行 rows ${rows}. 启动后先删除此后已删除的内容 It serves once it has erased what went since.\n`,
  );
  return 0;
}
