/**
 * What was committed under a number just as it was given up: the transaction had begun before the rows
 * of its student moved, and nothing that the office reads later speaks of it (F-07).
 */
import { setInstant } from '../database/instant.js';
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import { withRetries } from '../database/retry.js';
import type { Job } from '../server/jobs.js';
import type { FeedHandler } from './handler.js';
import type { FeedEvent } from './outbox.js';
import { renumber, type FormerNumber } from './renumber.js';

/** Every column that a renumbering moves, as `renumber_student` finds them. */
const COLUMNS = `
  select format('select f.old_no as "oldNo", f.student_no as "studentNo"
    from former_number f join %s t on t.%I = f.old_no', c.oid::regclass, a.attname) as find
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join student_column s on s.table_name = c.relname and s.column_name = a.attname
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'former_number'
    and coalesce(s.moves, a.attname = 'student_no') and has_table_privilege(c.oid, 'select')
  order by c.relname, a.attname`;

/** Numbers under which rows stand although another one holds: two statements, whatever there is. */
async function leftBehind(em: EntityManager): Promise<FormerNumber[]> {
  const columns = await execute<{ find: string }>(em, COLUMNS);
  return execute<FormerNumber>(em, columns.map(({ find }) => find).join(' union '));
}

const ROSTER = `
  select student_no as key, version, jsonb_build_object('name', name, 'college', college,
    'classCode', class_code, 'status', status) as payload
  from roster where student_no = any(?::text[])`;

/** What the office would read of these students next, which moves their rows with all that follows. */
async function rosterEvents(
  em: EntityManager,
  numbers: readonly FormerNumber[],
): Promise<FeedEvent[]> {
  const holding = [...new Set(numbers.map(({ studentNo }) => studentNo))];
  const rows = await execute<Pick<FeedEvent, 'key' | 'version' | 'payload'>>(em, ROSTER, [holding]);
  return rows.map(({ key, version, payload }) => {
    const formerNos = numbers
      .filter(({ studentNo }) => studentNo === key)
      .map(({ oldNo }) => oldNo);
    return { topic: 'roster', key, version, payload: { ...payload, formerNos } };
  });
}

/**
 * @param roster  How the office consumes the roster; nothing, where it reads none: its rows say all by
 *                their columns.
 */
export const followNumbers = (roster: FeedHandler | undefined): Job => ({
  name: 'followNumbers',
  cron: '*/5 * * * *',
  run: ({ orm }, at) =>
    withRetries(() =>
      forkOf(orm).transactional(async (inner) => {
        const em = inner as EntityManager;
        await setInstant(em, at);
        const numbers = await leftBehind(em);
        if (!numbers.length) return;
        if (roster) await roster(em, await rosterEvents(em, numbers), at);
        else await renumber(em, numbers, at);
      }),
    ),
});
