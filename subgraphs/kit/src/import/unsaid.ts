/** What a file does not say stays as it is: it is read from the stored record (F-13). */
import { execute, type EntityManager } from '../database/orm.js';
import type { FactTable } from './fact-table.js';
import type { ImportJob } from './job.js';
import { joinByHash } from './join.js';
import { columnOf, isOpen, openFields, sameRecord, storedIn } from './stored.js';

/**
 * The fields of a staged row that its file left open, each with what it is in a new record: what is
 * null and was not to be cleared, and what is made of such columns alone.
 *
 * @param staged  What is written of the row.
 * @param clears  Fields whose empty cells clear what is stored (`--empty-clears`).
 */
export function unsaidOf(
  job: Pick<ImportJob, 'madeOf'>,
  row: Readonly<Record<string, unknown>>,
  staged: Readonly<Record<string, unknown>>,
  clears: ReadonlySet<string>,
): Record<string, unknown> {
  const empty = Object.keys(row).filter((field) => row[field] === null && !clears.has(field));
  if (empty.length === 0) return {};
  const made = Object.entries(job.madeOf ?? {}).flatMap(([field, columns]) =>
    columns.every((column) => empty.includes(column)) ? [field] : [],
  );
  return Object.fromEntries([...empty, ...made].map((field) => [field, staged[field] ?? null]));
}

/** In key order, so that two batches that change the same records wait for each other. */
const lockStatement = (facts: FactTable): string => `
  select 1 from ${facts.table} t join import_row r on ${sameRecord(facts)}
  where r.batch_id = ?::uuid and r.unsaid <> '{}'
  order by ${facts.key.map(columnOf).join(', ')} for no key update of t`;

function fillStatement(facts: FactTable): string {
  const pairs = openFields(facts).map((field) => `('${field}', to_jsonb(${columnOf(field)}))`);
  // Of a field with fields inside, each keeps its own.
  const inner = (facts.merged ?? []).map(
    (field) => `|| jsonb_build_object('${field}', (r.value->'${field}') || coalesce((
      select jsonb_object_agg(o.key, ${columnOf(field)}->o.key) from jsonb_each(r.unsaid) o
      where jsonb_exists(r.value->'${field}', o.key)), '{}'))`,
  );
  return `
    update import_row set value = filled.value from (
      select r.line, r.value || r.unsaid || coalesce((
        select jsonb_object_agg(s.field, s.value) from (values ${pairs.join(', ')}) s (field, value)
        where s.value <> 'null' and jsonb_exists(r.unsaid, s.field)), '{}') ${inner.join(' ')} as value
      from import_row r join ${storedIn(facts)} on ${sameRecord(facts)}
      where r.batch_id = ?::uuid and r.unsaid <> '{}' and ${isOpen(facts)}
    ) filled
    where import_row.batch_id = ?::uuid and import_row.line = filled.line`;
}

/**
 * Put into the staged rows of a batch what their file left open and the stored records say, as they
 * are now. Where no record is stored, the defaults of the kind stand. Runs in the manager's transaction.
 *
 * @param isLocked  The stored records are kept from changing until the transaction ends.
 */
export async function keepUnsaid(
  em: EntityManager,
  job: ImportJob,
  batchId: string,
  { isLocked = false } = {},
): Promise<void> {
  const { facts } = job;
  if (!facts) return;
  await joinByHash(em);
  if (isLocked) await execute(em, lockStatement(facts), [batchId]);
  await execute(em, fillStatement(facts), [batchId, batchId]);
  await joinByHash(em, false);
}
