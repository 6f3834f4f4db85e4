/**
 * Restores the newest backup of an office into a database of its own, looks whether it is whole, and
 * drops it (F-06): rows are counted, and the sealed logs verified up to their roots (INV-13).
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import pg from 'pg';
import { randomKey } from '../call/crypto.js';
import { asAdmin } from '../database/admin.js';
import { dropDatabase, provisionDatabase } from '../database/provision.js';
import { logsOf } from '../seal/sealed-log.js';
import { verifyLog } from '../seal/verify-logs.js';
import type { Job } from '../server/jobs.js';
import type { OfficeParts } from '../server/office-parts.js';
import { backupsIn, testedFile, writeWhole, type Backup } from './manifest.js';
import type { BackedUpOffice } from './parts.js';
import { causeOf, report } from './report.js';
import { restoreBackup } from './restore-backup.js';
import { runOn } from './take-backup.js';

const NAME_BYTES = 4;
const NO_SERVER = 'NO_SERVER_FOR_TRIALS';

/** @throws Error naming the log that is not what was sealed. */
async function verifyAll(
  office: BackedUpOffice,
  { config: { keyring } }: OfficeParts,
  { manifest }: Backup,
  ownerUrl: string,
): Promise<void> {
  await asAdmin(ownerUrl, async (client) => {
    const verifier = { run: runOn(client), keyring, anchors: manifest.anchors };
    for (const log of logsOf(office)) {
      const { findings } = await verifyLog(verifier, log);
      if (findings.length)
        throw new Error(`${log.table}: ${findings.length} rows are not what was sealed.`);
    }
  });
}

/** Restore into a database that is dropped whatever happens, with the roles that were made for it. */
async function tryRestore(
  office: BackedUpOffice,
  parts: OfficeParts,
  backup: Backup,
  settings: { readonly key: Buffer; readonly testUrl: string },
  at: Date,
): Promise<void> {
  const { keyring } = parts.config;
  const { key, testUrl: adminUrl } = settings;
  const database = `restore_${office.name}_${randomBytes(NAME_BYTES).toString('hex')}`;
  const fresh = () => randomKey().toString('base64url');
  const passwords = { owner: fresh(), app: fresh() };
  try {
    const urls = await provisionDatabase({ adminUrl, database, passwords });
    await restoreBackup(office, { backup, keyring, key, at, ...urls });
    await verifyAll(office, parts, backup, urls.ownerUrl);
  } finally {
    await dropDatabase({ adminUrl, database });
    await asAdmin(adminUrl, async (client) => {
      for (const role of ['owner', 'app'])
        await client.query(`drop role if exists ${pg.escapeIdentifier(`${database}_${role}`)}`);
    });
  }
}

/** The nightly job of every office: once for each backup, until it was whole. */
export const restoreTestJob = (office: BackedUpOffice): Job => ({
  name: 'restoreTest',
  cron: '40 3 * * *',
  async run(parts, at) {
    const { backup: settings, log } = parts.config;
    const [backup] = settings ? await backupsIn(settings.folder, office.name) : [];
    if (!settings || !backup || existsSync(testedFile(backup.file))) return;
    const { id, takenAt, bytes, sha256 } = backup.manifest;
    const known = { id, startedAt: new Date(takenAt), result: 'WRITTEN', bytes, sha256 } as const;
    const { key, testUrl } = settings;
    if (!testUrl) return report(office, parts, { ...known, cause: NO_SERVER }, at);
    try {
      await tryRestore(office, parts, backup, { key, testUrl }, at);
    } catch (error) {
      await report(office, parts, { ...known, cause: causeOf(error) }, at);
      throw error;
    }
    await report(office, parts, { ...known, restoreTestedAt: at }, at);
    await writeWhole(testedFile(backup.file), `${at.toISOString()}\n`);
    log.info({ id }, 'backup restored for a trial');
  },
});
