/** The rejected rows of a batch, for who brought it and for its reviewer, and for nobody else (F-13). */
import { actionOf, nounOf } from '../../action/actions.js';
import { faultAnswer, refusal, type HttpResponse } from '../../call/http.js';
import type { Identity } from '../../call/identity.js';
import { execute, forkOf, type EntityManager } from '../../database/orm.js';
import { fault } from '../../errors.js';
import type { OfficeParts } from '../../server/office-parts.js';
import type { ImportJob } from '../job.js';
import { readRejected } from '../rejected-store.js';
import { logged, requirePurpose } from '../require-action.js';

/** Path of the office's own answer; the batch stands in the body. */
export const REJECTED_PATH = '/rejected';

const BATCH = `
  select kind, recorded_by as "recordedBy", rejected_count as rejected from import_batch
  where id::text = ?`;
const CSV = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="rejected.csv"',
  'cache-control': 'no-store',
};

interface Batch {
  readonly kind: string;
  readonly recordedBy: string;
  readonly rejected: number;
}

/** Cells are nobody's any more once the batch is decided, or after a week. */
const GONE =
  '含单元格的退回行在审核后或一周后删除，请重新导入。 Rejected rows with cells are deleted once the batch is decided, or after a week: bring the file again.';

/** Whether a role decides on batches of a kind. */
const isReviewer = ({ role }: Identity, { approval }: ImportJob): boolean =>
  approval !== undefined && (actionOf(approval)?.rights.has(role) ?? false);

/**
 * The list, and a line in the log that it was read. A batch of somebody else and one that is not there
 * are one answer.
 *
 * @throws NOT_FOUND, FORBIDDEN_ACTION, PURPOSE_REQUIRED; STATE_CONFLICT for a list that is gone.
 */
async function read(
  { orm, config }: OfficeParts,
  jobs: readonly ImportJob[],
  id: string,
  identity: Identity,
): Promise<string> {
  const [batch] = await execute<Batch>(forkOf(orm), BATCH, [id]);
  const job = jobs.find(({ kind }) => kind.name === batch?.kind);
  if (!batch || !job) throw fault('NOT_FOUND');
  if (batch.recordedBy !== identity.subject && !isReviewer(identity, job)) throw fault('NOT_FOUND');
  const action = `${nounOf(job.action)}.readRejected`;
  requirePurpose(identity, action);
  return forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    await logged(em, identity, config.clock.now(), action, `${batch.kind} ${id}`);
    const list = await readRejected(em, id);
    if (!list && batch.rejected) throw fault('STATE_CONFLICT', GONE);
    return list;
  });
}

/** Answers the gateway's signed call. */
export const rejectedRoute =
  (office: OfficeParts, jobs: readonly ImportJob[]) =>
  async (body: Buffer, identity: Identity | undefined): Promise<HttpResponse> => {
    if (!identity) return refusal(401, 'UNAUTHENTICATED');
    try {
      const { id } = JSON.parse(body.toString('utf8')) as { id: string };
      return { status: 200, headers: CSV, body: await read(office, jobs, id, identity) };
    } catch (error) {
      return faultAnswer(error);
    }
  };
