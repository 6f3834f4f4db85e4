/** What a reviewer's decision does to a batch, whichever mutation it comes by (F-13). */
import type { Context } from '../../call/context.js';
import type { Act } from '../../change/act.js';
import type { Step } from '../../change/door.js';
import { overtaken, sqlState, UNIQUE_VIOLATION } from '../../database/retry.js';
import { applyRows, forgetRows } from '../apply-rows.js';
import type { ImportJob } from '../job.js';
import { approved, ended } from './batch.rules.js';
import type { BatchRow } from './import-batch.js';
import { requireStudent, type SingleFact } from './single-fact.js';

/** What an office imports, and which of it is proposed by form too. */
export interface BatchKinds {
  readonly jobs: readonly ImportJob[];
  readonly facts: readonly SingleFact[];
}

/** @throws Error: code and batches disagree. */
export function jobOf({ jobs }: Pick<BatchKinds, 'jobs'>, name: string): ImportJob {
  const job = jobs.find(({ kind }) => kind.name === name);
  if (!job) throw new Error(`There is no import of ${name}.`);
  return job;
}

/** Its rows become records, in the transaction of the call. */
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

/** Approve and apply at once. */
export const approveNow =
  (ctx: Context, kinds: BatchKinds): Step<BatchRow> =>
  async (batch, act) => {
    const fact = kinds.facts.find(({ kind }) => kind === batch.kind);
    if (batch.byForm && fact) await requireStudent(ctx, fact, batch.id);
    await applyNow(jobOf(kinds, batch.kind), batch, act);
    return approved(batch, act);
  };

/** Reject or take back: nothing of the file is kept but its counts. */
export const end: Step<BatchRow> = async ({ id }, { follow }) => {
  await follow((em) => forgetRows(em, id));
  return ended();
};
