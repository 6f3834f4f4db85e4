/** Large batches that were approved are applied by a job of each office (F-13). */
import { setInstant } from '../../database/instant.js';
import type { Identity } from '../../call/identity.js';
import { execute, forkOf, type EntityManager } from '../../database/orm.js';
import { withRetries } from '../../database/retry.js';
import { isFault } from '../../errors.js';
import type { Role } from '../../privacy/roles.js';
import type { Job } from '../../server/jobs.js';
import type { OfficeParts } from '../../server/office-parts.js';
import { applyRows, confirmRows, lockBatch } from '../apply-rows.js';
import type { ImportJob } from '../job.js';
import { forgetOldValues } from '../rejected-store.js';
import { logged } from '../require-action.js';
import { beginProgress, endProgress } from './batch-progress.js';

const APPROVING = 'APPROVING';
/** Every minute; each start runs it once. */
const EVERY_MINUTE = '* * * * *';

interface Approved {
  readonly id: string;
  readonly kind: string;
  readonly approver: string;
  readonly orgs: readonly string[];
}

const WAITING = `
  select id, kind, approved_by as approver, coalesce(approver_orgs, '{}') as orgs
  from import_batch where state = '${APPROVING}' order by recorded_at, id`;
const DONE = `
  update import_batch set state = 'APPROVED', approved_at = ?, version = version + 1
  where id = ?::uuid`;
const GIVEN_BACK = `
  update import_batch set state = 'PROPOSED', approved_by = null, approver_orgs = null, failure = ?,
    version = version + 1
  where id = ?::uuid and state = '${APPROVING}'`;

/** In whose name the job works; the approval itself stands in the log under the reviewer's own role. */
const inTheNameOf = ({ approver, orgs, id }: Approved): Identity => ({
  subject: approver,
  role: 'SYS_OPERATOR' satisfies Role,
  orgs,
  purpose: 'OPERATIONS',
  requestId: `batch ${id}`,
  groups: [],
  deniedAtGateway: [],
});

async function apply(office: OfficeParts, job: ImportJob, batch: Approved): Promise<void> {
  const { id, kind, approver, orgs } = batch;
  const identity = inTheNameOf(batch);
  const at = office.config.clock.now();
  await confirmRows(office, job, id, identity);
  await withRetries(async () => {
    const { onApplied, written } = await beginProgress(office, id);
    try {
      await forkOf(office.orm).transactional(async (inner) => {
        const em = inner as EntityManager;
        await setInstant(em, at);
        const locked = await lockBatch(em, id, APPROVING);
        await applyRows(em, job, locked, { approver, orgs, at, onApplied });
        await execute(em, DONE, [at, id]);
        await endProgress(em, id);
        await logged(em, identity, at, 'batch.apply', `${kind} ${id}`);
      });
    } finally {
      await written();
    }
  });
}

/** It waits again, and says why: a check that does not hold any more is for its reviewer to see. */
const giveBack = ({ orm }: OfficeParts, { id }: Approved, why: string) =>
  forkOf(orm).transactional(async (inner) => {
    await execute(inner as EntityManager, GIVEN_BACK, [why, id]);
    await endProgress(inner as EntityManager, id);
  });

/** The job that applies what was approved; what others hold is tried again by its next run. */
export const applyBatches = (jobs: readonly ImportJob[]): Job => ({
  name: 'applyBatches',
  cron: EVERY_MINUTE,
  async run(office) {
    await forgetOldValues(forkOf(office.orm), office.config.clock.now());
    for (const batch of await execute<Approved>(forkOf(office.orm), WAITING)) {
      const job = jobs.find(({ kind }) => kind.name === batch.kind);
      try {
        if (job) await apply(office, job, batch);
      } catch (error) {
        if (!isFault(error) || error.extensions['code'] !== 'STATE_CONFLICT') throw error;
        await giveBack(office, batch, error.message);
      }
    }
  },
});
