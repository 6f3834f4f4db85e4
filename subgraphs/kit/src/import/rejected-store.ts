/** Lists of rejected rows, kept with their batches for who brought them and who reviews them (F-13). */
import { createReadStream } from 'node:fs';
import { execute, type EntityManager } from '../database/orm.js';

/** Nobody mends more by hand; counts are always whole. */
const PORTIONS_AT_MOST = 200;
const PORTION = 64 * 1024;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

const KEEP = `
  insert into import_rejected (batch_id, portion, csv, with_values) values (?::uuid, ?, ?, ?)`;
const READ = `select csv from import_rejected where batch_id = ?::uuid order by portion`;
const FORGET = `delete from import_rejected where batch_id = ?::uuid and with_values`;
const FORGET_OLD = `
  delete from import_rejected r using import_batch b
  where b.id = r.batch_id and r.with_values and b.recorded_at < ?`;

/** Keep a list that stands in a file, up to some megabytes. */
export async function keepRejected(
  em: EntityManager,
  batchId: string,
  path: string,
  withValues: boolean,
): Promise<void> {
  let portion = 0;
  for await (const text of createReadStream(path, { encoding: 'utf8', highWaterMark: PORTION })) {
    if (portion === PORTIONS_AT_MOST) return;
    await execute(em, KEEP, [batchId, portion, text, withValues]);
    portion += 1;
  }
}

/** The list as CSV; empty where no row was rejected, or where it is gone. */
export async function readRejected(em: EntityManager, batchId: string): Promise<string> {
  const rows = await execute<{ csv: string }>(em, READ, [batchId]);
  return rows.map(({ csv }) => csv).join('');
}

/** Values are gone once a batch is decided. */
export const forgetRejectedValues = (em: EntityManager, batchId: string) =>
  execute(em, FORGET, [batchId]);

/** Values of what nobody decided are gone after a week. */
export const forgetOldValues = (em: EntityManager, now: Date) =>
  execute(em, FORGET_OLD, [new Date(now.getTime() - WEEK_MS)]);
