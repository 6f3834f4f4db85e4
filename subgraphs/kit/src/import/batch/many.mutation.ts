/** A reviewer decides on several batches of his office at once: those of one fact above all (F-09). */
import type { ClassType } from 'type-graphql';
import { actionOf } from '../../action/actions.js';
import type { Context } from '../../call/context.js';
import { requireRight, tableRow } from '../../change/authorization.js';
import { changeMany, type ManyRequest } from '../../change/change-many.js';
import type { Step } from '../../change/door.js';
import { changeFault, ChangeErrorCode, mendable } from '../../change/errors.js';
import type { Noun } from '../../change/noun.js';
import { ChangesMany, ManyArgs } from '../../change/payload.js';
import { approveNow, end, type BatchKinds } from './apply-batch.js';
import { confirmFirst } from './batch.mutation.js';
import { ROWS_AT_ONCE } from './batch.rules.js';
import type { BatchRow } from './import-batch.js';
import { mutationClass } from './mutation-class.js';

const TOO_MANY = `合计超过 ${ROWS_AT_ONCE} 行，请单独批准。 More than ${ROWS_AT_ONCE} rows in all: approve it by itself.`;

/** Batches that another office does not confirm any more, with its reason. */
async function unconfirmed(ctx: Context, { jobs }: BatchKinds, ids: readonly string[]) {
  const reasons = new Map<string, Error>();
  for (const id of ids)
    try {
      await confirmFirst(ctx, jobs, id);
    } catch (error) {
      if (!(error instanceof Error) || !mendable(error)) throw error;
      reasons.set(id, error);
    }
  return reasons;
}

/** Approve what is small enough to be applied while the reviewer waits, all of the call together. */
function approveSome(
  ctx: Context,
  kinds: BatchKinds,
  reasons: ReadonlyMap<string, Error>,
): Step<BatchRow> {
  const approve = approveNow(ctx, kinds);
  let rows = 0;
  return (batch, act) => {
    const reason = reasons.get(batch.id);
    if (reason) throw reason;
    rows += batch.rows;
    if (rows > ROWS_AT_ONCE) throw changeFault(ChangeErrorCode.STATE_CONFLICT, TOO_MANY);
    return approve(batch, act);
  };
}

/** The two mutations, where the table names them for the actions that begin so. */
export function manyMutations(
  prefix: string,
  noun: Noun<BatchRow>,
  kinds: BatchKinds,
): ClassType[] {
  const [approves, rejects] = [`${prefix}.approveMany`, `${prefix}.rejectMany`];
  if (!actionOf(approves)) return [];
  return [
    mutationClass<ManyRequest>({
      action: approves,
      args: ManyArgs,
      mark: ChangesMany(approves, noun, 'Approve several at once, each decided by itself.'),
      async run(ctx, request) {
        requireRight(ctx, tableRow(approves));
        const reasons = await unconfirmed(ctx, kinds, request.ids);
        return changeMany(ctx, approves, noun, request, approveSome(ctx, kinds, reasons));
      },
    }),
    mutationClass<ManyRequest>({
      action: rejects,
      args: ManyArgs,
      mark: ChangesMany(rejects, noun, 'Reject several at once, each decided by itself.'),
      run: (ctx, request) => changeMany(ctx, rejects, noun, request, end),
    }),
  ];
}
