/**
 * An archive is destroyed when its time is over: nothing that was stored of its student is found
 * anywhere any more, in no table, file or data file of any office; others’ stay, and the logs stay whole
 * (2.4, 3.6, INV-11, INV-13).
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOffices } from '@chengxin/college/office-list';
import { macOfStudent } from '@chengxin/archive/closing/tombstone';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { sealLogs } from '@chengxin/kit/seal/seal-logs.job';
import { logsOf } from '@chengxin/kit/seal/sealed-log';
import { verifyLog } from '@chengxin/kit/seal/verify-logs';
import pg from 'pg';
import { request as http } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { STUDENTS } from '../privacy/allowed.js';
import { MARKER, markerWord, placeCanaries, type Canary } from '../privacy/canaries.js';
import { rollOf } from '../privacy/roll.js';
import { bringLife } from '../privacy/student-life.js';
import { bringReferences } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import { keepLog } from '../support/log-lines.js';
import { EnumValue, mutate, on } from '../support/mutate.js';
import { asOwner, databaseOf, ownerOf } from '../support/sql.js';
import { bringFacts } from '../support/student-facts.js';

const [GONE = '', STAYS = '', WITHDRAWS = ''] = STUDENTS;
/** What he gave a bank: rows, a finding and a record stand under it. */
const CONSENT = 'CS-B-3';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
/** In bytes of a proof, in the key of a request, in what an operation log seals. */
const IN_FILE = 'cny900001x';
const IN_KEY = 'cny900002x';
const IN_REASON = 'cny900003x';
const IN_TEXT = 'cny900004x';
const PLANTED = [IN_KEY, IN_REASON, IN_TEXT];

const { log, lines } = keepLog('debug');
let college: TestCollege;
let folder: string;
let canaries: readonly Canary[];

const run = (sql: string, ...values: unknown[]) => asOwner(college, 'archive', sql, values);
const offices = () => [...college.started.offices.values()];

async function uploadProof(): Promise<void> {
  const authorization = `Bearer ${await college.token(GONE)}`;
  const body = Buffer.from(`%PDF-1.4\n${IN_FILE}\n`);
  const answer = await http(`${college.gateway.origin}/files`, {
    method: 'POST',
    headers: { authorization },
    body,
  });
  await answer.body.dump();
  if (answer.statusCode !== 201) throw new Error(`The proof came to ${answer.statusCode}.`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-destroyed-'));
  college = await startCollege({ log, files: { store: { folder } } });
  await college.bring('archive', 'students', rollOf(markerWord));
  await bringReferences(college);
  await bringFacts(college, STUDENTS, markerWord);
  await bringLife(college, STUDENTS, markerWord);
  canaries = await placeCanaries(college, STUDENTS, []);
  await uploadProof();
  const filed = await mutate(college, GONE, {
    name: 'fileSubjectRequest',
    noun: 'SubjectRequest',
    args: {
      clientMutationId: IN_KEY,
      studentNo: GONE,
      type: new EnumValue('EXPLAIN'),
      content: IN_TEXT,
    },
  });
  const granted = { granted: true, outcome: 'done', reason: IN_REASON };
  const args = { ...on(filed.row), ...granted };
  const decide = { name: 'decideSubjectRequest', noun: 'SubjectRequest', args };
  const { came } = await mutate(college, 'T0001', decide, REVIEW);
  if (came !== 'OK') throw new Error(`The request came to ${came}.`);
  // Kept for two years, and a day more.
  await run(
    `update archive set state = 'RETAINED', closed_on = '2026-07-01',
    retention_until = '2028-07-01', opened_on = '2024-09-01' where student_no = $1`,
    GONE,
  );
}, 240_000);
afterAll(async () => {
  await college.stop();
  await rm(folder, { recursive: true });
});

/** Every row of every table of an office, as one text each. */
async function dumpOf(office: string): Promise<Map<string, string[]>> {
  const client = await ownerOf(college, office);
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'm') and n.nspname !~ '^(pg_|information_schema$)' order by 1`,
    );
    const dump = new Map<string, string[]>();
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      dump.set(
        name,
        rows.map(({ row }) => row),
      );
    }
    return dump;
  } finally {
    await client.end();
  }
}
/** `archive public.notice`, for each table in which a text is found. */
async function tablesWith(isThere: (row: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await loadOffices())
    for (const [table, rows] of await dumpOf(name))
      if (rows.some(isThere)) found.push(`${name} ${table}`);
  return found;
}
/** Markers in all databases, as an export of them has them. */
async function markersStored(): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { name } of await loadOffices())
    for (const rows of (await dumpOf(name)).values())
      for (const row of rows) for (const [marker] of row.matchAll(MARKER)) found.add(marker);
  return found;
}

/** Markers in the files in which the server keeps the tables and indices of an office. */
async function markersInDataFiles(office: string): Promise<string[]> {
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${databaseOf(college, office)}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query('vacuum full');
    await client.query('checkpoint');
    const { rows } = await client.query<{ marker: string }>(
      `select distinct m.marker[1] as marker from pg_class c
       cross join lateral (select pg_relation_filepath(c.oid) as path) f
       cross join lateral regexp_matches(
         encode(pg_read_binary_file(f.path), 'escape'), 'cny\\d+x', 'g') m (marker)
       where f.path is not null and c.relnamespace <> 'pg_catalog'::regnamespace`,
    );
    return rows.map(({ marker }) => marker);
  } finally {
    await client.end();
  }
}
async function dataFiles(): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { name } of await loadOffices())
    for (const marker of await markersInDataFiles(name)) found.add(marker);
  return found;
}

const isMarker = (value: string): boolean => new RegExp(`^${MARKER.source}$`).test(value);
/** Markers of a student; of those offices alone, where some are named. */
const markersOf = (studentNo: string, ...offices: readonly string[]): string[] =>
  canaries.flatMap(({ value, places, ...of }) =>
    of.studentNo === studentNo &&
    isMarker(value) &&
    (!offices.length || places.every(({ office }) => offices.includes(office)))
      ? [value]
      : [],
  );
const SCHOOL_OFFICES = ['academics', 'finance', 'security', 'youthleague'];
const filesStored = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());

const sealAll = async (): Promise<void> => {
  for (const definition of await loadOffices()) {
    const office = college.started.offices.get(definition.name);
    if (office) await sealLogs(office, logsOf(definition), college.clock.now());
  }
};
async function alterations(): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const definition of await loadOffices()) {
    const office = college.started.offices.get(definition.name);
    if (!office) continue;
    const { keyring } = office.config;
    const on = <Row>(sql: string, parameters: readonly unknown[]) =>
      execute<Row & object>(forkOf(office.orm), sql, parameters) as Promise<Row[]>;
    for (const one of logsOf(definition)) {
      const verified = await verifyLog({ run: on, keyring, anchors: [] }, one);
      found.push(...verified.findings);
    }
  }
  return found;
}

const destroy = async (): Promise<void> => {
  await runJob(college, 'archive', 'retention');
  await runJob(college, 'thirdparty', 'eraseWithdrawn');
};

describe('A consent that is withdrawn', () => {
  const under = (): string[] =>
    canaries.flatMap(({ studentNo, value, places }) =>
      studentNo === WITHDRAWS &&
      isMarker(value) &&
      places.every(({ table, row }) => table !== 'consent' && row['consent_id'] === CONSENT)
        ? [value]
        : [],
    );
  const everyMarker = async () => new Set([...(await markersStored()), ...(await dataFiles())]);

  test('leaves nothing of what stood under it, in any office', async () => {
    const query = '{ me { student { consents { consentId version } } } }';
    const { data } = await college.request(WITHDRAWS, query);
    const { student } = (data ?? {})['me'] as {
      student: { consents: { consentId: string; version: number }[] };
    };
    const given = student.consents.find(({ consentId }) => consentId === CONSENT);
    const before = await everyMarker();
    expect(under().length).toBeGreaterThan(5);
    expect(under().filter((marker) => !before.has(marker))).toEqual([]);

    const args = { id: CONSENT, expectedVersion: given?.version };
    const withdraw = { name: 'withdrawConsent', noun: 'Consent', args, fields: 'consentId state' };
    expect((await mutate(college, WITHDRAWS, withdraw)).came).toBe('OK');
    await college.settle();
    await runJob(college, 'thirdparty', 'eraseWithdrawn');

    const after = await everyMarker();
    expect(under().filter((marker) => after.has(marker))).toEqual([]);
    const rest = markersOf(WITHDRAWS, ...SCHOOL_OFFICES);
    expect(rest.length).toBeGreaterThan(30);
    expect(rest.filter((marker) => !after.has(marker))).toEqual([]);
  });
});

describe('Before its time nothing goes', () => {
  test('what is looked for is there: in every office, in tables and in data files', async () => {
    const mine = markersOf(GONE);
    const places = canaries.filter(({ studentNo }) => studentNo === GONE);
    expect(new Set(places.flatMap((one) => one.places.map(({ office }) => office))).size).toBe(6);
    const stored = await markersStored();
    const missing = [...mine, IN_KEY, IN_TEXT].filter((marker) => !stored.has(marker));
    expect(missing).toEqual([]);
    const inFiles = await dataFiles();
    expect([...mine, IN_KEY, IN_TEXT].filter((marker) => !inFiles.has(marker))).toEqual([]);
    // Neither a proof nor what a log seals lies anywhere in clear.
    expect([IN_FILE, IN_REASON].filter((marker) => stored.has(marker))).toEqual([]);
    const [file] = await filesStored();
    expect((await readFile(join(file?.parentPath ?? '', file?.name ?? ''))).includes(IN_FILE)).toBe(
      false,
    );
  });

  test('on the last day it is kept', async () => {
    college.clock.set('2028-07-01T23:59:00+08:00');
    await destroy();
    expect(await run('select state from archive where student_no = $1', GONE)).toEqual([
      { state: 'RETAINED' },
    ]);
  });

  test('while an appeal or a request waits it is kept', async () => {
    college.clock.set('2028-07-02T03:00:00+08:00');
    const state = () => run('select state from archive where student_no = $1', GONE);
    await destroy();
    expect(await state()).toEqual([{ state: 'RETAINED' }]);
    await run(`update appeal set state = 'WITHDRAWN' where student_no = $1`, GONE);
    await run(
      `insert into subject_request (student_no, type, filed_at, due_on, state)
       values ($1, 'ACCESS', now(), '2028-07-20', 'FILED')`,
      GONE,
    );
    await destroy();
    expect(await state()).toEqual([{ state: 'RETAINED' }]);
    await run(`delete from subject_request where state = 'FILED'`);
  });

  test('the run-time roles erase nobody whose archive is not over', async () => {
    const asApp = (office: string, sql: string) => {
      const { orm } = college.started.offices.get(office) ?? {};
      return orm
        ? execute(forkOf(orm), sql, [GONE])
        : Promise.reject(new Error(`There is no ${office}.`));
    };
    const refusals = [
      ['archive', 'select destroy_archive(?)', '23514'],
      ['archive', `select erase_rows_of(?, '{}')`, '42501'],
      ['archive', 'select erase_gone_student(?, now())', '42501'],
      ['thirdparty', 'select erase_gone_student(?, now())', '42501'],
      ['finance', `select erase_rows_of(?, '{}')`, '42501'],
    ] as const;
    for (const [office, sql, code] of refusals)
      await expect(asApp(office, sql)).rejects.toMatchObject({ code });
    await asApp('finance', 'select erase_gone_student(?, now())');
    const bills = 'select count(*)::int as count from bill where student_no = ?';
    expect(await asApp('finance', bills)).toEqual([{ count: 2 }]);
  });
});

describe('Once it is over', () => {
  beforeAll(async () => {
    college.clock.set('2028-07-02T03:00:00+08:00');
    await sealAll();
    lines.splice(0);
    await destroy();
    await college.settle();
  }, 120_000);

  test('no office has anything left of what was stored, and others’ is all there', async () => {
    const mine = markersOf(GONE);
    const stored = await markersStored();
    expect([...mine, ...PLANTED].filter((marker) => stored.has(marker))).toEqual([]);
    // What stood under his consents has ended with them by now.
    const others = markersOf(STAYS, 'archive', ...SCHOOL_OFFICES);
    expect(others.length).toBeGreaterThan(100);
    expect(others.filter((marker) => !stored.has(marker))).toEqual([]);
  });

  test('nor has any data file of the server, once it is vacuumed', async () => {
    const inFiles = await dataFiles();
    expect([...markersOf(GONE), ...PLANTED].filter((marker) => inFiles.has(marker))).toEqual([]);
    const others = markersOf(STAYS, 'archive', ...SCHOOL_OFFICES);
    expect(others.filter((marker) => !inFiles.has(marker))).toEqual([]);
  });

  test('his files are gone from the store', async () => {
    expect(await filesStored()).toEqual([]);
    expect(await run('select file_id from file_key')).toEqual([]);
  });

  test('no line of a process says anything of him', () => {
    const said = lines.map((line) => JSON.stringify(line)).join('\n');
    expect([...markersOf(GONE), ...PLANTED, IN_FILE].filter((one) => said.includes(one))).toEqual(
      [],
    );
  });

  test('his number stands in logs alone, for their own time', async () => {
    expect(await tablesWith((row) => row.includes(GONE))).toEqual([
      'archive public.access_call',
      'archive public.access_event',
      'archive public.operation_log',
      'archive public.outbox',
      'academics public.operation_log',
      'finance public.operation_log',
      'security public.operation_log',
      'youthleague public.operation_log',
      'thirdparty public.operation_log',
    ]);
  });

  test('nothing that a log says of him can be read: every key is destroyed', async () => {
    // A line about the erasing seals nothing.
    for (const { config, orm } of offices()) {
      const left = await execute(
        forkOf(orm),
        `select k.topic, k.key from record_key k join operation_log l
           on (l.target_type, l.target_id) = (k.topic, k.key)
         where l.target like ? and l.action <> 'consent.erase'`,
        [`% ${GONE}`],
      );
      expect([config.keyring.party, left]).toEqual([config.keyring.party, []]);
    }
  });

  test('a tombstone says that there was an archive, to who knows its number', async () => {
    const keyring = college.started.offices.get('archive')?.config.keyring;
    if (!keyring) throw new Error('There is no archive.');
    expect(
      await run(`select student_mac, opened_on::text, closed_on::text, destroyed_on::text
        from destroyed_archive`),
    ).toEqual([
      {
        student_mac: macOfStudent(keyring, GONE),
        opened_on: '2024-09-01',
        closed_on: '2026-07-01',
        destroyed_on: '2028-07-02',
      },
    ]);
    expect(
      await run(
        `select actor, action from operation_log
         where action in ('account.close', 'archive.destroy') and target like $1 order by id`,
        `% ${GONE}`,
      ),
    ).toEqual([
      { actor: 'job:retention', action: 'account.close' },
      { actor: 'job:retention', action: 'archive.destroy' },
    ]);
  });

  test('he is as one who never was, for everybody and for himself', async () => {
    const query = (no: string) => `{ student(studentNo: "${no}") { name } }`;
    const [gone, never] = [
      await college.request('T0001', query(GONE), { headers: REVIEW }),
      await college.request('T0001', query('2099999999'), { headers: REVIEW }),
    ];
    expect(gone.data).toEqual({ student: null });
    expect(JSON.stringify(gone)).toBe(JSON.stringify(never));
    const { errors } = await college.request(GONE, '{ me { person } }');
    expect(errors?.[0]?.extensions['reason']).toBe('NO_GRANT');
  });

  test('the logs are still what was sealed (INV-13)', async () => {
    expect(await alterations()).toEqual([]);
    const [sealed] = await run('select count(*)::int as count from log_seal');
    expect(sealed).not.toEqual({ count: 0 });
  });

  test('another run destroys nothing more', async () => {
    const count = () => run('select count(*)::int as count from student');
    const before = await count();
    await destroy();
    expect(await count()).toEqual(before);
    expect(await run('select count(*)::int as count from destroyed_archive')).toEqual([
      { count: 1 },
    ]);
  });
});

test('every table that hangs on rows of a student and does not name him is known', async () => {
  const found: string[] = [];
  for (const { name } of await loadOffices()) {
    const rows = await asOwner<{ child: string }>(
      college,
      name,
      `select distinct con.conrelid::regclass::text as child from pg_constraint con
       where con.contype = 'f' and con.connamespace = 'public'::regnamespace
         and names_student(con.confrelid) and not names_student(con.conrelid) order by 1`,
    );
    found.push(...rows.map(({ child }) => `${name} ${child}`));
  }
  expect(found.toSorted()).toEqual([
    'archive file_key',
    'archive notice_delivery',
    'archive report_view',
    'finance arrears_list_line',
    'finance settlement',
  ]);
});
