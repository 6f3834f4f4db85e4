/** Batches: a clerk's file is staged, a second person puts it in force (F-13, INV-02). */
import { basename } from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import { mayAct } from '../action/actions.js';
import { execute, forkOf } from '../database/orm.js';
import { fault } from '../errors.js';
import type { Identity } from '../identity.js';
import type { OfficeParts } from '../office.js';
import type { ImportJob, StagedCheck } from './job.js';
import { readFile, type ImportFile } from './read.js';
import { rejectedFile, type RejectedFile } from './rejected.js';

/** What one run of an import did. */
export interface ImportReport {
  readonly batchId: string;
  readonly kind: string;
  readonly rows: number;
  readonly rejected: number;
  /** Where the rejected rows are listed. */
  readonly rejectedFile?: string;
  /** Rows that changed anything; only once the batch is in force. */
  readonly changed?: number;
  readonly state: 'PROPOSED' | 'APPROVED';
}

export interface ProposeOptions {
  /** Number of the basis document (F-13). */
  readonly basisDocNo?: string;
  /** Told now and then how many rows were read. */
  readonly onProgress?: (rows: number) => void;
}

const STAGED_AT_ONCE = 2000;

function authorise(identity: Identity, action: string): void {
  if (mayAct(identity.role, action)) return;
  const rule = `${identity.role}.${action}`;
  throw fault('FORBIDDEN_ACTION', undefined, { group: action, clause: '3.8', rule });
}

const logged = (em: EntityManager, identity: Identity, now: Date, action: string, target: string) =>
  execute(
    em,
    `insert into operation_log (at, actor, role, action, target, request_id)
     values (?, ?, ?, ?, ?, ?)`,
    [now, identity.subject, identity.role, action, target, identity.requestId],
  );

async function stageRows(em: EntityManager, batchId: string, rows: readonly object[]) {
  await execute(
    em,
    `insert into import_row (batch_id, line, value)
     select ?::uuid, (e->>'line')::int, e->'value' from jsonb_array_elements(?::jsonb) e`,
    [batchId, JSON.stringify(rows)],
  );
}

/** A batch whose rows are checked: `importer.orgs` and `importer.at` in the conditions. */
interface Staged {
  readonly em: EntityManager;
  readonly batchId: string;
  readonly orgs: readonly string[];
  readonly at: Date;
}

/** Take the rows that a condition finds out of the stage and list them. */
async function reject(
  { em, batchId, orgs, at }: Staged,
  { column, reason, wrong }: StagedCheck,
  list: RejectedFile,
): Promise<number> {
  const rows = await execute<{ line: number }>(
    em,
    `delete from import_row r
     using (select string_to_array(?, ',') as orgs, ?::timestamptz as at) importer
     where r.batch_id = ?::uuid and (${wrong}) returning r.line`,
    [orgs.join(','), at, batchId],
  );
  for (const { line } of rows.sort((a, b) => a.line - b.line))
    await list.add(line, [{ column, reason }]);
  return rows.length;
}

/** A second row of the same record in one file: the first one stands. */
function doubled(key: readonly string[]): string {
  const parts = key.map((field) => `o.value->>'${field}' = r.value->>'${field}'`);
  return `exists (select from import_row o where o.batch_id = r.batch_id and o.line < r.line and ${parts.join(' and ')})`;
}
const DOUBLED = { zh: '与前面的行重复', en: 'the same record stands in an earlier row' };

async function readAll(
  { orm, config }: OfficeParts,
  job: ImportJob,
  batchId: string,
  file: ImportFile<unknown>,
  list: RejectedFile,
  onProgress: (rows: number) => void,
): Promise<{ rows: number; rejected: number }> {
  const { dataKey } = config.keyring;
  let waiting: object[] = [];
  let rows = 0;
  let rejected = 0;
  const flush = async () => {
    if (waiting.length) await stageRows(forkOf(orm), batchId, waiting);
    waiting = [];
    onProgress(rows + rejected);
  };
  for await (const row of file.rows()) {
    if ('problems' in row) {
      rejected += 1;
      await list.add(row.line, row.problems);
      continue;
    }
    rows += 1;
    const value = job.stage ? job.stage(row.value as never, dataKey) : row.value;
    waiting.push({ line: row.line, value });
    if (waiting.length >= STAGED_AT_ONCE) await flush();
  }
  await flush();
  return { rows, rejected };
}

/** Forget what an earlier run of the same file left when it was killed half-way. */
async function forgetTorn(em: EntityManager, kind: string, sha256: string, by: string) {
  const torn = `select id from import_batch
    where kind = ? and file_sha256 = ? and recorded_by = ? and state = 'READING'`;
  const which = [kind, sha256, by];
  await execute(em, `delete from import_row where batch_id in (${torn})`, which);
  await execute(em, `update import_batch set state = 'FAILED' where id in (${torn})`, which);
}

/**
 * Stage a clerk's file as a batch that waits for a second person. Bad rows are listed beside the
 * file with line, column and reason; nothing of the batch is in force yet.
 *
 * @throws FORBIDDEN_ACTION for a role that the action table does not name.
 * @throws VALIDATION for a file that is not of this kind.
 */
export async function propose(
  office: OfficeParts,
  job: ImportJob,
  path: string,
  identity: Identity,
  options: ProposeOptions = {},
): Promise<ImportReport> {
  authorise(identity, job.action);
  const { clock } = office.config;
  const em = forkOf(office.orm);
  const file = await readFile(path, job.kind);
  const kind = job.kind.name;
  await forgetTorn(em, kind, file.digest, identity.subject);
  const [batch] = await execute<{ id: string }>(
    em,
    `insert into import_batch (kind, file_name, file_sha256, basis_doc_no, state, recorded_by, recorded_at)
     values (?, ?, ?, ?, 'READING', ?, ?) returning id`,
    [kind, basename(path), file.digest, options.basisDocNo ?? null, identity.subject, clock.now()],
  );
  const batchId = batch?.id ?? '';
  const list = rejectedFile(path);
  const onProgress = options.onProgress ?? (() => {});
  const read = await readAll(office, job, batchId, file, list, onProgress);
  const staged = { em, batchId, orgs: identity.orgs, at: clock.now() };
  const twice = { column: job.key.join(', '), reason: DOUBLED, wrong: doubled(job.key) };
  let late = 0;
  for (const check of [twice, ...job.checks]) late += await reject(staged, check, list);
  const listed = await list.finish();
  const rows = read.rows - late;
  const rejected = read.rejected + late;
  await em.transactional(async (inner) => {
    const tx = inner as EntityManager;
    await execute(
      tx,
      `update import_batch set state = 'PROPOSED', row_count = ?, rejected_count = ? where id = ?`,
      [rows, rejected, batchId],
    );
    await logged(tx, identity, clock.now(), job.action, `${kind} ${batchId}`);
  });
  const report: ImportReport = {
    batchId,
    kind,
    rows,
    rejected,
    state: 'PROPOSED',
    ...(listed && { rejectedFile: listed }),
  };
  return job.approval
    ? report
    : { ...report, ...(await putInForce(office, job, batchId, identity)) };
}

interface BatchRow {
  kind: string;
  state: string;
  recordedBy: string;
  recordedAt: string;
  basisDocNo: string | null;
  rows: number;
  rejected: number;
}

/** Read and lock a batch; two reviewers take turns. */
async function lockBatch(em: EntityManager, batchId: string): Promise<BatchRow> {
  const [batch] = await execute<BatchRow>(
    em,
    `select kind, state, recorded_by as "recordedBy", recorded_at as "recordedAt",
       basis_doc_no as "basisDocNo", row_count as rows, rejected_count as rejected
     from import_batch where id::text = ? for update`,
    [batchId],
  );
  if (!batch) throw fault('NOT_FOUND', `batch ${batchId}`);
  if (batch.state !== 'PROPOSED') throw fault('STATE_CONFLICT', `batch ${batchId}: ${batch.state}`);
  return batch;
}

/** The rows of a batch come into force, with log and events, in one transaction. */
function putInForce(
  { orm, config }: OfficeParts,
  job: ImportJob,
  batchId: string,
  identity: Identity,
): Promise<{ changed: number; state: 'APPROVED' }> {
  return forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    const batch = await lockBatch(em, batchId);
    const automatic = !job.approval;
    const now = config.clock.now();
    const approver = automatic ? 'automatic checks' : identity.subject;
    const changed = await job.apply(em, {
      batchId,
      recordedBy: batch.recordedBy,
      recordedAt: new Date(batch.recordedAt),
      approvedBy: approver,
      approvedAt: now,
      ...(batch.basisDocNo && { basisDocNo: batch.basisDocNo }),
    });
    await execute(em, `delete from import_row where batch_id = ?::uuid`, [batchId]);
    await execute(
      em,
      `update import_batch set state = 'APPROVED', approved_by = ?, approved_at = ? where id = ?::uuid`,
      [approver, now, batchId],
    );
    await logged(em, identity, now, job.approval ?? job.action, `${batch.kind} ${batchId}`);
    return { changed, state: 'APPROVED' as const };
  });
}

/**
 * Put a proposed batch in force.
 *
 * @throws FORBIDDEN_ACTION, NOT_FOUND, STATE_CONFLICT; SOD_VIOLATION for the clerk himself.
 */
export async function approve(
  office: OfficeParts,
  jobs: readonly ImportJob[],
  batchId: string,
  identity: Identity,
): Promise<ImportReport> {
  const em = forkOf(office.orm);
  const [found] = await execute<{ kind: string; by: string; rows: number; rejected: number }>(
    em,
    `select kind, recorded_by as by, row_count as rows, rejected_count as rejected
     from import_batch where id::text = ?`,
    [batchId],
  );
  const job = jobs.find(({ kind }) => kind.name === found?.kind);
  if (!found || !job?.approval) throw fault('NOT_FOUND', `batch ${batchId}`);
  authorise(identity, job.approval);
  if (found.by === identity.subject) throw fault('SOD_VIOLATION');
  const { changed, state } = await putInForce(office, job, batchId, identity);
  return { batchId, kind: found.kind, rows: found.rows, rejected: found.rejected, changed, state };
}
