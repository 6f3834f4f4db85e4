/** Logs are sealed behind those who write them (INV-13, docs/decisions/0055). */
import { signText } from '../call/crypto.js';
import { execute, forkOf } from '../database/orm.js';
import { sqlState, UNIQUE_VIOLATION } from '../database/retry.js';
import type { Job } from '../server/jobs.js';
import type { OfficeParts } from '../server/office-parts.js';
import { finalId } from './final-rows.js';
import { rootOf } from './merkle.rules.js';
import { digestOfSeal, textOfSeal, type Seal } from './seal.rules.js';
import { leavesOf, type Run, type SealedLog } from './sealed-log.js';
import { lastSeal, storeSeal } from './stored-seals.js';

/** Rows of one seal at most. */
const ROWS = 5000;
const BEGINNING = '0';
const MICROSECONDS = '000Z';

const runOn =
  ({ orm }: OfficeParts): Run =>
  (sql, parameters) =>
    execute(forkOf(orm), sql, parameters);

/** Seals the next rows up to a number; whether there were any. */
async function sealNext(
  { config }: OfficeParts,
  run: Run,
  log: SealedLog,
  last: string,
  at: Date,
): Promise<boolean> {
  const { party, signing } = config.keyring;
  const before = await lastSeal(run, log.table);
  const afterId = before?.lastId ?? BEGINNING;
  const rows = await leavesOf(run, log, { after: afterId, last, most: ROWS });
  const newest = rows.at(-1);
  if (!newest) return false;
  const seal: Seal = {
    log: log.table,
    number: String(BigInt(before?.number ?? BEGINNING) + 1n),
    afterId,
    lastId: newest.id,
    ids: rows.map(({ id }) => id),
    root: rootOf(rows.map(({ leaf }) => leaf)),
    previous: before ? digestOfSeal(party, before) : '',
    sealedAt: at.toISOString().replace('Z', MICROSECONDS),
    keyId: signing.kid,
  };
  await storeSeal(run, seal, rows, signText(signing.key, textOfSeal(party, seal)));
  return true;
}

/**
 * Seal what was written to logs and can change no more.
 *
 * The seal is its own record: a line in the log about it would have to be sealed again.
 */
export async function sealLogs(
  office: OfficeParts,
  logs: readonly SealedLog[],
  at: Date,
): Promise<void> {
  const run = runOn(office);
  for (const log of logs) {
    const last = await finalId(run, log);
    if (last === undefined) continue;
    try {
      while (await sealNext(office, run, log, last, at));
    } catch (error) {
      // Another replica has sealed the same rows.
      if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    }
  }
}

/** The hourly job of every office. */
export const sealLogsJob = (logs: readonly SealedLog[]): Job => ({
  name: 'sealLogs',
  cron: '20 * * * *',
  run: (office, at) => sealLogs(office, logs, at),
});
