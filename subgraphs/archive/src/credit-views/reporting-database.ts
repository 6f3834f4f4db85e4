/**
 * The database that reporting tools scan: one of its own, with released rows and nothing else. What a
 * login of PostgreSQL may not read it still finds in the catalogue by name, so a schema beside the
 * archive's tables would tell what those are (docs/decisions/0078). Source: DOMAIN 3.6.
 */
import { asAdmin, atDatabase } from '@chengxin/kit/database/admin';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { provisionDatabase, provisionLogin } from '@chengxin/kit/database/provision';
import { makeSchema, schemaOf, type NamedRelease } from './release-schema.js';
import { REPORTING_WORDS } from './reporting-words.js';
import type { Environment } from '@chengxin/kit/server/config';

/** Where the archive delivers releases; without it no tool scans any. */
export const reportingUrlOf = (env: Environment): string | undefined =>
  env['REPORTING_DATABASE_URL'] || undefined;

const ROWS_AT_ONCE = 2000;
/** A dashboard that takes longer is stopped; so many of its connections are enough. */
const READER = {
  default_transaction_read_only: 'on',
  statement_timeout: '60s',
  search_path: 'reporting',
} as const;
const READER_CONNECTIONS = 20;
/** For each of them: rows of every release are sorted in less. */
const READER_TEMPORARY = '256MB';

const TABLES = `
  create schema if not exists reporting;
  create table if not exists reporting.credit_view_release (
    release_id uuid primary key, run_id text not null, on_day date not null,
    frozen_at timestamptz not null, k integer not null, l integer not null,
    row_count integer not null, dropped_percent integer not null, loss_percent integer not null,
    generalisation jsonb not null, grade_odds jsonb not null
  );
  create table if not exists reporting.credit_view (
    pseudonym uuid primary key,
    release_id uuid not null references reporting.credit_view_release (release_id),
    run_id text not null, college text not null, major text not null, cohort text not null,
    grade text not null, d1_band text not null, d6_band text not null, gpa_band text not null,
    exam_violation_band text not null, practice_hours_band text not null, cadre_level text not null
  );
  create index if not exists credit_view_release_id on reporting.credit_view (release_id);`;

type Client = Parameters<Parameters<typeof asAdmin>[1]>[0];

/** What a tool shows beside its tables and columns. */
const COMMENTS = Object.entries(REPORTING_WORDS)
  .map(([object, words]) => {
    const kind = object.includes('.') ? 'column' : 'table';
    return `comment on ${kind} reporting.${object} is '${words}';`;
  })
  .join('\n');

/** A name as SQL takes it, whatever is in it. */
const named = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const ownerOf = (database: string): string => named(`${database}_owner`);
const readerOf = (database: string): string => named(`${database}_app`);

/** What a login of a tool has, and has no more. */
const grantsTo = (reader: string): string => `
  revoke all on schema public from ${reader};
  grant usage on schema reporting to ${reader};
  grant select on all tables in schema reporting to ${reader};`;

/**
 * What PostgreSQL lets every login do, and the server suffers from: a table of locks that is full stops
 * all its databases, and so does a disk, of large objects or of what a sort puts aside. Only a superuser
 * can take it back.
 */
const takenBack = (reader: string): string => `
  do $$
  declare
    function regprocedure;
  begin
    if current_setting('is_superuser') = 'off' then return; end if;
    for function in select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace
      and proname ~ '^(pg_(try_)?advisory_(xact_)?lock|lo_creat$|lo_create$|lo_from_bytea$)'
    loop execute format('revoke execute on function %s from public', function); end loop;
    alter role ${reader} set temp_file_limit = '${READER_TEMPORARY}';
  end $$`;

export interface ReportingDatabase {
  /** For the archive, which writes. */
  readonly writerUrl: string;
  /** For the tool, which reads. */
  readonly readerUrl: string;
}

/** Bounds and beginnings of a login, and what it may read. */
async function bound(adminUrl: string, database: string, reader: string): Promise<void> {
  await asAdmin(atDatabase(adminUrl, database), async (client) => {
    await client.query(`alter role ${reader} connection limit ${READER_CONNECTIONS}`);
    for (const [setting, value] of Object.entries(READER))
      await client.query(`alter role ${reader} set ${setting} = '${value}'`);
    await client.query(grantsTo(reader));
    await client.query(takenBack(reader));
  });
}

const TOOL = /^[a-z][a-z0-9_]{1,30}$/;

/**
 * A login of its own for one tool, so that it is shut or given another password alone. It has what the
 * first login has.
 *
 * @throws Error for a name that is none of a tool.
 */
export async function provisionToolLogin(options: {
  readonly adminUrl: string;
  readonly database: string;
  readonly tool: string;
  readonly password: string;
}): Promise<string> {
  const { adminUrl, database, tool, password } = options;
  if (!TOOL.test(tool)) throw new Error(`${tool}: name the tool in small letters and digits.`);
  const role = `${database}_tool_${tool}`;
  const url = await provisionLogin({ adminUrl, database, role, password });
  await bound(adminUrl, database, named(role));
  return url;
}

/**
 * Make the database of releases with its two logins; run again, it sets their passwords anew and changes
 * nothing else.
 *
 * @param adminUrl  A superuser, or a role that may create roles and databases.
 */
export async function provisionReporting(options: {
  readonly adminUrl: string;
  readonly database: string;
  readonly passwords: { readonly owner: string; readonly app: string };
}): Promise<ReportingDatabase> {
  const { adminUrl, database } = options;
  const { ownerUrl, appUrl } = await provisionDatabase(options);
  await asAdmin(atDatabase(adminUrl, database), (client) =>
    client.query(`revoke create on schema public from ${ownerOf(database)}`),
  );
  await asAdmin(ownerUrl, (client) => client.query(`${TABLES}\n${COMMENTS}`));
  await bound(adminUrl, database, readerOf(database));
  return { writerUrl: ownerUrl, readerUrl: appUrl };
}

const RELEASES = `
  select release_id as "releaseId", to_jsonb(r) as row from credit_view_release r
  order by frozen_at, release_id`;
const ROWS = `
  select pseudonym::text as pseudonym, to_jsonb(v) - 'dimension_bands'
    || jsonb_build_object('run_id', ?::text)
    || (select jsonb_object_agg(lower(d->>'code') || '_band', d->>'band')
        from jsonb_array_elements(v.dimension_bands) d) as row
  from credit_view v where release_id = ?::uuid and pseudonym > ?::uuid
  order by pseudonym limit ?`;
const PUT_RELEASE = `
  insert into reporting.credit_view_release
  select * from jsonb_populate_record(null::reporting.credit_view_release, $1::jsonb)`;
const PUT_ROWS = `
  insert into reporting.credit_view
  select * from jsonb_populate_recordset(null::reporting.credit_view, $1::jsonb)`;
const KNOWN = `
  select release_id::text as name from reporting.credit_view_release
  union all select nspname::text from pg_namespace where nspname like 'release\\_%'`;
const OF_RUN = `
  select release_id::text as "releaseId", run_id as "runId" from reporting.credit_view_release
  where run_id = $1`;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface StoredRelease {
  readonly releaseId: string;
  readonly row: { readonly run_id: string };
}

/** A run has one release: of another one an archive that was restored from its backup knows nothing. */
async function takeBack(client: Client, runId: string): Promise<void> {
  const { rows } = await client.query<NamedRelease>(OF_RUN, [runId]);
  // A tool that reads it in a long transaction is not waited for: the job comes again.
  if (rows.length) await client.query(`set local lock_timeout = '10s'`);
  for (const release of rows) {
    await client.query(`drop schema if exists ${schemaOf(release)} cascade`);
    for (const table of ['credit_view', 'credit_view_release'])
      await client.query(`delete from reporting.${table} where release_id = $1`, [
        release.releaseId,
      ]);
  }
}

async function deliver(em: EntityManager, client: Client, { releaseId, row }: StoredRelease) {
  await takeBack(client, row.run_id);
  await client.query(PUT_RELEASE, [JSON.stringify(row)]);
  for (let after = FIRST; ;) {
    const given = [row.run_id, releaseId, after, ROWS_AT_ONCE];
    const rows = await execute<{ pseudonym: string; row: object }>(em, ROWS, given);
    const last = rows.at(-1);
    if (!last) return;
    await client.query(PUT_ROWS, [JSON.stringify(rows.map((one) => one.row))]);
    after = last.pseudonym;
  }
}

/** Replicas deliver one after the other, by a lock that no login of a tool can take. */
const ONE_AT_A_TIME = 'lock table reporting.credit_view_release in share row exclusive mode';

/** Bring the releases that are not there yet, each whole or not at all. */
export async function deliverReleases(em: EntityManager, writerUrl: string): Promise<void> {
  await asAdmin(writerUrl, async (client) => {
    for (const release of await execute<StoredRelease>(em, RELEASES)) {
      const { releaseId, row } = release;
      const named = { releaseId, runId: row.run_id };
      await client.query(`begin; ${ONE_AT_A_TIME}`);
      const { rows } = await client.query<{ name: string }>(KNOWN);
      const known = new Set(rows.map(({ name }) => name));
      if (!known.has(releaseId)) await deliver(em, client, release);
      if (!known.has(schemaOf(named))) await client.query(makeSchema(named));
      await client.query('commit');
    }
  });
}
