import { execute, type EntityManager } from './orm.js';

/** Whoever may not use a schema cannot read its tables, whatever is granted on them. */
const UNREADABLE = `
  select n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema$)'
    and not (has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'))
  order by 1`;

/** Tables of this database that its run-time role may not read: an office's own, all of them. */
export async function unreadableTables(em: EntityManager): Promise<string[]> {
  const rows = await execute<{ name: string }>(em, UNREADABLE);
  return rows.map(({ name }) => name);
}
