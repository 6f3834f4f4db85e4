import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@chengxin/kit/database/embedded';
import { cloneDatabase, dropDatabase, provisionDatabase } from '@chengxin/kit/database/provision';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'chengxin-provision-'));
const passwords = { owner: "own'er/ @:%", app: 'app"\\ 密码?#' };
let server: EmbeddedPostgres;
let finance: { ownerUrl: string; appUrl: string };

beforeAll(async () => {
  server = await startEmbeddedPostgres({ folder });
  finance = await provision('finance');
  await query(
    finance.ownerUrl,
    `CREATE TABLE bill (id bigint GENERATED ALWAYS AS IDENTITY, number bigserial, note text);
     CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql RETURN $1 * 2`,
  );
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the owner changes the schema of a database that is its own', async () => {
  const answer = await query(
    finance.ownerUrl,
    `SELECT current_user, current_database(), pg_get_userbyid(datdba) AS owner,
            pg_encoding_to_char(encoding) AS encoding, datcollate AS collation, datlocprovider AS provider
       FROM pg_database WHERE datname = current_database()`,
  );

  expect(answer).toEqual([
    {
      current_user: 'finance_owner',
      current_database: 'finance',
      owner: 'finance_owner',
      encoding: 'UTF8',
      collation: 'C',
      provider: 'c',
    },
  ]);
  await query(finance.ownerUrl, 'CREATE TABLE payment (id int); DROP TABLE payment');
});

test('the run-time role reads and writes rows of what the owner made', async () => {
  await query(finance.appUrl, "INSERT INTO bill (note) VALUES ('first'), ('second')");
  await query(finance.appUrl, "UPDATE bill SET note = 'changed' WHERE number = 1");
  await query(finance.appUrl, 'DELETE FROM bill WHERE number = 2');

  const rows = await query(finance.appUrl, 'SELECT number, note, twice(4) FROM bill');

  expect(rows).toEqual([{ number: '1', note: 'changed', twice: 8 }]);
});

test.each([
  'CREATE TABLE mine (id int)',
  'CREATE TEMPORARY TABLE mine (id int)',
  'CREATE SCHEMA mine',
  'ALTER TABLE bill ADD COLUMN more int',
  'DROP TABLE bill',
  'TRUNCATE bill',
  'CREATE INDEX ON bill (note)',
  'CREATE DATABASE mine',
  'CREATE ROLE mine',
  'SET ROLE finance_owner',
  'ALTER DATABASE finance SET work_mem = 64',
])('the run-time role is refused: %s', async (statement) => {
  const before = await schemaOf(finance.ownerUrl);

  await expect(query(finance.appUrl, statement)).rejects.toMatchObject({ code: '42501' });

  expect(await schemaOf(finance.ownerUrl)).toEqual(before);
});

test('what a migration takes away from the run-time role stays away', async () => {
  await query(
    finance.ownerUrl,
    'CREATE TABLE log (entry text); REVOKE UPDATE, DELETE ON log FROM finance_app',
  );

  await provision('finance');

  await query(finance.appUrl, "INSERT INTO log VALUES ('kept')");
  for (const change of ["UPDATE log SET entry = ''", 'DELETE FROM log', 'TRUNCATE log']) {
    await expect(query(finance.appUrl, change)).rejects.toMatchObject({ code: '42501' });
  }
  expect(await query(finance.appUrl, 'SELECT entry FROM log')).toEqual([{ entry: 'kept' }]);
});

test('no role of one office enters the database of another', async () => {
  const security = await provision('security');

  for (const url of [finance.ownerUrl, finance.appUrl]) {
    await expect(query(at(url, 'security'), 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
  }
  for (const url of [security.ownerUrl, security.appUrl]) {
    await expect(query(at(url, 'finance'), 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
    expect(await query(url, 'SELECT current_database()')).toEqual([
      { current_database: 'security' },
    ]);
  }
});

test('provisioning again, even twice at once, changes only the passwords', async () => {
  const before = await provision('archive');
  const renewed = { owner: 'new owner', app: 'new app' };

  const [one, two] = await Promise.all([
    provision('archive', renewed),
    provision('archive', renewed),
  ]);

  expect(one).toEqual(two);
  expect(await query(one.appUrl, 'SELECT current_user')).toEqual([{ current_user: 'archive_app' }]);
  expect(await query(one.ownerUrl, 'SELECT current_user')).toEqual([
    { current_user: 'archive_owner' },
  ]);
  for (const url of [before.ownerUrl, before.appUrl]) {
    await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  }
});

test('names are taken literally, whatever they hold', async () => {
  const name = 'An Office" OWNER "finance_owner';

  const { ownerUrl, appUrl } = await provision(name);

  expect(await query(ownerUrl, 'SELECT current_user, current_database()')).toEqual([
    { current_user: `${name}_owner`, current_database: name },
  ]);
  expect(await query(appUrl, 'SELECT current_user')).toEqual([{ current_user: `${name}_app` }]);
  expect(await query(finance.appUrl, 'SELECT current_database()')).toEqual([
    { current_database: 'finance' },
  ]);
  await dropDatabase({ adminUrl: server.adminUrl, database: name });
});

test('a name that PostgreSQL would cut off is refused', async () => {
  const name = 'o'.repeat(58);

  await expect(provision(name)).rejects.toThrow(
    `The database name ${name} is too long: its role names must fit PostgreSQL.`,
  );

  expect(await query(server.adminUrl, `SELECT FROM pg_roles WHERE rolname LIKE 'ooo%'`)).toEqual(
    [],
  );
});

test('a copy serves the same roles, is closed to others, and goes when it is dropped', async () => {
  const { adminUrl } = server;
  const youth = await provision('youthleague');
  await query(youth.ownerUrl, "CREATE TABLE hour AS SELECT 'template' AS of");
  const stranger = await provision('thirdparty');

  await cloneDatabase({ adminUrl, template: 'youthleague', database: 'youthleague-1' });

  const [ownerUrl, appUrl] = [
    at(youth.ownerUrl, 'youthleague-1'),
    at(youth.appUrl, 'youthleague-1'),
  ];
  await query(appUrl, "UPDATE hour SET of = 'copy'");
  await query(ownerUrl, 'ALTER TABLE hour ADD COLUMN minutes int');
  expect(await query(appUrl, 'SELECT * FROM hour')).toEqual([{ of: 'copy', minutes: null }]);
  expect(await query(youth.appUrl, 'SELECT * FROM hour')).toEqual([{ of: 'template' }]);
  await expect(query(appUrl, 'CREATE TABLE mine (id int)')).rejects.toMatchObject({
    code: '42501',
  });
  await expect(query(at(stranger.appUrl, 'youthleague-1'), 'SELECT 1')).rejects.toMatchObject({
    code: '42501',
  });
  const connected = await connect(appUrl);
  await dropDatabase({ adminUrl, database: 'youthleague-1' });
  await dropDatabase({ adminUrl, database: 'youthleague-1' });
  await expect(connected.query('SELECT 1')).rejects.toThrow();
  await expect(query(appUrl, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
});

test('an admin without superuser rights is enough', async () => {
  const adminUrl = await asSteward();

  const { ownerUrl, appUrl } = await provisionDatabase({
    adminUrl,
    database: 'academics',
    passwords,
  });

  await query(ownerUrl, 'CREATE TABLE course AS SELECT 1 AS id');
  expect(await query(appUrl, 'SELECT id FROM course')).toEqual([{ id: 1 }]);
  await expect(query(appUrl, 'CREATE TABLE mine (id int)')).rejects.toMatchObject({
    code: '42501',
  });
});

test('a database that the admin cannot close is refused', async () => {
  const adminUrl = await asSteward();
  await provisionDatabase({ adminUrl, database: 'academics', passwords });
  await query(
    at(server.adminUrl, 'academics'),
    'ALTER SCHEMA public OWNER TO chengxin; GRANT CREATE ON SCHEMA public TO PUBLIC',
  );

  await expect(provisionDatabase({ adminUrl, database: 'academics', passwords })).rejects.toThrow(
    'The database academics stays open to every role of its server: provision it as a superuser.',
  );
});

/** URL of an admin that may create roles and databases, and nothing more. */
async function asSteward(): Promise<string> {
  await query(server.adminUrl, `DROP DATABASE IF EXISTS academics;`);
  await query(
    server.adminUrl,
    `DROP ROLE IF EXISTS academics_owner, academics_app, steward;
     DO $$ BEGIN CREATE ROLE guests; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
     GRANT CONNECT ON DATABASE postgres TO guests;
     CREATE ROLE steward LOGIN CREATEDB CREATEROLE PASSWORD 'steward' IN ROLE guests`,
  );
  const admin = new URL(server.adminUrl);
  admin.username = 'steward';
  admin.password = 'steward';
  return admin.href;
}

const provision = (database: string, given = passwords) =>
  provisionDatabase({ adminUrl: server.adminUrl, database, passwords: given });

const schemaOf = (url: string) =>
  query(
    url,
    `SELECT relname, relacl::text, relnatts FROM pg_class
      WHERE relnamespace = 'public'::regnamespace ORDER BY relname`,
  );

function at(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = database;
  return other.href;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = await connect(url);
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
