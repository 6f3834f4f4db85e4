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
  await ask(
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
  const answer = await ask(
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
  await ask(finance.ownerUrl, 'CREATE TABLE payment (id int); DROP TABLE payment');
});

test('the run-time role reads and writes rows of what the owner made', async () => {
  await ask(finance.appUrl, "INSERT INTO bill (note) VALUES ('first'), ('second')");
  await ask(finance.appUrl, "UPDATE bill SET note = 'changed' WHERE number = 1");
  await ask(finance.appUrl, 'DELETE FROM bill WHERE number = 2');

  const rows = await ask(finance.appUrl, 'SELECT number, note, twice(4) FROM bill');

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

  await expect(ask(finance.appUrl, statement)).rejects.toMatchObject({ code: '42501' });

  expect(await schemaOf(finance.ownerUrl)).toEqual(before);
});

test('what a migration takes away from the run-time role stays away', async () => {
  await ask(
    finance.ownerUrl,
    'CREATE TABLE log (entry text); REVOKE UPDATE, DELETE ON log FROM finance_app',
  );

  await provision('finance');

  await ask(finance.appUrl, "INSERT INTO log VALUES ('kept')");
  for (const change of ["UPDATE log SET entry = ''", 'DELETE FROM log', 'TRUNCATE log']) {
    await expect(ask(finance.appUrl, change)).rejects.toMatchObject({ code: '42501' });
  }
  expect(await ask(finance.appUrl, 'SELECT entry FROM log')).toEqual([{ entry: 'kept' }]);
});

test('no role of one office enters the database of another', async () => {
  const security = await provision('security');

  for (const url of [finance.ownerUrl, finance.appUrl]) {
    await expect(ask(at(url, 'security'), 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
  }
  for (const url of [security.ownerUrl, security.appUrl]) {
    await expect(ask(at(url, 'finance'), 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
    expect(await ask(url, 'SELECT current_database()')).toEqual([{ current_database: 'security' }]);
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
  expect(await ask(one.appUrl, 'SELECT current_user')).toEqual([{ current_user: 'archive_app' }]);
  expect(await ask(one.ownerUrl, 'SELECT current_user')).toEqual([
    { current_user: 'archive_owner' },
  ]);
  for (const url of [before.ownerUrl, before.appUrl]) {
    await expect(ask(url, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  }
});

test('names are taken literally, whatever they hold', async () => {
  const name = 'An Office" OWNER "finance_owner';

  const { ownerUrl, appUrl } = await provision(name);

  expect(await ask(ownerUrl, 'SELECT current_user, current_database()')).toEqual([
    { current_user: `${name}_owner`, current_database: name },
  ]);
  expect(await ask(appUrl, 'SELECT current_user')).toEqual([{ current_user: `${name}_app` }]);
  expect(await ask(finance.appUrl, 'SELECT current_database()')).toEqual([
    { current_database: 'finance' },
  ]);
  await dropDatabase({ adminUrl: server.adminUrl, database: name });
});

test('a name that PostgreSQL would cut off is refused', async () => {
  const name = 'o'.repeat(58);

  await expect(provision(name)).rejects.toThrow(
    `The database name ${name} is too long: its role names must fit PostgreSQL.`,
  );

  expect(await ask(server.adminUrl, `SELECT FROM pg_roles WHERE rolname LIKE 'ooo%'`)).toEqual([]);
});

test('a copy serves the same roles, is closed to others, and goes when it is dropped', async () => {
  const { adminUrl } = server;
  const youth = await provision('youthleague');
  await ask(youth.ownerUrl, "CREATE TABLE hour AS SELECT 'template' AS of");
  const stranger = await provision('thirdparty');

  await cloneDatabase({ adminUrl, template: 'youthleague', database: 'youthleague-1' });

  const [ownerUrl, appUrl] = [
    at(youth.ownerUrl, 'youthleague-1'),
    at(youth.appUrl, 'youthleague-1'),
  ];
  await ask(appUrl, "UPDATE hour SET of = 'copy'");
  await ask(ownerUrl, 'ALTER TABLE hour ADD COLUMN minutes int');
  expect(await ask(appUrl, 'SELECT * FROM hour')).toEqual([{ of: 'copy', minutes: null }]);
  expect(await ask(youth.appUrl, 'SELECT * FROM hour')).toEqual([{ of: 'template' }]);
  await expect(ask(appUrl, 'CREATE TABLE mine (id int)')).rejects.toMatchObject({ code: '42501' });
  await expect(ask(at(stranger.appUrl, 'youthleague-1'), 'SELECT 1')).rejects.toMatchObject({
    code: '42501',
  });
  const connected = await connect(appUrl);
  await dropDatabase({ adminUrl, database: 'youthleague-1' });
  await dropDatabase({ adminUrl, database: 'youthleague-1' });
  await expect(connected.query('SELECT 1')).rejects.toThrow();
  await expect(ask(appUrl, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
});

test('an admin without superuser rights is enough', async () => {
  const adminUrl = await asSteward();

  const { ownerUrl, appUrl } = await provisionDatabase({
    adminUrl,
    database: 'academics',
    passwords,
  });

  await ask(ownerUrl, 'CREATE TABLE course AS SELECT 1 AS id');
  expect(await ask(appUrl, 'SELECT id FROM course')).toEqual([{ id: 1 }]);
  await expect(ask(appUrl, 'CREATE TABLE mine (id int)')).rejects.toMatchObject({ code: '42501' });
});

test('a database that the admin cannot close is refused', async () => {
  const adminUrl = await asSteward();
  await provisionDatabase({ adminUrl, database: 'academics', passwords });
  await ask(
    at(server.adminUrl, 'academics'),
    'ALTER SCHEMA public OWNER TO chengxin; GRANT CREATE ON SCHEMA public TO PUBLIC',
  );

  await expect(provisionDatabase({ adminUrl, database: 'academics', passwords })).rejects.toThrow(
    'The database academics stays open to every role of its server: provision it as a superuser.',
  );
});

/** URL of an admin that may create roles and databases, and nothing more. */
async function asSteward(): Promise<string> {
  await ask(server.adminUrl, `DROP DATABASE IF EXISTS academics;`);
  await ask(
    server.adminUrl,
    `DROP ROLE IF EXISTS academics_owner, academics_app, steward;
     CREATE ROLE steward LOGIN CREATEDB CREATEROLE PASSWORD 'steward'`,
  );
  const admin = new URL(server.adminUrl);
  admin.username = 'steward';
  admin.password = 'steward';
  return admin.href;
}

const provision = (database: string, given = passwords) =>
  provisionDatabase({ adminUrl: server.adminUrl, database, passwords: given });

const schemaOf = (url: string) =>
  ask(
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

async function ask<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = await connect(url);
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
