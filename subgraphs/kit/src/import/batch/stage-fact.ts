/** The one row of a proposal by form: staged, checked and counted as the rows of a file are. */
import { execute, type EntityManager } from '../../database/orm.js';
import { publishBatch } from '../batch.publish.js';
import { countChanges } from '../changes.js';
import type { ImportJob } from '../job.js';
import { isWrong } from '../stage.js';
import { keepUnsaid, unsaidOf } from '../unsaid.js';
import { refused } from './fact-args.js';
import type { BatchRow } from './import-batch.js';

const STAGE = `
  insert into import_row (batch_id, line, value, unsaid) values (?::uuid, 1, ?::jsonb, ?::jsonb)`;
const COUNT = `update import_batch set changes = ?::jsonb where id = ?::uuid`;
const NONE_CLEARED: ReadonlySet<string> = new Set();

type Fields = Readonly<Record<string, unknown>>;

export interface Proposed {
  readonly row: Fields;
  readonly orgs: readonly string[];
  readonly dataKey: Buffer;
  readonly at: Date;
}

/**
 * Runs in the transaction of the proposal.
 *
 * @throws VALIDATION naming the argument, for a row that a check of its kind refuses.
 */
export async function stageFact(
  em: EntityManager,
  job: ImportJob,
  { id: batchId, kind, fileDigest }: BatchRow,
  { row, orgs, dataKey, at }: Proposed,
): Promise<void> {
  const staged = (job.stage ? job.stage(row as never, dataKey) : row) as Fields;
  const unsaid = unsaidOf(job, row, staged, NONE_CLEARED);
  await execute(em, STAGE, [batchId, JSON.stringify(staged), JSON.stringify(unsaid)]);
  await keepUnsaid(em, job, batchId);
  for (const check of job.checks)
    if (await isWrong({ em, batchId, orgs, at }, check)) throw refused(check.column, check.reason);
  const changes = await countChanges(em, job, batchId);
  await execute(em, COUNT, [JSON.stringify(changes), batchId]);
  const counts = { kind, fileDigest, receivedAt: at, rows: 1, rejected: 0, byForm: true };
  await publishBatch(em, job, batchId, { ...counts, errors: [] });
}
