/** Runs that evaluators and statistics rest on. Source: DOMAIN 2.4, 4.8. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

export interface RunState {
  readonly runId: string;
  readonly kind: string;
  readonly state: string;
  readonly lockedAt: Date | null;
}

export async function readRun(em: EntityManager, runId: string): Promise<RunState | undefined> {
  const [run] = await execute<RunState>(
    em,
    `select run_id as "runId", kind, state, locked_at as "lockedAt" from evaluation_run
     where run_id = ?`,
    [runId],
  );
  return run;
}

/** The same of a run that nobody supersedes before the transaction ends. */
export async function keepRun(em: EntityManager, runId: string): Promise<RunState | undefined> {
  await execute(em, `select 1 from evaluation_run where run_id = ? for share`, [runId]);
  return readRun(em, runId);
}

/** Whether figures of a run may be released: an official one, in state LOCKED (3.6). */
export const isLocked = (run: RunState | undefined): run is RunState =>
  run?.kind === 'OFFICIAL' && run.state === 'LOCKED';

/** Whether figures that were released of a run stand: a later run changes none of them (SC-09). */
export const wasLocked = (run: RunState | undefined): boolean =>
  run?.kind === 'OFFICIAL' && (run.state === 'LOCKED' || run.state === 'SUPERSEDED');

/** SQL of the number of the latest official run that was locked at an instant. */
export const runAt = (instant: string): string => `
  select run_id from evaluation_run
  where kind = 'OFFICIAL' and locked_at <= ${instant}
    and (superseded_at is null or superseded_at > ${instant})
  order by locked_at desc limit 1`;
