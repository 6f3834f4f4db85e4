import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';
import { atDatabase } from '@chengxin/kit/database/admin';
import { provisionDatabase } from '@chengxin/kit/database/provision';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@chengxin/kit/database/embedded';
import { servesData } from '@chengxin/kit/database/embedded-process';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const IS_ROOT = process.getuid?.() === 0;
/** An ordinary user: root has one that every machine knows. */
const ORDINARY = IS_ROOT ? Number(execFileSync('id', ['-u', 'nobody'])) : process.getuid!();

/** A folder whose database has been used before; most tests need no newer one. */
const used = newFolder();
const folders: string[] = [];
const children: ChildProcess[] = [];
const servers: EmbeddedPostgres[] = [];

beforeAll(async () => {
  const server = await startEmbeddedPostgres({ folder: used });
  await server.stop();
});

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of [used, ...folders]) await endServer(folder);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

afterAll(() => rmSync(used, { recursive: true, force: true }));

test('a new folder holds a server that only its password opens', async () => {
  const folder = temporary();

  const { adminUrl, port, reused } = await start(folder);

  expect(reused).toBe(false);
  expect(
    await query(adminUrl, 'SELECT current_user, pg_catalog.inet_server_addr()::text AS at'),
  ).toEqual([{ current_user: 'chengxin', at: '127.0.0.1/32' }]);
  const wrong = adminUrl.replace(/:[^:@]+@/, ':wrong@');
  await expect(query(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  expect(await query(adminUrl, 'SELECT DISTINCT auth_method FROM pg_hba_file_rules')).toEqual([
    { auth_method: 'scram-sha-256' },
  ]);
  expect(
    await query(
      adminUrl,
      `SELECT name, setting FROM pg_settings WHERE name IN
         ('listen_addresses', 'port', 'server_encoding', 'TimeZone', 'unix_socket_directories')
       ORDER BY name COLLATE "C"`,
    ),
  ).toEqual([
    { name: 'TimeZone', setting: 'UTC' },
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'port', setting: String(port) },
    { name: 'server_encoding', setting: 'UTF8' },
    { name: 'unix_socket_directories', setting: '' },
  ]);
  expect(
    await query(adminUrl, 'SELECT datcollate FROM pg_database WHERE datname = current_database()'),
  ).toEqual([{ datcollate: 'C' }]);
});

test('an office reaches its own database, and neither of those that come with the server', async () => {
  const { adminUrl } = await start(used);
  const passwords = { owner: 'own', app: 'app' };
  const urls = Object.values(await provisionDatabase({ adminUrl, database: 'one', passwords }));
  for (const url of urls) {
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    for (const database of ['postgres', 'template1'])
      await expect(query(atDatabase(url, database), 'SELECT 1')).rejects.toThrow(
        `permission denied for database "${database}"`,
      );
  }
  expect(await query(atDatabase(adminUrl, 'template1'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('password and data are readable by their owners alone', async () => {
  const folder = used;

  const { adminUrl } = await start(folder);

  const password = new URL(adminUrl).password;
  expect(readFileSync(join(folder, 'postgres.password'), 'utf8')).toBe(`${password}\n`);
  expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'postgres.password')).uid).toBe(process.getuid?.());
  expect(statSync(dataOf(folder)).mode & 0o777).toBe(0o700);
  expect(statSync(dataOf(folder)).uid === 0).toBe(false);
  await expect(query(adminUrl, `SELECT '${password}' FROM nowhere`)).rejects.toMatchObject({
    code: '42P01',
  });
  expect(readFileSync(join(folder, 'postgres.log'), 'utf8').includes(password)).toBe(false);
  expect(readdirSync(folder).sort()).toEqual([
    'postgres',
    'postgres.lock',
    'postgres.log',
    'postgres.password',
    'postgres.port',
  ]);
});

test('a stopped server comes back on its port with its rows', async () => {
  const folder = used;
  const first = await start(folder);
  await query(first.adminUrl, 'CREATE TABLE kept AS SELECT 7 AS number');

  await first.stop();
  await expect(query(first.adminUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const second = await start(folder);

  expect(second).toMatchObject({ adminUrl: first.adminUrl, port: first.port, reused: false });
  expect(await query(second.adminUrl, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
});

test('a remembered port that somebody took gives way, one that was requested is named', async () => {
  const folder = used;
  const first = await start(folder);
  await first.stop();
  const stranger = createServer().listen(first.port, '127.0.0.1');
  await once(stranger, 'listening');

  await expect(startEmbeddedPostgres({ folder, port: first.port })).rejects.toThrow(
    `Port ${first.port} of 127.0.0.1 is taken by another program: name another port for the database.`,
  );
  const second = await start(folder);

  expect(second.port === first.port).toBe(false);
  expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  stranger.close();
});

test('the server of a killed starter is found and goes on', async () => {
  const folder = used;
  const killed = await startElsewhere(folder);
  const pid = serverPid(folder);
  await kill(killed.child);

  const found = await start(folder);

  expect(found).toMatchObject({ port: killed.port, reused: true });
  expect(serverPid(folder)).toBe(pid);
  expect(await query(found.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await found.stop();
  await expect(query(found.adminUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('the server of a killed starter moves to the requested port', async () => {
  const folder = used;
  const killed = await startElsewhere(folder);
  await kill(killed.child);
  const port = await freePort();

  const moved = await start(folder, port);

  expect(moved).toMatchObject({ port, reused: false });
  expect(await query(moved.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a server that was killed with its starter starts anew', async () => {
  const folder = used;
  const killed = await startElsewhere(folder);
  const pid = serverPid(folder);
  await kill(killed.child);
  process.kill(pid, 'SIGKILL');
  await until(() => !servesData(pid, dataOf(folder)));

  const anew = await start(folder);

  expect(anew).toMatchObject({ port: killed.port, reused: false });
  expect(serverPid(folder) === pid).toBe(false);
  expect(await query(anew.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('two folders work side by side, and neither takes the number of the other for its own', async () => {
  const [east, west] = [used, temporary()];
  const [eastern, western] = [await start(east), await start(west)];
  await eastern.stop();
  const recycled = readFileSync(join(dataOf(west), 'postmaster.pid'));
  writeFileSync(join(dataOf(east), 'postmaster.pid'), recycled);

  const again = await start(east);

  expect(again).toMatchObject({ port: eastern.port, reused: false });
  expect(await query(again.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(await query(western.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await expect(
    query(western.adminUrl.replace(String(western.port), String(again.port)), 'SELECT 1'),
  ).rejects.toMatchObject({ code: '28P01' });
});

test('a folder belongs to one starter at a time', async () => {
  const folder = used;
  const first = await startElsewhere(folder);

  await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(
    `The database in ${folder} is in use by process ${first.child.pid}: stop that one first, or name another folder in CHENGXIN_DATA.`,
  );

  expect(await query(first.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a lock whose number was given to another program is taken over, by one', async () => {
  const folder = used;
  writeFileSync(join(folder, 'postgres.lock'), JSON.stringify({ pid: process.pid, since: 'once' }));

  const answers = await Promise.allSettled([start(folder), start(folder)]);

  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('a server ends with the process that started it', async () => {
  const folder = used;
  const { child, adminUrl } = await startElsewhere(folder);
  const pid = serverPid(folder);

  child.stdin!.end('leave\n');
  await ended(child);
  await until(() => !servesData(pid, dataOf(folder)));

  expect(child.exitCode).toBe(0);
  await expect(query(adminUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a start that was killed half-way leaves nothing in the way of the next', async () => {
  const folder = temporary();
  const child = starter(folder);
  const drafts = () => readdirSync(folder).filter((name) => name.startsWith('postgres.new-'));
  await until(() => drafts().some((name) => existsSync(join(folder, name, 'base'))));
  process.kill(-child.pid!, 'SIGKILL');
  await ended(child);
  expect(existsSync(dataOf(folder))).toBe(false);

  const { adminUrl } = await start(folder);

  expect(drafts()).toEqual([]);
  expect(await query(adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('data lies below a home folder that only its owner may enter', async () => {
  const home = temporary();
  chmodSync(home, 0o700);
  const folder = join(home, 'project', '.data');

  const { adminUrl } = await start(folder);
  await query(adminUrl, 'CREATE DATABASE finance');
  await query(adminUrl.replace(/postgres$/, 'finance'), 'CREATE TABLE bill AS SELECT 1 AS id');

  expect(await query(adminUrl.replace(/postgres$/, 'finance'), 'SELECT id FROM bill')).toEqual([
    { id: 1 },
  ]);
  expect(await query(adminUrl, 'SELECT pg_reload_conf() AS reloaded')).toEqual([
    { reloaded: true },
  ]);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(existsSync(join(folder, 'postgres', 'PG_VERSION'))).toBe(true);
});

test('an ordinary user runs the server itself', async () => {
  const folder = temporary();
  chownSync(folder, ORDINARY, -1);

  const { adminUrl } = await startElsewhere(folder, ORDINARY);

  expect(await query(adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(readdirSync(folder).map((name) => statSync(join(folder, name)).uid)).toEqual(
    readdirSync(folder).map(() => ORDINARY),
  );
  expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600);
});

test('a folder that cannot be written is named', async () => {
  const file = join(temporary(), 'a-file');
  writeFileSync(file, '');

  await expect(startEmbeddedPostgres({ folder: join(file, 'data') })).rejects.toThrow(
    `The data folder ${join(file, 'data')} cannot be written (ENOTDIR): let this user write there, or name another folder in CHENGXIN_DATA.`,
  );
});

test('a database whose password file is gone says so and stays as it is', async () => {
  const folder = used;
  const first = await start(folder);
  await first.stop();
  const password = join(folder, 'postgres.password');
  const kept = readFileSync(password);
  rmSync(password);

  await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(
    `The database in ${dataOf(folder)} needs its password file ${password}, which cannot be read: put it back, or move the database away to begin anew.`,
  );

  writeFileSync(password, 'another\n');
  await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(
    `The password in ${password} is not that of the database in ${dataOf(folder)}: put the right file back.`,
  );
  writeFileSync(password, kept);
  expect(await query((await start(folder)).adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

/** A folder that every user may enter, as a project's folder usually is. */
function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'chengxin-postgres-')));
  chmodSync(folder, 0o755);
  return folder;
}

/** One that goes after the test. */
function temporary(): string {
  const folder = newFolder();
  folders.push(folder);
  return folder;
}

const dataOf = (folder: string): string => join(folder, 'postgres');

async function start(folder: string, port?: number): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(port === undefined ? { folder } : { folder, port });
  servers.push(server);
  return server;
}

/** End the server that a killed starter left, if any. */
async function endServer(folder: string): Promise<void> {
  const pid = serverPid(folder);
  if (servesData(pid, dataOf(folder))) process.kill(pid, 'SIGINT');
  await until(() => !servesData(pid, dataOf(folder)));
}

/** Number of the server process, as it wrote it down; 0 when there is none. */
function serverPid(folder: string): number {
  const file = join(dataOf(folder), 'postmaster.pid');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
}

async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Lets Node run the sources: beside every `.js` that they import lies a `.ts`. */
const SOURCES = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(name, context, next) {
      const ours = name.startsWith('.') && context.parentURL?.endsWith('.ts');
      return next(ours ? name.replace(/\\.js$/, '.ts') : name, context);
    },
  });
`)}`;

/** A starter of its own: takes on a user, starts, says where, and leaves when signalled. */
const STARTER = `
  import { startEmbeddedPostgres } from '@chengxin/kit/database/embedded';
  import { serverBinaries } from '@chengxin/kit/database/embedded-binaries';
  const [folder, user] = process.argv.slice(1);
  if (user && process.getuid() === 0) {
    const owner = { uid: Number(user), gid: Number(user) };
    // While root still may: copies them out should this checkout be closed to others.
    await serverBinaries(folder, owner);
    process.setgroups([]);
    process.setgid(owner.gid);
    process.setuid(owner.uid);
  }
  const { adminUrl, port } = await startEmbeddedPostgres({ folder });
  console.log(JSON.stringify({ adminUrl, port }));
  process.stdin.once('data', () => process.exit());
`;

function starter(folder: string, user?: number): ChildProcess {
  const child = spawn(
    process.execPath,
    [
      '--conditions=source',
      `--import=${SOURCES}`,
      '--input-type=module',
      `--eval=${STARTER}`,
      '--',
      folder,
      ...(user === undefined ? [] : [String(user)]),
    ],
    // A group of its own, so that what it is about to run can be killed with it.
    { cwd: dirname(import.meta.dirname), stdio: ['pipe', 'pipe', 'inherit'], detached: true },
  );
  children.push(child);
  return child;
}

async function startElsewhere(
  folder: string,
  user?: number,
): Promise<{ child: ChildProcess; adminUrl: string; port: number }> {
  const child = starter(folder, user);
  for await (const line of createInterface({ input: child.stdout! })) {
    return { child, ...(JSON.parse(line) as { adminUrl: string; port: number }) };
  }
  throw new Error('The starter ended without a word.');
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended(child);
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Wait for something to come true, which it does within moments or never. */
async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !condition(); await pause(5)) {
    if (Date.now() > end) throw new Error('It did not come true.');
  }
}
