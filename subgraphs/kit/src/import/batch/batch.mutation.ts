/** The mutations of a reviewer and a clerk on the batches of an office (F-13, 3.8). */
import { Args, Ctx, Resolver, type ClassType } from 'type-graphql';
import { actionOf } from '../../action/actions.js';
import type { Context } from '../../call/context.js';
import type { Act } from '../../change/act.js';
import { requireRight, tableRow } from '../../change/authorization.js';
import { change, refusedPayload, type Payload, type Step } from '../../change/door.js';
import type { Noun } from '../../change/noun.js';
import { Changes, RowArgs } from '../../change/payload.js';
import { execute } from '../../database/orm.js';
import { overtaken, sqlState, UNIQUE_VIOLATION } from '../../database/retry.js';
import { applyRows, confirmRows, forgetRows } from '../apply-rows.js';
import type { ImportJob } from '../job.js';
import { approved, approving, ended, isLarge } from './batch.rules.js';
import type { BatchRow } from './import-batch.js';

const jobOf = (jobs: readonly ImportJob[], name: string): ImportJob => {
  const job = jobs.find(({ kind }) => kind.name === name);
  if (!job) throw new Error(`There is no import of ${name}.`);
  return job;
};

async function applyNow(job: ImportJob, batch: BatchRow, { by, follow }: Act): Promise<void> {
  const locked = {
    ...batch,
    recordedAt: batch.recordedAt.toISOString(),
    basisDocNo: batch.basisDocNo ?? null,
  };
  try {
    await follow((em, at) =>
      applyRows(em, job, locked, { approver: by.subject, orgs: by.orgs, at }),
    );
  } catch (error) {
    throw sqlState(error) === UNIQUE_VIOLATION ? overtaken() : error;
  }
}

/** Approve: applied at once, or, when there are many rows, by a job. */
const approve =
  (jobs: readonly ImportJob[]): Step<BatchRow> =>
  async (batch, act) => {
    if (isLarge(batch)) return approving(batch, act);
    await applyNow(jobOf(jobs, batch.kind), batch, act);
    return approved(batch, act);
  };

/** Reject or take back: nothing of the file is kept but its counts. */
const end: Step<BatchRow> = async ({ id }, { follow }) => {
  await follow((em) => forgetRows(em, id));
  return ended();
};

const WAITING = `select kind from import_batch where id::text = ? and state = 'PROPOSED'`;

/** The other office confirms before the transaction begins: no lock waits for its answer. */
async function confirmFirst(ctx: Context, jobs: readonly ImportJob[], id: string): Promise<void> {
  const [batch] = await execute<{ kind: string }>(ctx.em, WAITING, [id]);
  const job = jobs.find(({ kind }) => kind.name === batch?.kind);
  if (job && ctx.office) await confirmRows(ctx.office, job, id, ctx.identity);
}

type Run = (ctx: Context, args: RowArgs) => Promise<Payload>;

/** A resolver class with the one mutation that the table names for an action. */
function mutation(action: string, noun: Noun<BatchRow>, description: string, run: Run): ClassType {
  const name = actionOf(action)?.entrance ?? '';
  class BatchMutation {}
  const prototype = BatchMutation.prototype as Record<string, unknown>;
  prototype[name] = (args: RowArgs, ctx: Context) => run(ctx, args);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  Reflect.defineMetadata('design:paramtypes', [RowArgs, Object], prototype, name);
  Args(() => RowArgs)(prototype, name, 0);
  Ctx()(prototype, name, 1);
  Changes(action, noun, description)(prototype, name, descriptor);
  Resolver()(BatchMutation);
  return BatchMutation;
}

/**
 * The three mutations on the batches whose actions begin alike (`finance`, `grant`).
 *
 * @param prefix  Noun of the actions: `finance.approveImport`.
 */
export function batchMutations(
  prefix: string,
  noun: Noun<BatchRow>,
  jobs: readonly ImportJob[],
): ClassType[] {
  const action = (verb: string): string => `${prefix}.${verb}Import`;
  const approvals: Run = async (ctx, args) => {
    requireRight(ctx, tableRow(action('approve')));
    try {
      await confirmFirst(ctx, jobs, args.id);
    } catch (error) {
      return refusedPayload(noun, error);
    }
    return change(ctx, action('approve'), noun, args, approve(jobs));
  };
  const ends =
    (verb: string): Run =>
    (ctx, args) =>
      change(ctx, action(verb), noun, args, end);
  return [
    mutation(action('approve'), noun, 'Approve a batch as its second person.', approvals),
    mutation(action('reject'), noun, 'Reject a batch, with a reason.', ends('reject')),
    mutation(action('withdraw'), noun, 'Take an own batch back.', ends('withdraw')),
  ];
}
