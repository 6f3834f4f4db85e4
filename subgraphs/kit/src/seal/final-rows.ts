import { setTimeout } from 'node:timers/promises';
import type { Run } from './sealed-log.js';

const LOOK_MS = 50;
const LOOKS = 100;

const NEWEST = (table: string, id: string) => `select max(${id})::text as id from ${table}`;

/** Transactions that have written to the table, or may do so with a number that they have got. */
const WRITERS = `
  select l.virtualtransaction as writer from pg_locks l
  join pg_database d on d.oid = l.database and d.datname = current_database()
  where l.relation = to_regclass(?) and l.mode = 'RowExclusiveLock' and l.pid <> pg_backend_pid()`;

/**
 * The number up to which no row can come any more. A transaction that has a lower one and has not
 * ended holds a lock on the table; who begins later gets a higher one.
 *
 * @returns undefined while somebody goes on writing, and of an empty log.
 */
export async function finalId(
  run: Run,
  { table, id }: { readonly table: string; readonly id: string },
): Promise<string | undefined> {
  const [newest] = await run<{ id: string | null }>(NEWEST(table, id), []);
  if (!newest?.id) return undefined;
  const writers = async () =>
    (await run<{ writer: string }>(WRITERS, [table])).map(({ writer }) => writer);
  const before = new Set(await writers());
  for (let look = 0; before.size > 0 && look < LOOKS; look += 1) {
    const now = new Set(await writers());
    for (const writer of before) if (!now.has(writer)) before.delete(writer);
    if (before.size > 0) await setTimeout(LOOK_MS);
  }
  return before.size > 0 ? undefined : newest.id;
}
