/** Where backups lie, under which key, and how long (F-06, 3.6). Read once. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { KEY_BYTES } from '../call/crypto.js';

export interface BackupSettings {
  /** Folder of the backups, their manifests and the journal of what was erased. */
  readonly folder: string;
  /** Encrypts backups; never lies beside them. */
  readonly key: Buffer;
  /** After so many days a backup is deleted. */
  readonly keptDays: number;
  /** A role that may create databases and roles, on a server for trials; no trial without one. */
  readonly testUrl?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const USUAL_DAYS = 30;
/** Backups hold what was erased since: a time that a college can state (PIPL 47) `[P]`. */
const DAYS_AT_MOST = 30;

/** What the file of a key says: 32 bytes, base64url. */
export function readBackupKey(file: string): Buffer {
  if (!existsSync(file)) throw new Error(`BACKUP_KEY_FILE: there is no file ${file}.`);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length !== KEY_BYTES)
    throw new Error(`BACKUP_KEY_FILE: ${file} is no key of ${KEY_BYTES} bytes, base64url.`);
  return key;
}

const real = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));

const isWithin = (file: string, folder: string): boolean =>
  real(file).startsWith(real(folder) + sep);

function keptDaysOf(env: Environment): number {
  const days = Number(env['BACKUP_DAYS'] || USUAL_DAYS);
  if (!Number.isInteger(days) || days < 1 || days > DAYS_AT_MOST)
    throw new Error(`BACKUP_DAYS is not a number of days, 1 to ${DAYS_AT_MOST}.`);
  return days;
}

/**
 * What the environment says; nothing where no folder is named, and then each run reports that nothing
 * is backed up.
 *
 * @throws Error naming the setting that is wrong.
 */
export function backupSettingsOf(env: Environment): BackupSettings | undefined {
  const folder = env['BACKUP_FOLDER'];
  const keyFile = env['BACKUP_KEY_FILE'];
  if (!folder && !keyFile) return undefined;
  if (!folder || !keyFile) throw new Error('Set BACKUP_FOLDER and BACKUP_KEY_FILE, both of them.');
  if (isWithin(keyFile, folder))
    throw new Error('BACKUP_KEY_FILE lies in BACKUP_FOLDER: keep the key elsewhere.');
  const testUrl = env['BACKUP_TEST_DATABASE_URL'];
  return {
    folder: resolve(folder),
    key: readBackupKey(keyFile),
    keptDays: keptDaysOf(env),
    ...(testUrl && { testUrl }),
  };
}
