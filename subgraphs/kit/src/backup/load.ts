/**
 * Puts rows of a backup into the tables that migrations made, in one transaction: all of them, or none.
 * Foreign keys are taken off before and checked as they are put back; triggers do not run.
 */
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import { copyOf, type DumpedSequence, type DumpedTable } from './dump.js';
import type { Frame } from './frames.js';

const named = pg.escapeIdentifier;

/** Tables in which rows stand only once an office has worked. */
const USED = ['operation_log', 'outbox', 'roster', 'import_batch', 'feed_cursor', 'feed_reader'];

/**
 * Check that nobody has worked with a database: without tables, or with those that migrations made.
 *
 * @throws Error naming the table in which something stands.
 */
export async function checkEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname::text as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and (c.relname = any($1::text[]) or exists (select from pg_attribute a
         where a.attrelid = c.oid and a.attname = 'student_no' and not a.attisdropped))
     order by 1`,
    [USED],
  );
  for (const { name } of rows) {
    const found = await client.query(`select 1 from ${named(name)} limit 1`);
    if (found.rowCount)
      throw new Error(
        `The database is not empty: rows stand in ${name}. A backup is put into an empty one alone.`,
      );
  }
}

/** Take away what migrations made in the schema, and leave the rights on it as they are. */
const CLEAR = `
  do $$
  declare
    one record;
  begin
    for one in select c.relname, c.relkind from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    loop
      if to_regclass(format('public.%I', one.relname)) is null then continue; end if;
      execute format('drop %s %I cascade', case one.relkind when 'v' then 'view'
        when 'm' then 'materialized view' else 'table' end, one.relname);
    end loop;
    for one in select p.oid::regprocedure as name from pg_proc p
      left join pg_depend d on d.objid = p.oid and d.deptype = 'e'
      where p.pronamespace = 'public'::regnamespace and d.objid is null
    loop
      execute format('drop routine if exists %s cascade', one.name);
    end loop;
    for one in select t.oid::regtype as name from pg_type t
      where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd')
    loop
      execute format('drop type if exists %s cascade', one.name);
    end loop;
    for one in select c.relname from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
    loop
      execute format('drop sequence if exists %I cascade', one.relname);
    end loop;
  end $$`;

export const clearSchema = (client: pg.Client): Promise<unknown> => client.query(CLEAR);

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

const FOREIGN_KEYS = `
  select c.conrelid::regclass::text as table, c.conname::text as name,
    pg_get_constraintdef(c.oid) as definition
  from pg_constraint c
  where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0
  order by 1, 2`;

const ALL_TABLES = `
  select c.relname::text as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`;

async function setSequence(client: pg.Client, { sequence, value }: DumpedSequence): Promise<void> {
  if (value === null) await client.query(`alter sequence ${named(sequence)} restart`);
  else await client.query('select setval($1::regclass, $2::bigint)', [named(sequence), value]);
}

const parsed = <T>(bytes: Buffer): T => JSON.parse(bytes.toString('utf8')) as T;

/** Write on, at the pace of the server; what it refuses is thrown. */
async function push(copy: CopyStreamQuery, failed: Promise<never>, bytes: Buffer): Promise<void> {
  if (!copy.write(bytes)) await Promise.race([once(copy, 'drain'), failed]);
}

async function loadFrames(client: pg.Client, frames: AsyncIterable<Frame>): Promise<void> {
  let copy: CopyStreamQuery | undefined;
  let failed: Promise<never> = new Promise(() => {});
  const end = async () => {
    if (!copy) return;
    copy.end();
    await Promise.race([finished(copy), failed]);
    copy = undefined;
  };
  for await (const { kind, bytes } of frames) {
    if (kind === 'ROWS') {
      if (!copy) throw new Error('Rows of no table.');
      await push(copy, failed, bytes);
      continue;
    }
    await end();
    if (kind === 'TABLE') {
      const stream = client.query(from(`copy ${copyOf(parsed<DumpedTable>(bytes))} from stdin`));
      failed = new Promise((_, reject) => stream.once('error', reject));
      failed.catch(() => {});
      copy = stream;
    }
    if (kind === 'SEQUENCES')
      for (const one of parsed<DumpedSequence[]>(bytes)) await setSequence(client, one);
  }
}

/**
 * Fill the tables, and do something more in the same transaction.
 *
 * @param client  As the migration owner.
 */
export async function loadRows(
  client: pg.Client,
  frames: AsyncIterable<Frame>,
  beside: () => Promise<void>,
): Promise<void> {
  await client.query('set statement_timeout = 0; set lock_timeout = 0');
  await client.query('begin');
  const keys = (await client.query<ForeignKey>(FOREIGN_KEYS)).rows;
  for (const { table, name } of keys)
    await client.query(`alter table ${table} drop constraint ${named(name)}`);
  const tables = (await client.query<{ name: string }>(ALL_TABLES)).rows.map(({ name }) => name);
  if (tables.length) await client.query(`truncate ${tables.map(named).join(', ')}`);
  for (const name of tables) await client.query(`alter table ${named(name)} disable trigger user`);
  await loadFrames(client, frames);
  await beside();
  for (const name of tables) await client.query(`alter table ${named(name)} enable trigger user`);
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${named(name)} ${definition}`);
  await client.query('commit');
}
