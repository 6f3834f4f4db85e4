/**
 * Rows about a record that is closed. Clerk and reviewer may not know that it is: their report counts
 * the row as a new one, and the row goes to a review of those who may (FG14, 3.7).
 */
import { execute, type EntityManager } from '../database/orm.js';
import type { ImportJob } from './job.js';
import { isOpen, sameRecord, storedIn } from './stored.js';

const CLOSED_GROUP = 'CLOSED_CONDUCT';

/** The condition that finds such rows of a kind, or null: an open record of the same key is meant first. */
function conditionOf({ facts, closed }: ImportJob): string | null {
  const own = facts?.closed
    ? `(exists (select from ${storedIn(facts)} where ${sameRecord(facts)} and (${facts.closed}))
        and not exists (select from ${storedIn(facts)} where ${sameRecord(facts)}
          and ${isOpen(facts)}))`
    : null;
  const all = [own, closed].filter((one) => one !== null && one !== undefined);
  return all.length > 0 ? all.join(' or ') : null;
}

/**
 * Take the rows about closed records out of a batch that is being approved, and write them down.
 *
 * @returns How many: they are answered for as if they had come into force.
 */
export async function reviewClosed(
  em: EntityManager,
  job: ImportJob,
  batchId: string,
  at: Date,
): Promise<number> {
  const condition = conditionOf(job);
  if (!condition) return 0;
  const record = job.key.map((field) => `r.value->>'${field}'`).join(`, `);
  const [taken] = await execute<{ count: number }>(
    em,
    `with taken as (
       delete from import_row r where r.batch_id = ?::uuid and (${condition})
       returning r.line, r.value
     ), written as (
       insert into closed_review (batch_id, line, kind, record, student_no, privacy_group, at)
       select ?::uuid, r.line, ?, concat_ws(' ', ${record}), r.value->>'studentNo',
         '${CLOSED_GROUP}', ?::timestamptz
       from taken r returning 1)
     select count(*)::int as count from written`,
    [batchId, batchId, job.kind.name, at],
  );
  return taken?.count ?? 0;
}
