/** The mutations of a reviewer and a clerk on the batches of an office (F-13, 3.8). */
import type { ClassType } from 'type-graphql';
import type { Context } from '../../call/context.js';
import { requireRight, tableRow } from '../../change/authorization.js';
import { change, refusedPayload, type Payload, type Step } from '../../change/door.js';
import type { Noun } from '../../change/noun.js';
import { Changes, RowArgs } from '../../change/payload.js';
import { execute } from '../../database/orm.js';
import { confirmRows } from '../apply-rows.js';
import type { ImportJob } from '../job.js';
import { approveNow, end, type BatchKinds } from './apply-batch.js';
import { approving, isLarge } from './batch.rules.js';
import type { BatchRow } from './import-batch.js';
import { mutationClass } from './mutation-class.js';

/** Approve: applied at once, or, when there are many rows, by a job. */
const approve =
  (ctx: Context, kinds: BatchKinds): Step<BatchRow> =>
  (batch, act) =>
    isLarge(batch) ? approving(batch, act) : approveNow(ctx, kinds)(batch, act);

const WAITING = `select kind from import_batch where id::text = ? and state = 'PROPOSED'`;

/** The other office confirms before the transaction begins: no lock waits for its answer. */
export async function confirmFirst(
  ctx: Context,
  jobs: readonly ImportJob[],
  id: string,
): Promise<void> {
  if (!jobs.some(({ confirmation }) => confirmation)) return;
  const [batch] = await execute<{ kind: string }>(ctx.em, WAITING, [id]);
  const job = jobs.find(({ kind }) => kind.name === batch?.kind);
  if (job && ctx.office) await confirmRows(ctx.office, job, id, ctx.identity);
}

type Run = (ctx: Context, args: RowArgs) => Promise<Payload>;

/**
 * The three mutations on the batches whose actions begin alike (`finance`, `grant`).
 *
 * @param prefix  Noun of the actions: `finance.approveImport`.
 */
export function batchMutations(
  prefix: string,
  noun: Noun<BatchRow>,
  kinds: BatchKinds,
): ClassType[] {
  const nameOf = (verb: string): string => `${prefix}.${verb}Import`;
  const approvals: Run = async (ctx, args) => {
    const action = nameOf('approve');
    requireRight(ctx, tableRow(action));
    try {
      await confirmFirst(ctx, kinds.jobs, args.id);
    } catch (error) {
      return refusedPayload(noun, error);
    }
    return change(ctx, action, noun, args, approve(ctx, kinds));
  };
  const ends =
    (verb: string): Run =>
    (ctx, args) =>
      change(ctx, nameOf(verb), noun, args, end);
  const mutation = (verb: string, description: string, run: Run): ClassType => {
    const action = nameOf(verb);
    const mark = Changes(action, noun, description);
    return mutationClass({ action, args: RowArgs, mark, run });
  };
  return [
    mutation('approve', 'Approve a batch as its second person.', approvals),
    mutation('reject', 'Reject a batch, with a reason.', ends('reject')),
    mutation('withdraw', 'Take an own batch back.', ends('withdraw')),
  ];
}
