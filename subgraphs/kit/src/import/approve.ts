/** The second person of an import approves what a clerk proposed (INV-02, F-13). */
import { setInstant } from '../database/instant.js';
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import { isHeldByOthers, UNIQUE_VIOLATION, withRetries } from '../database/retry.js';
import { fault } from '../errors.js';
import type { Identity } from '../call/identity.js';
import type { OfficeParts } from '../server/office-parts.js';
import { AUTOMATIC } from './approval.js';
import { applyRows, confirmRows, lockBatch, type AppliedBatch } from './apply-rows.js';
import { countChanges } from './changes.js';
import type { ImportJob } from './job.js';
import { requireAction, logged } from './require-action.js';
import type { ImportReport } from './report.js';
import { keepUnsaid } from './unsaid.js';

const HELD = `其他更改正占用这些行；未作任何更改，请再次批准。 Other changes hold these rows; nothing was changed: approve again.`;

const APPROVED = `
  update import_batch set state = 'APPROVED', approved_by = ?, approved_at = ?, version = version + 1
  where id = ?::uuid`;

function attempt(
  { orm, config }: OfficeParts,
  job: ImportJob,
  batchId: string,
  identity: Identity,
  reason?: string,
): Promise<AppliedBatch> {
  return forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    const batch = await lockBatch(em, batchId);
    const at = config.clock.now();
    await setInstant(em, at);
    const approver = job.approval ? identity.subject : AUTOMATIC;
    const applied = await applyRows(em, job, batch, { approver, orgs: identity.orgs, at });
    await execute(em, APPROVED, [approver, at, batchId]);
    const target = `${batch.kind} ${batchId}`;
    await logged(em, identity, at, job.approval ?? job.action, target, reason);
    return applied;
  });
}

interface Waiting {
  readonly job: ImportJob;
  readonly kind: string;
  readonly rows: number;
  readonly rejected: number;
}

interface FoundBatch {
  kind: string;
  state: string;
  by: string;
  rows: number;
  rejected: number;
}

/** A batch of a kind of this office, for somebody who may approve it. */
async function waitingBatch(
  { orm }: OfficeParts,
  jobs: readonly ImportJob[],
  batchId: string,
  identity: Identity,
): Promise<Waiting> {
  const [found] = await execute<FoundBatch>(
    forkOf(orm),
    `select kind, state, recorded_by as by, row_count as rows, rejected_count as rejected
     from import_batch where id::text = ?`,
    [batchId],
  );
  const job = jobs.find(({ kind }) => kind.name === found?.kind);
  if (!found || !job?.approval) throw fault('NOT_FOUND', `batch ${batchId}`);
  requireAction(identity, job.approval);
  if (found.by === identity.subject) throw fault('SOD_VIOLATION');
  if (found.state !== 'PROPOSED') throw fault('STATE_CONFLICT', `batch ${batchId}: ${found.state}`);
  return { job, kind: found.kind, rows: found.rows, rejected: found.rejected };
}

/**
 * The rows of a batch come into force, with log and events, in one transaction. Another office is
 * called before it begins, so that no lock waits for an answer. When the database takes it back
 * because of others, it is run again, a few times.
 *
 * @throws SUBGRAPH_UNAVAILABLE when others go on to hold the rows: nothing was changed.
 */
export async function applyBatch(
  office: OfficeParts,
  job: ImportJob,
  batchId: string,
  identity: Identity,
  reason?: string,
): Promise<AppliedBatch> {
  if (job.approval) await confirmRows(office, job, batchId, identity);
  try {
    return await withRetries(
      () => attempt(office, job, batchId, identity, reason),
      [UNIQUE_VIOLATION],
    );
  } catch (error) {
    throw isHeldByOthers(error) ? fault('SUBGRAPH_UNAVAILABLE', HELD) : error;
  }
}

/**
 * Approve a proposed batch.
 *
 * @param reason  Stands in the operation log.
 * @throws FORBIDDEN_ACTION, NOT_FOUND, STATE_CONFLICT; SOD_VIOLATION for the clerk himself.
 */
export async function approve(
  office: OfficeParts,
  jobs: readonly ImportJob[],
  batchId: string,
  identity: Identity,
  reason?: string,
): Promise<ImportReport> {
  const { job, ...batch } = await waitingBatch(office, jobs, batchId, identity);
  const applied = await applyBatch(office, job, batchId, identity, reason);
  return { batchId, ...batch, notes: [], ...applied };
}

/**
 * What a proposed batch would change now, for its reviewer before he approves it. Nothing changes.
 *
 * @throws As `approve`.
 */
export async function review(
  office: OfficeParts,
  jobs: readonly ImportJob[],
  batchId: string,
  identity: Identity,
): Promise<ImportReport> {
  const { job, ...batch } = await waitingBatch(office, jobs, batchId, identity);
  const found = await forkOf(office.orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    await lockBatch(em, batchId);
    await keepUnsaid(em, job, batchId);
    const target = `${batch.kind} ${batchId}`;
    await logged(em, identity, office.config.clock.now(), job.approval ?? job.action, target);
    const notes = (await job.notes?.(em, batchId)) ?? [];
    return { changes: await countChanges(em, job, batchId), notes };
  });
  return { batchId, ...batch, ...found, state: 'PROPOSED' };
}
