/** The staged rows of a batch become records, in the transaction of whoever approves it. */
import type { Identity } from '../call/identity.js';
import { execute, type EntityManager } from '../database/orm.js';
import { fault } from '../errors.js';
import type { OfficeParts } from '../server/office-parts.js';
import type { Approval } from './approval.js';
import { publishBatch } from './batch.publish.js';
import { countChanges, type BatchChanges } from './changes.js';
import { reviewClosed } from './closed.js';
import type { ImportJob, StagedCheck } from './job.js';
import { forgetRejectedValues } from './rejected-store.js';
import { isWrong } from './stage.js';
import { keepUnsaid } from './unsaid.js';

/** A batch whose row is locked. */
export interface LockedBatch {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly basisDocNo: string | null;
  readonly fileDigest: string;
  readonly rows: number;
  readonly rejected: number;
  readonly byForm: boolean;
}

/** What an approval did. */
export interface AppliedBatch {
  readonly changed: number;
  readonly changes: BatchChanges;
  readonly overwritten?: number;
  readonly state: 'APPROVED';
}

const LOCK = `
  select id, kind, state, recorded_by as "recordedBy", recorded_at as "recordedAt",
    basis_doc_no as "basisDocNo", file_sha256 as "fileDigest", row_count as rows,
    rejected_count as rejected, by_form as "byForm"
  from import_batch where id::text = ? for update`;

/**
 * Read and lock a batch in a state; two reviewers wait for each other.
 *
 * @throws NOT_FOUND, STATE_CONFLICT
 */
export async function lockBatch(
  em: EntityManager,
  batchId: string,
  state = 'PROPOSED',
): Promise<LockedBatch> {
  const [batch] = await execute<LockedBatch>(em, LOCK, [batchId]);
  if (!batch) throw fault('NOT_FOUND', `batch ${batchId}`);
  if (batch.state !== state) throw fault('STATE_CONFLICT', `batch ${batchId}: ${batch.state}`);
  return batch;
}

/** Of two batches of one kind the second sees the records of the first, and what they say stays. */
const lockKind = (em: EntityManager, kind: string) =>
  execute(em, `select pg_advisory_xact_lock(hashtext('import'), hashtext(?))`, [kind]);

const noLonger = ({ column, reason }: Pick<StagedCheck, 'column' | 'reason'>) =>
  fault('STATE_CONFLICT', `${column}: ${reason.zh} ${reason.en}`);

/**
 * Have the other office confirm the rows again: what it confirmed at the proposal may not hold any
 * more. Before a transaction begins, so that no lock waits for an answer.
 *
 * @throws STATE_CONFLICT, SUBGRAPH_UNAVAILABLE
 */
export async function confirmRows(
  office: OfficeParts,
  { confirmation }: ImportJob,
  batchId: string,
  identity: Identity,
): Promise<void> {
  const lines = await confirmation?.refusedLines(office, batchId, identity);
  if (confirmation && lines?.length) throw noLonger(confirmation);
}

/** Who approves, and when. */
export interface Approver extends Pick<Approval, 'onApplied'> {
  readonly approver: string;
  readonly orgs: readonly string[];
  readonly at: Date;
}

/** Nothing of a batch waits any more. */
export async function forgetRows(em: EntityManager, batchId: string): Promise<void> {
  await execute(em, `delete from import_row where batch_id = ?::uuid`, [batchId]);
  await forgetRejectedValues(em, batchId);
}

/**
 * Apply the rows of a locked batch, with all that follows from them. Its own row is left to the caller.
 *
 * @throws STATE_CONFLICT for a check that does not hold any more: nothing was changed.
 */
export async function applyRows(
  em: EntityManager,
  job: ImportJob,
  batch: LockedBatch,
  { approver, orgs, at, onApplied }: Approver,
): Promise<AppliedBatch> {
  const { id: batchId, kind, fileDigest, rows, rejected, byForm, recordedBy, basisDocNo } = batch;
  const recordedAt = new Date(batch.recordedAt);
  await lockKind(em, kind);
  await job.lock?.(em, batchId);
  const staged = { em, batchId, orgs, at };
  await keepUnsaid(em, job, batchId, { isLocked: true });
  for (const check of job.checks) if (await isWrong(staged, check)) throw noLonger(check);
  const changes = await countChanges(em, job, batchId);
  const reviewed = await reviewClosed(em, job, batchId, at);
  let overwritten = 0;
  const approval: Approval = {
    batchId,
    recordedBy,
    recordedAt,
    approvedBy: approver,
    approvedAt: at,
    onOverwritten: (count) => (overwritten += count),
    ...(basisDocNo && { basisDocNo }),
    ...(onApplied && { onApplied }),
  };
  const applied = await job.apply(em, approval);
  for (const follow of job.followers ?? []) await follow(em, approval, applied.rows);
  const changed = applied.count + reviewed;
  await forgetRows(em, batchId);
  const counts = { kind, fileDigest, receivedAt: recordedAt, rows, rejected, byForm };
  await publishBatch(em, job, batchId, { ...counts, inForceAt: at, changed });
  return { changed, changes, ...(overwritten && { overwritten }), state: 'APPROVED' };
}
