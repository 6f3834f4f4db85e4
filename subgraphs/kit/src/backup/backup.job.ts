/** Each night every office writes a backup, and deletes those that are too old (F-06, G19.2, 3.6). */
import { randomUUID } from 'node:crypto';
import { HOUR_MS } from '../clock.js';
import { forkOf, type EntityManager } from '../database/orm.js';
import type { Job } from '../server/jobs.js';
import type { OfficeParts } from '../server/office-parts.js';
import { backupsIn } from './manifest.js';
import type { BackedUpOffice } from './parts.js';
import { causeOf, report } from './report.js';
import { deleteOld, takeBackup } from './take-backup.js';

/** Every start sends every job: a backup of the same night is not written twice. */
const ONE_A_NIGHT_MS = 12 * HOUR_MS;

/** Why nothing is backed up where the settings name no folder. */
const NOT_CONFIGURED = 'NOT_CONFIGURED';

async function isFresh(office: BackedUpOffice, folder: string, at: Date): Promise<boolean> {
  const [newest] = await backupsIn(folder, office.name);
  return !!newest && at.getTime() - Date.parse(newest.manifest.takenAt) < ONE_A_NIGHT_MS;
}

/** @throws What went wrong, once it is reported. */
async function run(
  office: BackedUpOffice,
  parts: OfficeParts,
  ownerUrl: string,
  at: Date,
): Promise<void> {
  const { keyring, log, backup: settings } = parts.config;
  const failed = (cause: string) =>
    report(office, parts, { id: randomUUID(), startedAt: at, result: 'FAILED', cause }, at);
  if (!settings) return failed(NOT_CONFIGURED);
  if (await isFresh(office, settings.folder, at)) return;
  try {
    const { id, bytes, sha256 } = await takeBackup(office, { ownerUrl, keyring, settings, at });
    await report(office, parts, { id, startedAt: at, result: 'WRITTEN', bytes, sha256 }, at);
    log.info({ id, bytes }, 'backup written');
  } catch (error) {
    await failed(causeOf(error));
    throw error;
  }
  const count = await deleteOld(office, settings, at);
  if (count) log.info({ count }, 'old backups deleted');
}

export const backupJob = (office: BackedUpOffice, ownerUrl: string): Job => ({
  name: 'backup',
  cron: '10 1 * * *',
  async run(parts, at) {
    try {
      await run(office, parts, ownerUrl, at);
    } finally {
      await office.backups?.check(forkOf(parts.orm) as EntityManager, at);
    }
  },
});
