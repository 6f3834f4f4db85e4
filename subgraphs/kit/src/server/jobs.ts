/**
 * Daily work, shared by all replicas of an office: a queue in its own database
 * (pg-boss), installed by the migration owner, run by the role that has no DDL. ARCHITECTURE §5.
 */
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { allActions } from '../action/actions.js';
import type { OfficeParts } from './office-parts.js';

export interface Job {
  /** As the action table names it, without `job:` (INV-19). */
  readonly name: string;
  /** When, as cron writes it, at +08:00. Every start runs it once, for what was missed. */
  readonly cron: string;
  /** Erases what is over: of an office that was restored, before it serves anybody (3.6). */
  readonly erases?: true;
  /** May run twice, and after any number of days. */
  readonly run: (office: OfficeParts, at: Date) => Promise<void>;
}

export interface RunningJobs {
  stop(): Promise<void>;
}

const SCHEMA = 'job';
const TIME_ZONE = 'Asia/Shanghai';
const CONNECTIONS = 2;
const STOP_MS = 5000;
/** Of each job one waits or runs, whoever sent it; it is tried again when it fails. */
const QUEUE = { policy: 'exclusive', retryLimit: 5, retryDelay: 60, retryBackoff: true } as const;

const roleOf = (url: string): string => decodeURIComponent(new URL(url).username);

async function grant(ownerUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const app = pg.escapeIdentifier(role);
    await client.query(`
      grant usage on schema ${SCHEMA} to ${app};
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${app};
      grant usage, select on all sequences in schema ${SCHEMA} to ${app};
      grant execute on all functions in schema ${SCHEMA} to ${app};`);
  } finally {
    await client.end();
  }
}

/** @throws Error for a job that the action table does not know (INV-19). */
function checkKnown(jobs: readonly Job[]): void {
  const known = new Set(allActions().map(({ entrance }) => entrance));
  for (const { name } of jobs)
    if (!known.has(`job:${name}`)) throw new Error(`The action table has no job ${name}.`);
}

/** Make the queue, or bring it up to date, as the migration owner. */
export async function installJobs(
  { ownerUrl, appUrl }: { readonly ownerUrl: string; readonly appUrl: string },
  jobs: readonly Job[],
): Promise<void> {
  checkKnown(jobs);
  if (!jobs.length) return;
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: SCHEMA,
    supervise: false,
    schedule: false,
    max: 1,
  });
  // What fails here fails the call below; an error event without a listener would end the process.
  boss.on('error', () => {});
  await boss.start();
  try {
    for (const { name } of jobs) await boss.createQueue(name, QUEUE);
  } finally {
    await boss.stop({ graceful: false });
  }
  if (roleOf(ownerUrl) !== roleOf(appUrl)) await grant(ownerUrl, roleOf(appUrl));
}

/** Take part in an office's jobs until stopped. */
export async function startJobs(office: OfficeParts, jobs: readonly Job[]): Promise<RunningJobs> {
  if (!jobs.length) return { stop: async () => {} };
  const { databaseUrl, clock, log } = office.config;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: SCHEMA,
    migrate: false,
    createSchema: false,
    max: CONNECTIONS,
  });
  let isStopping = false;
  const stopping = Promise.withResolvers<never>();
  stopping.promise.catch(() => {});
  // A connection that is being closed may still report that its server stops: no fault.
  boss.on('error', (error) => void (isStopping || log.error({ err: error }, 'jobs')));
  await boss.start();
  for (const { name, cron, run } of jobs) {
    await boss.work(name, async () => {
      // One that is stopped while it waits is tried again by the next start.
      await Promise.race([office.config.othersKnown, stopping.promise]);
      try {
        await run(office, clock.now());
        log.info({ job: name }, 'job done');
      } catch (error) {
        log.error({ job: name, err: error }, 'job failed');
        throw error;
      }
    });
    await boss.schedule(name, cron, null, { tz: TIME_ZONE });
    await boss.send(name);
  }
  return {
    stop() {
      isStopping = true;
      stopping.reject(new Error('The office stops.'));
      return boss.stop({ graceful: true, timeout: STOP_MS });
    },
  };
}
