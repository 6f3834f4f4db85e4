/** The second person of an import: what a clerk brought in comes into force (INV-02, F-13). */
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import { fault } from '../errors.js';
import type { Identity } from '../identity.js';
import type { OfficeParts } from '../office.js';
import { tellBatch } from './batch-told.js';
import type { ImportJob } from './job.js';
import { authorise, logged } from './leave.js';
import type { ImportReport } from './report.js';
import { isWrong } from './stage.js';

/** Who "approves" where the table names no second person: the checks of the office (3.8). */
const AUTOMATIC = 'automatic checks';

interface BatchRow {
  kind: string;
  state: string;
  recordedBy: string;
  recordedAt: string;
  basisDocNo: string | null;
  fileDigest: string;
  rows: number;
  rejected: number;
}

/** Read and lock a batch; two reviewers take turns. */
async function lockBatch(em: EntityManager, batchId: string): Promise<BatchRow> {
  const [batch] = await execute<BatchRow>(
    em,
    `select kind, state, recorded_by as "recordedBy", recorded_at as "recordedAt",
       basis_doc_no as "basisDocNo", file_sha256 as "fileDigest", row_count as rows, rejected_count as rejected
     from import_batch where id::text = ? for update`,
    [batchId],
  );
  if (!batch) throw fault('NOT_FOUND', `batch ${batchId}`);
  if (batch.state !== 'PROPOSED') throw fault('STATE_CONFLICT', `batch ${batchId}: ${batch.state}`);
  return batch;
}

/** The rows of a batch come into force, with log and events, in one transaction. */
export function putInForce(
  { orm, config }: OfficeParts,
  job: ImportJob,
  batchId: string,
  identity: Identity,
): Promise<{ changed: number; state: 'APPROVED' }> {
  return forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    const batch = await lockBatch(em, batchId);
    const now = config.clock.now();
    const approver = job.approval ? identity.subject : AUTOMATIC;
    const staged = { em, batchId, orgs: identity.orgs, at: now };
    for (const check of job.checks)
      if (await isWrong(staged, check))
        throw fault('STATE_CONFLICT', `${check.column}: ${check.reason.zh} ${check.reason.en}`);
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
    const { kind, fileDigest, rows, rejected } = batch;
    const receivedAt = new Date(batch.recordedAt);
    await tellBatch(em, job, batchId, {
      kind,
      fileDigest,
      receivedAt,
      rows,
      rejected,
      inForceAt: now,
      changed,
    });
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
