/**
 * An office that was put back from a backup serves nobody until what went since has gone again: students
 * who were destroyed, consents that were withdrawn, findings that were taken back, records too old to be
 * kept (3.6, F-06, docs/decisions/0068).
 *
 * 1. An office whose records are the first copy erases what the journal beside its backups says.
 * 2. It reads the feeds of its sources from their beginning; what it holds and they have no more, goes.
 * 3. Its erasing jobs run.
 */
import { setTimeout } from 'node:timers/promises';
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import type { FeedReader } from '../feed/reader.js';
import { PENDING } from '../feed/reread.js';
import type { OfficeParts } from '../server/office-parts.js';
import { readJournal } from './journal.js';
import type { BackedUpOffice } from './parts.js';

const COUNT = `select count(*)::int as count from reread where source = ?`;
const UNREAD = (held: string): string => `
  select held.key, held.version from (${held}) held
  where not exists (select from reread r
    where r.source = ? and r.topic = ? and r.key = held.key)
  order by held.key`;

interface Held {
  readonly key: string;
  readonly version: number;
}

/** Records that a handler forgets at a time. */
const AT_ONCE = 200;

/** What this office holds of a source, and the source has no more, is forgotten as its handlers do it. */
async function forgetUnread(
  em: EntityManager,
  { copies = {}, consumes }: BackedUpOffice,
  at: Date,
): Promise<number> {
  let count = 0;
  for (const [source, topics] of Object.entries(copies)) {
    const [reread] = await execute<{ count: number }>(em, COUNT, [source]);
    for (const [topic, sql] of Object.entries(topics)) {
      const unread = await execute<Held>(em, UNREAD(sql), [source, topic]);
      // An archive that was set up anew, or is the wrong one, would have everybody erased.
      if (unread.length && !reread?.count)
        throw new Error(`${source} gave no record at all: restore it before this office.`);
      const handler = consumes[source]?.[topic];
      for (let from = 0; from < unread.length; from += AT_ONCE) {
        const some = unread.slice(from, from + AT_ONCE);
        const events = some.map((one) => ({ ...one, topic, payload: {}, gone: true as const }));
        await handler?.(em, events, at);
      }
      count += unread.length;
    }
  }
  return count;
}

const LOCK = `${PENDING} for update`;
const DONE = `update restored set reconciled_at = ?`;
const LOG = `
  insert into operation_log (at, actor, role, action, target, reason, request_id)
  values (?, 'job:restore', 'SYS_OPERATOR', 'backup.run', ?, ?, gen_random_uuid()::text)`;

/** What was erased since, of an office whose records are the first copy. */
async function repeatErasures(office: BackedUpOffice, parts: OfficeParts): Promise<void> {
  const { repeatErasures: repeat } = office;
  if (!repeat) return;
  const { backup, keyring, clock } = parts.config;
  if (!backup)
    throw new Error('BACKUP_FOLDER is not set: the journal of what was erased since lies there.');
  await repeat(parts, await readJournal(backup.folder, keyring), clock.now());
}

export interface Reconciling extends OfficeParts {
  readonly feeds: readonly FeedReader[];
  readonly signal: AbortSignal;
  /** What was erased since is erased again: others may read the feed. */
  readonly onErased: () => void;
}

async function reconcileOnce(office: BackedUpOffice, parts: Reconciling): Promise<void> {
  const { orm, config, feeds, onErased } = parts;
  await repeatErasures(office, parts);
  onErased();
  for (const feed of feeds) await feed.settle();
  const at = config.clock.now();
  const count = await forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    await execute(em, LOCK);
    return forgetUnread(em, office, at);
  });
  for (const job of office.jobs ?? []) if (job.erases) await job.run(parts, config.clock.now());
  await forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    // Another replica may have been as far.
    if (!(await execute(em, LOCK)).length) return;
    await execute(em, LOG, [at, `Restore ${office.name}`, `${count} records had gone since`]);
    await execute(em, 'delete from reread');
    await execute(em, DONE, [at]);
  });
  config.log.warn({ count }, 'what went since the backup is erased again; the office serves');
}

const PAUSE_MS = 1000;

/** Try until it is done, or the office stops. It stays closed meanwhile. */
export async function reconcile(office: BackedUpOffice, parts: Reconciling): Promise<boolean> {
  const { signal, config } = parts;
  let said = '';
  while (!signal.aborted) {
    try {
      await reconcileOnce(office, parts);
      return true;
    } catch (error) {
      if (signal.aborted) break;
      const { message } = error as Error;
      if (message !== said)
        config.log.error({ err: error }, 'restored, and closed until what went since is erased');
      said = message;
    }
    await setTimeout(PAUSE_MS, undefined, { signal }).catch(() => {});
  }
  return false;
}
