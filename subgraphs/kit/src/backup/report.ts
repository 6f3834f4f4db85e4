/** What becomes of a backup, as the archive keeps it: sizes, digests and codes, nothing of anybody. */
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import { sqlState } from '../database/retry.js';
import type { OfficeParts } from '../server/office-parts.js';
import type { BackedUpOffice } from './parts.js';

/** Topic of the feed. */
export const BACKUP = 'backup';

export interface BackupReport {
  readonly id: string;
  readonly startedAt: Date;
  readonly result: 'WRITTEN' | 'FAILED';
  readonly bytes?: number;
  readonly sha256?: string;
  /** When it was restored for a trial, and was whole. */
  readonly restoreTestedAt?: Date;
  /** Why the backup, or its trial, failed: a code, or a sentence about files and tables. */
  readonly cause?: string;
}

/** Written or failed; then what came of its trial. */
const VERSIONS = { written: 1, tested: 2 };

/** The next version of a report: a trial is repeated until it succeeds. */
const PUBLISH = `
  insert into outbox (topic, key, version, payload, at)
  select ?, ?, ? + (select count(*)::int from outbox o where o.topic = ? and o.key = ?), ?::jsonb, ?`;

const LOG = `
  insert into operation_log (at, actor, role, action, target, reason, request_id)
  values (?, ?, 'SYS_OPERATOR', ?, ?, ?, gen_random_uuid()::text)`;

const isTrial = ({ result, restoreTestedAt, cause }: BackupReport): boolean =>
  result === 'WRITTEN' && (restoreTestedAt !== undefined || cause !== undefined);

/** Report a backup: over the feed, or straight to where the office itself keeps the evidence. */
export async function report(
  { name, backups }: BackedUpOffice,
  { orm }: Pick<OfficeParts, 'orm'>,
  backup: BackupReport,
  at: Date,
): Promise<void> {
  const { id, result, cause } = backup;
  const [action, job, version] = isTrial(backup)
    ? ['backup.test', 'restoreTest', VERSIONS.tested]
    : ['backup.run', 'backup', VERSIONS.written];
  await forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    const reason = cause ? `${result}: ${cause}` : result;
    await execute(em, LOG, [at, `job:${job}`, action, `Backup ${name}`, reason]);
    const text = JSON.stringify(backup);
    if (!backups) {
      await execute(em, PUBLISH, [BACKUP, id, version, BACKUP, id, text, at]);
      return;
    }
    const payload = JSON.parse(text) as Record<string, unknown>;
    await backups.keep(em, [{ topic: BACKUP, key: id, version, payload }], at);
  });
}

/** Why something failed, without a value of a row: PostgreSQL's messages may quote one. */
export function causeOf(error: unknown): string {
  const state = sqlState(error);
  if (state) return `SQLSTATE ${state}`;
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
