import { escapeIdentifier as named, escapeLiteral as quoted, type Client } from 'pg';
import { asAdmin, atDatabase } from './admin.js';
import { scramVerifier } from './scram.js';

/** PostgreSQL cuts longer names off, silently. */
const NAME_BYTES = 63;
/** From this version on the provider of a database's locale can be named, and how one is copied. */
const NAMES_LOCALE_PROVIDER = 150_000;
const NAMES_STRATEGY = NAMES_LOCALE_PROVIDER;

/** Migrations run as the owner; the office itself as `app`, which cannot change the schema. */
const rolesOf = (database: string) => ({ owner: `${database}_owner`, app: `${database}_app` });

/**
 * An office's database with its two login roles; run again, it sets the passwords anew and changes
 * nothing else. Source: ARCHITECTURE §4 (isolation, in the database).
 *
 * The run-time role may read and write rows of every table that the owner makes later; migrations
 * then take UPDATE and DELETE on logs away from it. It has no DDL and no TRUNCATE anywhere.
 *
 * @param adminUrl  A superuser, or a role that may create roles and databases.
 * @returns         URLs of the two roles, passwords included; not for logs.
 */
export async function provisionDatabase(options: {
  readonly adminUrl: string;
  readonly database: string;
  readonly passwords: { readonly owner: string; readonly app: string };
}): Promise<{ ownerUrl: string; appUrl: string }> {
  const { adminUrl, database, passwords } = options;
  const roles = rolesOf(database);
  if (Buffer.byteLength(roles.owner) > NAME_BYTES) {
    throw new Error(
      `The database name ${database} is too long: its role names must fit PostgreSQL.`,
    );
  }
  await asAdmin(adminUrl, async (client) => {
    // Offices may be provisioned side by side, and one office twice.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [`provision ${database}`]);
    await setRole(client, roles.owner, passwords.owner);
    await setRole(client, roles.app, passwords.app);
    await createDatabase(client, database, roles.owner);
    await openTo(client, database, roles.app);
    await asAdmin(atDatabase(adminUrl, database), async (inside) => {
      await grantSchema(inside, roles);
      await checkClosed(inside, database);
    });
  });
  return {
    ownerUrl: urlFor(adminUrl, database, roles.owner, passwords.owner),
    appUrl: urlFor(adminUrl, database, roles.app, passwords.app),
  };
}

/**
 * A further login that may enter a database, and nothing in it by itself; run again, it sets the password
 * anew.
 *
 * @returns  Its URL, password included; not for logs.
 */
export async function provisionLogin(options: {
  readonly adminUrl: string;
  readonly database: string;
  readonly role: string;
  readonly password: string;
}): Promise<string> {
  const { adminUrl, database, role, password } = options;
  await asAdmin(adminUrl, async (client) => {
    await setRole(client, role, password);
    await client.query(`GRANT CONNECT ON DATABASE ${named(database)} TO ${named(role)}`);
  });
  return urlFor(adminUrl, database, role, password);
}

/** Whether a server has a database of this name. */
export const hasDatabase = (adminUrl: string, database: string): Promise<boolean> =>
  asAdmin(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
      database,
    ]);
    return rowCount === 1;
  });

/**
 * A copy of a database that nobody is connected to, for the same two roles.
 *
 * Grants inside the database are copied with it; who may connect is not, and is granted again.
 */
export async function cloneDatabase(options: {
  readonly adminUrl: string;
  readonly template: string;
  readonly database: string;
}): Promise<void> {
  const { adminUrl, template, database } = options;
  const { owner, app } = rolesOf(template);
  await asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    // By files a small database is copied in a third of the time that the log takes.
    const strategy = (rows[0]?.version ?? 0) >= NAMES_STRATEGY ? 'STRATEGY FILE_COPY' : '';
    await client.query(
      `CREATE DATABASE ${named(database)} TEMPLATE ${named(template)} OWNER ${named(owner)} ${strategy}`,
    );
    await openTo(client, database, app);
  });
}

/** Remove a database with whatever is connected to it; its roles stay. */
export async function dropDatabase(options: {
  readonly adminUrl: string;
  readonly database: string;
}): Promise<void> {
  await asAdmin(options.adminUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${named(options.database)} WITH (FORCE)`),
  );
}

async function setRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(
    `${verb} ROLE ${named(role)} LOGIN PASSWORD ${quoted(scramVerifier(password))}`,
  );
}

/** Locale C everywhere: the order of rows, and with it every cursor, is the same on all servers. */
async function createDatabase(client: Client, database: string, owner: string): Promise<void> {
  const { rows } = await client.query<{ exists: boolean; version: number; superuser: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS exists,
            current_setting('server_version_num')::int AS version,
            current_setting('is_superuser') = 'on' AS superuser`,
    [database],
  );
  const server = rows[0]!;
  // Only a member of a role may give it a database; a superuser counts as one.
  if (!server.superuser) await client.query(`GRANT ${named(owner)} TO CURRENT_USER`);
  if (server.exists) return;
  const provider = server.version >= NAMES_LOCALE_PROVIDER ? 'LOCALE_PROVIDER libc' : '';
  await client.query(
    `CREATE DATABASE ${named(database)} OWNER ${named(owner)}
       TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' ${provider}`,
  );
}

async function openTo(client: Client, database: string, app: string): Promise<void> {
  await client.query(`REVOKE ALL ON DATABASE ${named(database)} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${named(database)} TO ${named(app)}`);
}

async function grantSchema(
  client: Client,
  roles: { readonly owner: string; readonly app: string },
): Promise<void> {
  const [owner, app] = [named(roles.owner), named(roles.app)];
  const byDefault = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT`;
  await client.query(`
    BEGIN;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE, CREATE ON SCHEMA public TO ${owner};
    GRANT USAGE ON SCHEMA public TO ${app};
    ${byDefault} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
    ${byDefault} USAGE, SELECT ON SEQUENCES TO ${app};
    ${byDefault} EXECUTE ON FUNCTIONS TO ${app};
    COMMIT;`);
}

/** Who may not revoke something is only warned by PostgreSQL; an open database must not pass. */
async function checkClosed(client: Client, database: string): Promise<void> {
  const { rows } = await client.query<{ open: boolean }>(
    `SELECT has_database_privilege('public', current_database(), 'CONNECT')
         OR has_schema_privilege('public', 'public', 'CREATE') AS open`,
  );
  if (!rows[0]!.open) return;
  throw new Error(
    `The database ${database} stays open to every role of its server: provision it as a superuser.`,
  );
}

function urlFor(adminUrl: string, database: string, role: string, password: string): string {
  const url = new URL(atDatabase(adminUrl, database));
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  return url.href;
}
