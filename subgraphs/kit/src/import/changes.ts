/** How many stored values each column of a batch changes: what its reviewer sees before he approves (F-13). */
import { execute, type EntityManager } from '../database/orm.js';
import { joinByHash } from './join.js';
import type { ImportJob } from './job.js';
import { columnOf, isOpen, openFields, sameRecord, storedIn } from './stored.js';

export interface ColumnChange {
  readonly field: string;
  /** Chinese heading. */
  readonly heading: string;
  /** Stored values that become another one. */
  readonly changed: number;
  /** Those among them that become nothing. */
  readonly cleared: number;
}

export interface BatchChanges {
  /** Records that are new. */
  readonly added: number;
  /** Columns that change anything, in the order of the kind. */
  readonly columns: readonly ColumnChange[];
}

const NOTHING: BatchChanges = { added: 0, columns: [] };

/**
 * Count in one statement, whatever the batch holds. Records that the importer's office may not know
 * of count as none. Runs in the manager's transaction.
 */
export async function countChanges(
  em: EntityManager,
  { facts, kind }: ImportJob,
  batchId: string,
): Promise<BatchChanges> {
  if (!facts) return NOTHING;
  const fields = openFields(facts).filter((field) => !facts.unlike?.includes(field));
  const typed = fields.map((field) => `"${field}" ${facts.fields[field]}`);
  const first = columnOf(facts.key[0] ?? '');
  const counts = fields.flatMap((field, at) => {
    const differs = `${first} is not null and ${columnOf(field)} is not null
      and ${columnOf(field)} is distinct from v."${field}"`;
    return [
      `count(*) filter (where ${differs})::int as "d${at}"`,
      `count(*) filter (where ${differs} and v."${field}" is null)::int as "c${at}"`,
    ];
  });
  await joinByHash(em);
  const [row = {}] = await execute<Record<string, number>>(
    em,
    `select ${[`count(*) filter (where ${first} is null)::int as added`, ...counts].join(', ')}
     from import_row r
     cross join lateral jsonb_to_record(r.value) v (${typed.join(', ')})
     left join ${storedIn(facts)} on ${sameRecord(facts)} and ${isOpen(facts)}
     where r.batch_id = ?::uuid`,
    [batchId],
  );
  await joinByHash(em, false);
  const columns = fields.map((field, at): ColumnChange => {
    const named = facts.readFrom?.[field] ?? field;
    const column = kind.columns.find((one) => one.field === named);
    const [changed = 0, cleared = 0] = [row[`d${at}`], row[`c${at}`]];
    return { field: named, heading: column?.headers[1] ?? named, changed, cleared };
  });
  return { added: row['added'] ?? 0, columns: columns.filter(({ changed }) => changed > 0) };
}
