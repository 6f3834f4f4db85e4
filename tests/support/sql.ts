import pg from 'pg';
import { inject } from 'vitest';
import type { TestCollege } from './college.js';
import { ownersOf } from './owners.js';

/** Run SQL on an office's database as its owner, past the office. */
export async function asOwner<Row extends pg.QueryResultRow = pg.QueryResultRow>(
  college: TestCollege,
  office: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await ownersOf(ownerUrlOf(college, office)).query<Row>(sql, [...parameters]);
  return rows;
}

function ownerUrlOf(college: TestCollege, office: string): string {
  const running = college.started.offices.get(office);
  if (!running) throw new Error(`${office} has not started.`);
  const { ownerUrl } = running.config;
  if (!ownerUrl) throw new Error(`${office} has no owner.`);
  return ownerUrl;
}

/** Run SQL on snapshots of the archive, which never change for anybody but tests (INV-08). */
export const rewriteSnapshots = (college: TestCollege, sql: string) =>
  asOwner(
    college,
    'archive',
    `alter table credit_snapshot disable trigger credit_snapshot_kept;
     ${sql};
     alter table credit_snapshot enable trigger credit_snapshot_kept`,
  );

/** A connection of the owner's own, for transactions that stay open; the caller ends it. */
export async function ownerOf(college: TestCollege, office: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrlOf(college, office) });
  await client.connect();
  return client;
}

/** Name of an office's database. */
export function databaseOf(college: TestCollege, office: string): string {
  const url = college.started.offices.get(office)?.config.databaseUrl;
  if (!url) throw new Error(`${office} has not started.`);
  return new URL(url).pathname.slice(1);
}

/** Run SQL on the server as its administrator. */
async function asAdmin(sql: string, parameters: readonly unknown[]): Promise<number> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  try {
    const { rowCount } = await client.query(sql, [...parameters]);
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/** End an office's connections, as a server that is started anew does; how many there were. */
export const cutConnections = (college: TestCollege, office: string): Promise<number> =>
  asAdmin('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    databaseOf(college, office),
  ]);

/** End one connection from the server's side. */
export const endConnection = (backend: number): Promise<number> =>
  asAdmin('select pg_terminate_backend($1)', [backend]);

/** Connections to the same database that wait for a lock. */
export async function waitingOnLocks(owner: pg.Client): Promise<number[]> {
  const { rows } = await owner.query<{ pid: number }>(
    `select a.pid from pg_stat_activity a
     where a.datname = current_database() and exists (
       select from pg_locks l where l.pid = a.pid and not l.granted)`,
  );
  return rows.map(({ pid }) => pid);
}
