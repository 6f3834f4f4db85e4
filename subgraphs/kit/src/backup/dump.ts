/**
 * The rows of an office's database, as of one instant: what is committed while they are read is not
 * among them. Tables and functions are not dumped: migrations make them (docs/decisions/0067).
 */
import pg from 'pg';
import { to } from 'pg-copy-streams';
import type { Frame } from './frames.js';

/** A table and those of its columns that are stored. */
export interface DumpedTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Where a sequence stands; one that was never used stands nowhere. */
export interface DumpedSequence {
  readonly sequence: string;
  readonly value: string | null;
}

/** Rows of one frame. */
const FRAME_BYTES = 256 * 1024;

/** The jobs' queue is in a schema of its own and is left out: each start sends every job once. */
const TABLES = `
  select c.relname::text as table,
    array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    and not a.attisdropped and a.attgenerated = ''
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  group by c.relname order by 1`;

const SEQUENCES = `
  select sequencename::text as sequence, last_value::text as value from pg_sequences
  where schemaname = 'public' order by 1`;

/** Values read the same whatever a server is set to. */
const SESSION = `
  set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set extra_float_digits = 3; set client_encoding = 'UTF8'; set bytea_output = 'hex';
  set statement_timeout = 0; set lock_timeout = 0`;

/** Begin to see the database as it is now, and nothing that is committed later. */
export async function beginSnapshot(client: pg.Client): Promise<void> {
  await client.query(SESSION);
  await client.query('begin isolation level repeatable read read only');
}

export const copyOf = ({ table, columns }: DumpedTable): string =>
  `${pg.escapeIdentifier(table)} (${columns.map((name) => pg.escapeIdentifier(name)).join(', ')})`;

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** Every row, table by table. */
export async function* framesOf(client: pg.Client): AsyncGenerator<Frame> {
  const tables = await client.query<DumpedTable>(TABLES);
  for (const table of tables.rows) {
    yield { kind: 'TABLE', bytes: json(table) };
    const copy = client.query(to(`copy ${copyOf(table)} to stdout`));
    let held: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of copy) {
      held.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes < FRAME_BYTES) continue;
      yield { kind: 'ROWS', bytes: Buffer.concat(held) };
      held = [];
      bytes = 0;
    }
    if (bytes) yield { kind: 'ROWS', bytes: Buffer.concat(held) };
  }
  const sequences = await client.query<DumpedSequence>(SEQUENCES);
  yield { kind: 'SEQUENCES', bytes: json(sequences.rows) };
  yield { kind: 'END', bytes: Buffer.alloc(0) };
}

/** How many rows each table has. */
export async function countRows(client: pg.Client): Promise<Record<string, number>> {
  const tables = await client.query<DumpedTable>(TABLES);
  const counts: Record<string, number> = {};
  for (const { table } of tables.rows) {
    const counted = await client.query<{ count: number }>(
      `select count(*)::int as count from ${pg.escapeIdentifier(table)}`,
    );
    counts[table] = counted.rows[0]?.count ?? 0;
  }
  return counts;
}
