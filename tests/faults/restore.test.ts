/**
 * Backups: written whole, encrypted and signed, tried, deleted in time; and an office that is put back
 * from one serves nobody until what went since has gone again (F-06, G19.2, 3.6, INV-11, INV-13).
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOffices } from '@chengxin/college/office-list';
import { macOfStudent, PUBLISH_GONE, putTombstone } from '@chengxin/archive/closing/tombstone';
import { backupJob } from '@chengxin/kit/backup/backup.job';
import { journalFile, readJournal } from '@chengxin/kit/backup/journal';
import { backupsIn, type Backup } from '@chengxin/kit/backup/manifest';
import { restoreTestJob } from '@chengxin/kit/backup/restore-test.job';
import { restoreOffice } from '@chengxin/kit/command/restore';
import { backupSettingsOf, type BackupSettings } from '@chengxin/kit/backup/settings';
import { randomKey } from '@chengxin/kit/call/crypto';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { dropDatabase, provisionDatabase } from '@chengxin/kit/database/provision';
import { pruneOutbox } from '@chengxin/kit/feed/prune';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { startOffice, type RunningOffice } from '@chengxin/kit/server/office';
import type { OfficeDatabase } from '@chengxin/kit/server/config';
import { startJobs } from '@chengxin/kit/server/jobs';
import pg from 'pg';
import { request as http } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { bringReferences } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner, ownerOf } from '../support/sql.js';
import { bringFacts } from '../support/student-facts.js';
import { until } from '../support/until.js';
import { STUDENTS } from '../privacy/allowed.js';

const [GONE = '', STAYS = '', WITHDRAWS = ''] = STUDENTS;
/** Offices whose backups are tried; each trial makes a database. */
const TRIED = ['archive', 'finance'];
/** What the third gave a bank; he withdraws it. */
const CONSENT = 'CS-B-3';
const BACKUP_AT = '2026-04-12T10:00:00+08:00';
/** Feeds have forgotten by then who went after the backup. */
const LATER = '2026-05-11T10:00:00+08:00';

let college: TestCollege;
let folder: string;
let keyFile: string;
let settings: BackupSettings;
let definitions: readonly OfficeDefinition[];
const made: string[] = [];
const restored: RunningOffice[] = [];

const definitionOf = (name: string): OfficeDefinition => {
  const found = definitions.find((one) => one.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};
const runningOf = (name: string): RunningOffice => {
  const found = college.started.offices.get(name);
  if (!found) throw new Error(`${name} has not started.`);
  return found;
};
const partsOf = (name: string, backup: BackupSettings | undefined = settings) => {
  const { orm, config } = runningOf(name);
  return { orm, config: { ...config, ...(backup && { backup }) } };
};
const back = async (name: string, backup?: BackupSettings): Promise<void> => {
  const job = backupJob(definitionOf(name), runningOf(name).config.ownerUrl);
  await job.run(partsOf(name, backup), college.clock.now());
};
const tryBack = (name: string, backup?: BackupSettings): Promise<void> =>
  restoreTestJob(definitionOf(name)).run(partsOf(name, backup), college.clock.now());
const newestOf = async (name: string, where = folder): Promise<Backup> => {
  const [newest] = await backupsIn(where, name);
  if (!newest) throw new Error(`${name} has no backup.`);
  return newest;
};

/** A database of its own in which nothing stands. */
async function emptyDatabase(name: string): Promise<OfficeDatabase> {
  const database = `restored_${randomUUID().slice(0, 8)}_${name}`;
  made.push(database);
  const passwords = { owner: 'owner', app: 'app' };
  return provisionDatabase({ adminUrl: inject('adminUrl'), database, passwords });
}
const put = async (name: string, from: string, key = settings.key): Promise<OfficeDatabase> => {
  const database = await emptyDatabase(name);
  const source = { from, key, keys: college.keys, at: college.clock.now() };
  await restoreOffice(definitionOf(name), database, source);
  return database;
};

async function queryOn<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
/** In which tables but logs a student stands. */
async function tablesWith(url: string, studentNo: string): Promise<string[]> {
  const tables = await queryOn<{ name: string }>(
    url,
    `select c.relname::text as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  );
  const logs = /^(operation_log|outbox|access_|closed_review)/;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await queryOn(url, `select 1 from ${name} t where t::text like '%${studentNo}%'`);
    if (rows.length && !logs.test(name)) found.push(name);
  }
  return found;
}

/** Starts an office on a database that was put back. */
async function start(
  name: string,
  { ownerUrl, appUrl }: OfficeDatabase,
  addresses: (office: string) => string | undefined = college.started.addresses,
): Promise<RunningOffice> {
  const { config } = partsOf(name);
  const running = await startOffice(definitionOf(name), {
    ...config,
    port: 0,
    host: '127.0.0.1',
    ownerUrl,
    databaseUrl: appUrl,
    addresses,
    runsJobs: false,
  });
  restored.push(running);
  return running;
}
const ready = async ({ url }: RunningOffice): Promise<unknown> => {
  const { statusCode, body } = await http(new URL('/health/ready', url));
  return [statusCode, await body.json()];
};
const isReady = async (office: RunningOffice): Promise<boolean> =>
  JSON.stringify(await ready(office)) === '[200,{"ready":true}]';

/** What the nightly job does with an archive whose time is over. */
async function destroy(studentNo: string): Promise<void> {
  const { orm, config } = runningOf('archive');
  const now = college.clock.now();
  const days = { openedOn: '2022-09-01', closedOn: '2024-04-20', destroyedOn: '2026-04-21' };
  await forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    const over = `update archive set state = 'DESTROYED' where student_no = ?`;
    await execute(em, over, [studentNo]);
    await execute(em, PUBLISH_GONE, [now, studentNo, now, studentNo]);
    await putTombstone(em, config.keyring, { studentNo, ...days });
    await execute(em, 'select destroy_archive(?)', [studentNo]);
  });
}

beforeAll(async () => {
  definitions = await loadOffices();
  folder = await mkdtemp(join(tmpdir(), 'chengxin-backups-'));
  const keys = await mkdtemp(join(tmpdir(), 'chengxin-backup-key-'));
  keyFile = join(keys, 'backup.key');
  await writeFile(keyFile, randomKey().toString('base64url'));
  const env = {
    BACKUP_FOLDER: folder,
    BACKUP_KEY_FILE: keyFile,
    BACKUP_TEST_DATABASE_URL: inject('adminUrl'),
  };
  settings = backupSettingsOf(env)!;
  college = await startCollege({ at: BACKUP_AT });
  await bringReferences(college);
  await bringFacts(college, STUDENTS);
}, 120_000);
afterAll(async () => {
  for (const office of restored) await office.stop();
  await college.stop();
  for (const database of made) await dropDatabase({ adminUrl: inject('adminUrl'), database });
  await rm(folder, { recursive: true });
  await rm(join(keyFile, '..'), { recursive: true });
});

const evidence = (office: string) =>
  asOwner(
    college,
    'archive',
    `select result, bytes::int as bytes, sha256, restore_tested_at, cause from backup_run
     where office = $1 order by started_at, id`,
    [office],
  );
const stateOf = (office: string) =>
  asOwner(college, 'archive', `select state, note from service_status where component = $1`, [
    office,
  ]);

describe('A backup', () => {
  test('without a folder nothing is written, and an operator reads so (F-06)', async () => {
    const { orm, config } = runningOf('finance');
    const job = backupJob(definitionOf('finance'), config.ownerUrl);
    await job.run({ orm, config }, new Date('2026-04-11T10:00:00+08:00'));
    await college.settle();
    const none = { bytes: null, sha256: null, restore_tested_at: null };
    expect(await evidence('finance')).toEqual([
      { result: 'FAILED', ...none, cause: 'NOT_CONFIGURED' },
    ]);
    expect(await stateOf('finance')).toEqual([
      { state: 'DEGRADED', note: '备份 backup: NOT_CONFIGURED' },
    ]);
  });

  test('the key never lies beside it, nor is it kept for longer than can be stated (3.6)', () => {
    const wrong = (more: Record<string, string>) => () =>
      backupSettingsOf({ BACKUP_FOLDER: folder, BACKUP_KEY_FILE: keyFile, ...more });
    expect(wrong({ BACKUP_FOLDER: join(keyFile, '..') })).toThrow(
      'BACKUP_KEY_FILE lies in BACKUP_FOLDER: keep the key elsewhere.',
    );
    expect(wrong({ BACKUP_KEY_FILE: '' })).toThrow('Set BACKUP_FOLDER and BACKUP_KEY_FILE');
    expect(wrong({ BACKUP_DAYS: '31' })).toThrow('BACKUP_DAYS is not a number of days, 1 to 30.');
  });

  test('of each office is written, and tried: evidence stands with the archive (G19.2)', async () => {
    for (const { name } of definitions) await back(name);
    college.clock.set('2026-04-12T11:00:00+08:00');
    for (const name of TRIED) await tryBack(name);
    await college.settle();
    for (const { name } of definitions) {
      const { manifest, file } = await newestOf(name);
      const { size: bytes } = await stat(file);
      const { sha256 } = manifest;
      const at = TRIED.includes(name) ? college.clock.now() : null;
      const tested = { bytes, sha256, restore_tested_at: at, cause: null };
      expect([name, (await evidence(name)).at(-1)]).toEqual([
        name,
        { result: 'WRITTEN', ...tested },
      ]);
      expect(await stateOf(name)).toEqual([{ state: 'UP', note: null }]);
    }
    // What was made for the trials is gone.
    const left = await queryOn(
      inject('adminUrl'),
      `select datname as name from pg_database where datname like 'restore\\_%'
       union all select rolname from pg_roles where rolname like 'restore\\_%'`,
    );
    expect(left).toEqual([]);
  });

  test('holds nothing in clear, and nobody but its owner reads the file', async () => {
    for (const { name } of definitions) {
      const { file } = await newestOf(name);
      const bytes = await readFile(file);
      expect([GONE, 'student_no'].filter((text) => bytes.includes(text))).toEqual([]);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
  });

  test('is written once in a night, however many replicas start (F-06)', async () => {
    const { config, orm } = runningOf('youthleague');
    const own = { ...settings, folder: join(folder, 'replicas') };
    const parts = { orm, config: { ...config, backup: own } };
    const jobs = [backupJob(definitionOf('youthleague'), config.ownerUrl)];
    const replicas = await Promise.all([startJobs(parts, jobs), startJobs(parts, jobs)]);
    await until(async () => (await backupsIn(own.folder, 'youthleague')).length > 0);
    for (const replica of replicas) await replica.stop();
    // A third one starts later.
    await backupJob(definitionOf('youthleague'), config.ownerUrl).run(parts, college.clock.now());
    expect(await backupsIn(own.folder, 'youthleague')).toHaveLength(1);
    expect((await readdir(own.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('that is taken while others write is of one instant', async () => {
    const own = { ...settings, folder: join(folder, 'busy') };
    const writer = await ownerOf(college, 'academics');
    // In each transaction a row of one table, then of another: a backup has both, or neither.
    await writer.query('create table busy_one (n int); create table busy_two (n int)');
    let goesOn = true;
    const writing = (async () => {
      for (let n = 0; goesOn; n += 1)
        await writer.query(`begin; insert into busy_two values (${n});
          insert into busy_one values (${n}); commit`);
    })();
    const isWriting = () => asOwner(college, 'academics', 'select 1 from busy_one limit 1');
    await until(async () => (await isWriting()).length > 0);
    await back('academics', own);
    goesOn = false;
    await writing;
    const { manifest } = await newestOf('academics', own.folder);
    expect(manifest.tables['busy_one']).toBe(manifest.tables['busy_two']);
    expect(manifest.tables['busy_one']).toBeGreaterThan(0);
    await writer.query('drop table busy_one, busy_two');
    await writer.end();
  });

  test('is deleted after its days, but for the newest (3.6, PIPL 47)', async () => {
    const own = { ...settings, folder: join(folder, 'days'), keptDays: 2 };
    const days = ['2026-04-01', '2026-04-02', '2026-04-03', '2026-04-04'];
    const kept: number[] = [];
    for (const day of days) {
      const job = backupJob(definitionOf('youthleague'), runningOf('youthleague').config.ownerUrl);
      await job.run(partsOf('youthleague', own), new Date(`${day}T10:00:00+08:00`));
      kept.push((await readdir(own.folder)).length);
    }
    // Two files each.
    expect(kept).toEqual([2, 4, 6, 6]);
    expect((await newestOf('youthleague', own.folder)).manifest.takenAt).toBe(
      '2026-04-04T02:00:00.000Z',
    );
  });
});

describe('What is not what was written is refused, and nothing is half-restored', () => {
  const refusal = async (from: string, key?: Buffer): Promise<string> => {
    const before = made.length;
    const message = await put('finance', from, key).then(
      () => 'restored',
      ({ message: said }: Error) => said,
    );
    const url = new URL(inject('adminUrl'));
    url.pathname = `/${made[before]}`;
    const tables = await queryOn(
      url.href,
      `select 1 from pg_class where relnamespace = 'public'::regnamespace`,
    );
    expect(tables).toEqual([]);
    return message;
  };
  /** A copy of the backup in a folder of its own, in which it may be spoiled. */
  async function copied(): Promise<Backup> {
    const own = await mkdtemp(join(folder, 'spoiled-'));
    const { file, manifestFile } = await newestOf('finance');
    for (const one of [file, manifestFile])
      await writeFile(join(own, one.slice(folder.length + 1)), await readFile(one));
    return newestOf('finance', own);
  }

  test('another key', async () => {
    const { file, manifestFile } = await newestOf('finance');
    expect(await refusal(manifestFile, randomKey())).toBe(
      `${file} is encrypted under another key than that of BACKUP_KEY_FILE.`,
    );
  });

  test('altered and missing bytes', async () => {
    const { file, manifestFile, manifest } = await copied();
    const handle = await open(file, 'r+');
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, 1000);
    await handle.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, 1000);
    await handle.close();
    expect(await refusal(manifestFile)).toBe(`${file} was altered: its SHA-256 is another.`);
    await truncate(file, manifest.bytes - 1);
    expect(await refusal(manifestFile)).toBe(
      `${file} has ${manifest.bytes - 1} bytes, and had ${manifest.bytes}.`,
    );
  });

  test('an altered manifest, one of another office, a later version', async () => {
    const { manifestFile, manifest } = await copied();
    const write = (more: object) =>
      writeFile(manifestFile, JSON.stringify({ ...manifest, ...more }));
    await write({ tables: { ...manifest.tables, bill: 0 } });
    expect(await refusal(manifestFile)).toBe(
      `${manifestFile} was altered: its signature does not hold.`,
    );
    await write({ format: 2 });
    expect(await refusal(manifestFile)).toBe(`${manifestFile} is no manifest of this version.`);
    const other = await newestOf('security');
    expect(await refusal(other.manifestFile)).toBe(
      `${other.manifestFile} is a backup of security, not of finance.`,
    );
  });

  test('a trial that fails is reported, and the service with it (F-06)', async () => {
    const { file } = await copied();
    const own = { ...settings, folder: join(file, '..') };
    await truncate(file, 100);
    await expect(tryBack('finance', own)).rejects.toThrow('has 100 bytes');
    await college.settle();
    expect(await stateOf('finance')).toEqual([
      { state: 'DEGRADED', note: expect.stringContaining('has 100 bytes') as string },
    ]);
  });

  test('a version whose migrations this one does not know', async () => {
    const own = { ...settings, folder: await mkdtemp(join(folder, 'later-')) };
    const later = 'office-9999-later';
    const change = (sql: string) => asOwner(college, 'finance', sql, [later]);
    await change('insert into mikro_orm_migrations (name) values ($1)');
    await back('finance', own);
    await change('delete from mikro_orm_migrations where name = $1');
    const { manifestFile } = await newestOf('finance', own.folder);
    expect(await refusal(manifestFile)).toBe(
      `${manifestFile} is of another version, which had migrations that this one does not know: ${later}.`,
    );
  });

  test('a database in which something stands', async () => {
    const { manifestFile } = await newestOf('finance');
    const database = await put('finance', manifestFile);
    const source = { from: folder, key: settings.key, keys: college.keys, at: new Date() };
    await expect(restoreOffice(definitionOf('finance'), database, source)).rejects.toThrow(
      'The database is not empty: rows stand in ',
    );
  });
});

describe('After a restore', () => {
  let database: OfficeDatabase;
  beforeAll(async () => {
    // One student goes, another takes back what he gave; feeds forget it in time.
    college.clock.set('2026-04-21T10:00:00+08:00');
    await destroy(GONE);
    await asOwner(
      college,
      'archive',
      `with changed as (update consent set withdrawn_at = now(), version = version + 1
         where consent_id = $1 returning consent_id, version)
       insert into outbox (topic, key, version, at)
       select 'consent', consent_id, version, '2026-04-21' from changed`,
      [CONSENT],
    );
    await college.settle();
    const archive = definitionOf('archive');
    await archive.jobs
      ?.find(({ name }) => name === 'journalErasures')
      ?.run(partsOf('archive'), college.clock.now());
    college.clock.set(LATER);
    await college.settle();
    const { config } = runningOf('archive');
    await pruneOutbox(archive, config.ownerUrl).run(runningOf('archive'), college.clock.now());
    const left = await asOwner(college, 'archive', 'select 1 from outbox where key = any($1)', [
      [GONE, CONSENT],
    ]);
    if (left.length) throw new Error('The feed has not forgotten who went.');
  }, 60_000);

  test('the journal beside the backups names nobody, and is whole', async () => {
    const { keyring } = runningOf('archive').config;
    const lines = await readJournal(folder, keyring);
    expect(
      lines.map(({ action, subject }) => [action, subject === macOfStudent(keyring, GONE)]),
    ).toEqual([
      ['archive.destroy', true],
      ['consent.withdraw', false],
    ]);
    const text = await readFile(journalFile(folder, 'archive'), 'utf8');
    expect([GONE, CONSENT, WITHDRAWS].filter((one) => text.includes(one))).toEqual([]);
    const cut = await mkdtemp(join(folder, 'cut-'));
    await writeFile(journalFile(cut, 'archive'), text.split('\n').slice(1).join('\n'));
    await expect(readJournal(cut, keyring)).rejects.toThrow(
      `${journalFile(cut, 'archive')}, line 1: this is not what was written.`,
    );
  });

  test('an office is closed until it has read the whole roster; then a destroyed student is gone', async () => {
    database = await put('finance', (await newestOf('finance')).manifestFile);
    // He is in what was put back.
    expect(await tablesWith(database.ownerUrl, GONE)).toContain('bill');
    let archive: string | undefined;
    const finance = await start('finance', database, () => archive);
    expect(await ready(finance)).toEqual([503, { ready: false, reason: 'restored' }]);
    for (const path of ['/graphql', '/feed', '/imports/bills']) {
      const answer = await http(new URL(path, finance.url), { method: 'POST', body: '{}' });
      await answer.body.dump();
      expect([path, answer.statusCode]).toEqual([path, 503]);
    }
    archive = college.started.addresses('archive');
    await until(() => isReady(finance));
    expect(await tablesWith(database.ownerUrl, GONE)).toEqual([]);
    expect(await tablesWith(database.ownerUrl, STAYS)).toContain('bill');
    const [epoch] = await queryOn(database.ownerUrl, 'select epoch from feed_epoch');
    const was = await asOwner(college, 'finance', 'select epoch from feed_epoch');
    expect(epoch).not.toEqual(was[0]);
    const query = `{ student(studentNo: "${STAYS}") { bills { billNo } } }`;
    const asked = () => college.request('T0401', query);
    const before = await asked();
    college.divert('finance', finance.url);
    expect(await asked()).toEqual(before);
    college.divert('finance');
  });

  test('what stood under a consent that was withdrawn stays gone', async () => {
    const third = await put('thirdparty', (await newestOf('thirdparty')).manifestFile);
    const rows = `select 1 from card_overdraft where consent_id = '${CONSENT}'`;
    expect(await queryOn(third.ownerUrl, rows)).not.toEqual([]);
    const running = await start('thirdparty', third);
    await until(() => isReady(running));
    expect(await queryOn(third.ownerUrl, rows)).toEqual([]);
    expect(await tablesWith(third.ownerUrl, GONE)).toEqual([]);
    expect(await tablesWith(third.ownerUrl, STAYS)).toContain('card_overdraft');
  });

  test('an archive that gave nothing has nobody erased', async () => {
    const other = await put('security', (await newestOf('security')).manifestFile);
    const empty = await emptyDatabase('archive');
    const archive = await start('archive', empty, () => undefined);
    const security = await start('security', other, () => archive.url);
    await until(
      async () => (await queryOn(other.ownerUrl, 'select 1 from feed_cursor')).length > 0,
    );
    expect(await ready(security)).toEqual([503, { ready: false, reason: 'restored' }]);
    expect(await tablesWith(other.ownerUrl, GONE)).toContain('roster');
    await security.stop();
    await archive.stop();
  });

  test('the archive repeats what its journal says, before anybody reads (INV-11, L-09)', async () => {
    const own = await put('archive', (await newestOf('archive')).manifestFile);
    expect(await tablesWith(own.ownerUrl, GONE)).toContain('student');
    const consent = `select withdrawn_at is not null as "isWithdrawn" from consent
      where consent_id = '${CONSENT}'`;
    expect(await queryOn(own.ownerUrl, consent)).toEqual([{ isWithdrawn: false }]);
    const archive = await start('archive', own);
    await until(() => isReady(archive));
    expect(await tablesWith(own.ownerUrl, GONE)).toEqual([]);
    expect(await tablesWith(own.ownerUrl, STAYS)).toContain('student');
    expect(await queryOn(own.ownerUrl, consent)).toEqual([{ isWithdrawn: true }]);
    const tombstones = 'select student_mac, destroyed_on::text from destroyed_archive';
    const { keyring } = runningOf('archive').config;
    expect(await queryOn(own.ownerUrl, tombstones)).toEqual([
      { student_mac: macOfStudent(keyring, GONE), destroyed_on: '2026-04-21' },
    ]);
  });
});
