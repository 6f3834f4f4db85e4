/** SC-12: the rows of a locked run that a reporting tool gets, and what it does not (DOMAIN 3.6). */
import { createHash, randomUUID } from 'node:crypto';
import {
  provisionReporting,
  provisionToolLogin,
} from '@chengxin/archive/credit-views/reporting-database';
import { signCall } from '@chengxin/kit/call/call';
import type { Identity } from '@chengxin/kit/call/identity';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { dropDatabase } from '@chengxin/kit/database/provision';
import { strFromU8, unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import iconv from 'iconv-lite';
import pg from 'pg';
import { request as http } from 'undici';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { bringReferences, CALLERS } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { runJob } from '../support/jobs.js';
import {
  told,
  toldTogether,
  wordsOfBoth,
  type Odds,
  type ReleasedRow,
} from '../support/re-identification.js';
import { aRun, snapshotsOf, type Graded } from '../support/runs.js';
import { post } from '../support/post.js';
import { asOwner, databaseOf } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { studentRows } from '../support/student-rows.js';

/** Students of each major by grade: of the first, three have a D. */
const MAJORS = [
  { college: 'C01', classCode: '20240103', major: 'M0101', grades: { A: 30, B: 20, C: 12, D: 3 } },
  { college: 'C01', classCode: '20230102', major: 'M0102', grades: { A: 25, B: 15, C: 11, D: 14 } },
  { college: 'C02', classCode: '20240201', major: 'M0201', grades: { A: 40, B: 12, C: 10, D: 11 } },
] as const;

let college: TestCollege;
/** Everybody who was graded, by number. */
const graded: Graded[] = [];
beforeAll(async () => {
  college = await startCollege({ at: '2026-07-31T23:00:00+08:00' });
  for (const { grades, ...place } of MAJORS) {
    const all = Object.entries(grades).flatMap(([grade, count]) => Array(count).fill(grade));
    const rows = studentRows(all.length, place);
    await college.bring('archive', 'students', rows);
    graded.push(...rows.map((row, i) => ({ studentNo: row['学号'] ?? '', grade: all[i] })));
  }
  await aRun(college, { runId: '2026H1', cutOffAt: '2026-07-31T23:59:59+08:00' });
  await snapshotsOf(college, '2026H1', graded);
  await aRun(college, {
    runId: '2026H2',
    cutOffAt: '2027-01-31T23:59:59+08:00',
    state: 'CONFIRMED',
  });
  // The next one: a student of C02 rose from B to A, nobody else changed.
  const risen = graded.find(
    ({ studentNo, grade }) => studentNo.startsWith('202402') && grade === 'B',
  );
  const now = graded.map((one) => (one === risen ? { ...one, grade: 'A' } : one));
  await aRun(college, { runId: '2026H2b', cutOffAt: '2027-01-31T23:59:59+08:00' });
  await snapshotsOf(college, '2026H2b', now);
});
afterAll(() => college.stop());

/** Facts of other offices, spread over the students so that many would stand alone. */
async function spreadFacts() {
  const of = (place: number, ...values: readonly string[]) => values[place % values.length];
  const rows = graded.map(({ studentNo }, place) => ({
    studentNo,
    gpa: of(place * 7, '3.91', '3.20', '2.44', '1.10', '3.61'),
    rank: of(place, 'TOP10', 'TOP30', 'MIDDLE', 'LOW'),
    hours: of(place * 3, '0', '12.5', '32.0', '75.0'),
    level: of(place * 5, '', 'CLASS', '', 'SCHOOL', '', 'COLLEGE', ''),
    isViolation: place % 23 === 0,
  }));
  const list = JSON.stringify(rows);
  const people = `'T0301', '2026-06-30', 'T0302', '2026-06-30'`;
  const given = (columns: string) => `from jsonb_to_recordset($1::jsonb) as f(${columns})`;
  await asOwner(
    college,
    'academics',
    `insert into academic_summary (student_no, recorded_by, recorded_at, approved_by, approved_at, gpa,
       credits_earned, rank_band, warning_level, graduation_eligibility)
     select f."studentNo", ${people}, f.gpa, 60, f.rank, 'NONE', 'NOT_YET'
     ${given('"studentNo" text, gpa numeric, rank text')}`,
    [list],
  );
  await asOwner(
    college,
    'academics',
    `insert into exam_violation (student_no, recorded_by, recorded_at, approved_by, approved_at, evidence,
       violation_no, exam_type, act_code, indicator_code, severity, session, occurred_on, finding_body,
       decision_doc_no, decided_on, notice_delivered_on, state)
     select f."studentNo", ${people}, '[{"id":"1","docNo":"D-1"}]', 'V-' || f."studentNo", 'SCHOOL', 'MOE33-5.1',
       'D1-04', 'S1', '2025-2', '2026-06-01', 'AAO', 'D-1', '2026-06-20', '2026-06-10', 'FOUND'
     ${given('"studentNo" text, "isViolation" boolean')} where f."isViolation"`,
    [list],
  );
  await asOwner(
    college,
    'youthleague',
    `insert into practice_record (student_no, recorded_by, recorded_at, approved_by, approved_at, activity,
       hours, verified_by, practised_on, state)
     select f."studentNo", ${people}, 'A', f.hours, 'T0602', '2026-05-01', 'APPROVED'
     ${given('"studentNo" text, hours numeric')} where f.hours > 0`,
    [list],
  );
  await asOwner(
    college,
    'youthleague',
    `insert into cadre_post (student_no, recorded_by, recorded_at, approved_by, approved_at, org, post,
       level, from_on, state)
     select f."studentNo", ${people}, 'O', 'P', f.level, '2026-03-01', 'APPROVED'
     ${given('"studentNo" text, level text')} where f.level <> ''`,
    [list],
  );
  return rows;
}

interface Release extends Odds {
  readonly releaseId: string;
  readonly runId: string;
  readonly rows: readonly ReleasedRow[];
  readonly pseudonyms: readonly string[];
}
const RELEASES = `{ creditViewReleases { nodes { releaseId runId onDay k l rowCount droppedPercent lossPercent
  generalisation { column step of } gradeOdds { grade perMille joinedPerMille } } } }`;
const ROWS = `query Rows($id: ID!, $after: String) { creditViews(releaseId: $id, first: 100, after: $after) {
  nodes { pseudonym college major cohort grade dimensionBands { code band } gpaBand examViolationBand
    practiceHoursBand cadreLevel } pageInfo { hasNextPage endCursor } } }`;

interface Node {
  readonly pseudonym: string;
  readonly grade: string;
  readonly dimensionBands: readonly { code: string; band: string }[];
  readonly [column: string]: unknown;
}

async function nodesOf(person: string, releaseId: string): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ;) {
    const variables = { id: releaseId, after };
    const answer = await college.request(person, ROWS, { variables });
    expect(answer.errors).toBeUndefined();
    const page = answer.data?.['creditViews'] as {
      nodes: Node[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
}

const releasedRow = ({ pseudonym: _, grade, dimensionBands, ...columns }: Node): ReleasedRow => ({
  grade,
  columns: {
    ...(columns as Record<string, string>),
    ...Object.fromEntries(dimensionBands.map(({ code, band }) => [code, band])),
  },
});

async function releases(person = 'report-svc'): Promise<Release[]> {
  const { data, errors } = await college.request(person, RELEASES);
  expect(errors).toBeUndefined();
  const { nodes } = data!['creditViewReleases'] as {
    nodes: {
      releaseId: string;
      runId: string;
      gradeOdds: { grade: string; perMille: number; joinedPerMille: number }[];
    }[];
  };
  return Promise.all(
    nodes.map(async ({ gradeOdds, ...node }) => {
      const rows = await nodesOf(person, node.releaseId);
      return {
        ...node,
        alone: Object.fromEntries(gradeOdds.map((one) => [one.grade, one.perMille])),
        joined: Object.fromEntries(gradeOdds.map((one) => [one.grade, one.joinedPerMille])),
        rows: rows.map(releasedRow),
        pseudonyms: rows.map(({ pseudonym }) => pseudonym),
      };
    }),
  );
}

const freeze = () => runJob(college, 'archive', 'freezeCreditViews');
let facts: Awaited<ReturnType<typeof spreadFacts>>;

test('an office that does not answer delays the release: there is no half one (creditViews)', async () => {
  facts = await spreadFacts();
  await asOwner(college, 'youthleague', 'alter table practice_record rename to gone');
  await expect(freeze()).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
  expect(await asOwner(college, 'archive', 'select 1 from credit_view_release')).toEqual([]);
  expect(await asOwner(college, 'archive', 'select 1 from credit_view')).toEqual([]);
  await asOwner(college, 'youthleague', 'alter table gone rename to practice_record');
  await freeze();
  const [second, first] = await releases();
  expect([first?.runId, second?.runId]).toEqual(['2026H1', '2026H2b']);
  // Nothing but a LOCKED run has one, and each has one.
  await freeze();
  expect(
    await asOwner(college, 'archive', 'select run_id from credit_view_release order by 1'),
  ).toEqual([{ run_id: '2026H1' }, { run_id: '2026H2b' }]);
});

test('no release tells a group under ten, or a grade beyond the stated odds; nor do two together', async () => {
  const [second, first] = await releases();
  if (!first || !second) throw new Error('There are not two releases.');
  for (const release of [first, second]) {
    expect(release.rows.length).toBeGreaterThan(0);
    expect(told(release.rows, release)).toEqual([]);
    expect(release.alone['C_OR_D']).toBeLessThanOrEqual(500);
  }
  const words = wordsOfBoth(first.rows, second.rows);
  expect(toldTogether(first.rows, second.rows, second, words)).toEqual([]);
  const shared = new Set(first.pseudonyms);
  expect(second.pseudonyms.filter((one) => shared.has(one))).toEqual([]);
});

test('a release that only leaves out the names is caught by the same attack', async () => {
  const naive = facts.map(({ studentNo, gpa = '', hours = '', level = '' }) => ({
    grade: graded.find((one) => one.studentNo === studentNo)?.grade ?? '',
    columns: { college: studentNo.slice(4, 6), gpa, hours, level },
  }));
  const [, ...others] = naive;
  const high = { A: 999, B: 999, C: 999, D: 999 };
  const odds = { alone: high, joined: high };
  expect(told(naive, odds)).not.toEqual([]);
  expect(toldTogether(naive, others, odds)).not.toEqual([]);
});

test('two callers read the same rows; the leading group without what would name a place (SC-12)', async () => {
  const [release] = await releases();
  if (!release) throw new Error('There is no release.');
  const byService = await nodesOf('report-svc', release.releaseId);
  const student = await college.request('T0001', ROWS, {
    variables: { id: release.releaseId },
    headers: { 'x-role': 'SCHOOL_ADMIN', 'x-purpose': 'ADMIN_REVIEW' },
  });
  expect(student.errors).toBeUndefined();
  expect((student.data!['creditViews'] as { nodes: Node[] }).nodes).toEqual(
    byService.slice(0, 100),
  );
  const leading = await college.request('T0902', ROWS, { variables: { id: release.releaseId } });

  const nodes = (leading.data!['creditViews'] as { nodes: Node[] }).nodes;
  expect(
    new Set(
      nodes.map(({ college: place, major, cohort, pseudonym }) =>
        JSON.stringify([place, major, cohort, pseudonym]),
      ),
    ),
  ).toEqual(new Set(['[null,null,null,null]']));
  expect(nodes.map(({ grade, gpaBand }) => [grade, gpaBand])).toEqual(
    byService.slice(0, 100).map(({ grade, gpaBand }) => [grade, gpaBand]),
  );
});

async function downloadBytes(
  role: string,
  releaseId: string,
  headers: Record<string, string> = {},
) {
  const [, person, named] = CALLERS.find(([name]) => name === role) ?? [];
  const bearer = person ? { authorization: `Bearer ${await college.token(person)}` } : {};
  const answer = await http(`${college.gateway.origin}/exports/${releaseId}`, {
    headers: { ...bearer, ...named, ...headers },
  });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    bytes: Buffer.from(await answer.body.bytes()),
  };
}

async function download(role: string, releaseId: string, headers: Record<string, string> = {}) {
  const { bytes, ...answer } = await downloadBytes(role, releaseId, headers);
  // The mark of UTF-8 stands before the first column, and nowhere else.
  return { ...answer, bytes, text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
}

/** Roles to whom a release is open, and how many columns the file has for them. */
const READERS: Readonly<Record<string, { readonly columns?: number }>> = {
  SCHOOL_ADMIN: { columns: 11 },
  REPORT_SVC: { columns: 11 },
  LEADING_GROUP: {},
};

/** A student has exports, and a release is none of his; whoever has no login is not known. */
const REFUSED: Readonly<Record<string, number>> = { STU_SELF: 404, PUBLIC: 401 };

test('every role: who reads a release by the graph, who takes it as a file (creditViews, export.download)', async () => {
  const [release] = await releases();
  const id = release?.releaseId ?? '';
  college.clock.set('2026-04-12T10:00:00+08:00');
  await bringReferences(college);
  for (const [role, person, headers] of CALLERS) {
    const { data } = await college.request(person, ROWS, { variables: { id }, headers });
    const isRead = (data?.['creditViews'] ?? null) !== null;
    expect([role, isRead]).toEqual([role, role in READERS]);
    const { status, text } = await download(role, id);
    const columns = READERS[role]?.columns ?? 0;
    const [head = '', ...lines] = text.trimEnd().split('\r\n');
    const file = {
      status,
      columns: status === 200 ? head.split(',').length : 0,
      rows: lines.length,
    };
    const rows = columns ? (release?.rows.length ?? 0) : 0;
    expect([role, file]).toEqual([
      role,
      { status: columns ? 200 : (REFUSED[role] ?? 403), columns, rows },
    ]);
  }
  const taken = await asOwner(
    college,
    'archive',
    `select role from operation_log where action = 'export.download' order by id`,
  );
  expect(taken).toEqual([{ role: 'SCHOOL_ADMIN' }, { role: 'REPORT_SVC' }]);
});

test('the file is the rows of the graph, and goes on where it was cut off', async () => {
  const [release] = await releases();
  if (!release) throw new Error('There is no release.');
  const { text, bytes, headers } = await download('REPORT_SVC', release.releaseId);
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
  const [, ...lines] = text.trimEnd().split('\r\n');
  const rows = await nodesOf('report-svc', release.releaseId);
  const bands = ({ dimensionBands }: Node) => dimensionBands.map(({ band }) => band);
  expect(lines).toEqual(
    rows.map((row) =>
      [
        row.pseudonym,
        row['college'],
        row['major'],
        row['cohort'],
        row.grade,
        ...bands(row),
        row['gpaBand'],
        row['examViolationBand'],
        row['practiceHoursBand'],
        row['cadreLevel'],
      ]
        .map((value) => `"${String(value)}"`)
        .join(','),
    ),
  );
  const etag = String(headers['etag']);
  const rest = await download('REPORT_SVC', release.releaseId, {
    range: 'bytes=100-',
    'if-range': etag,
  });
  expect([rest.status, rest.bytes]).toEqual([206, bytes.subarray(100)]);
  expect(rest.headers['content-range']).toBe(`bytes 100-${bytes.length - 1}/${bytes.length}`);
  const digest = createHash('sha256').update(bytes).digest('base64');
  for (const { headers: all } of [{ headers }, rest])
    expect(all['repr-digest']).toBe(`sha-256=:${digest}:`);
  const other = await download('REPORT_SVC', release.releaseId, {
    range: 'bytes=100-',
    'if-range': '"another"',
  });
  expect([other.status, other.text]).toEqual([200, text]);
  const behind = await download('REPORT_SVC', release.releaseId, { range: 'bytes=9999999-' });
  expect(behind.status).toBe(416);
  const unknown = await download('REPORT_SVC', '11111111-1111-4111-8111-111111111111');
  expect(unknown.status).toBe(404);
});

test('as Parquet the file has the values of the CSV, and the same bytes each time', async () => {
  const [release] = await releases();
  const id = release?.releaseId ?? '';
  const { status, headers, bytes } = await downloadBytes('REPORT_SVC', `${id}?format=parquet`);
  expect([status, headers['content-type']]).toEqual([200, 'application/vnd.apache.parquet']);
  const file = Uint8Array.from(bytes).buffer;
  const rows = (await parquetReadObjects({ file })) as Record<string, string>[];
  const { text } = await download('REPORT_SVC', id);
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  const names = head.split(',');
  expect(rows.map((row) => names.map((name) => `"${row[name]}"`).join(','))).toEqual(lines);
  expect(Object.keys(rows[0] ?? {})).toEqual(names);
  const again = await downloadBytes('SCHOOL_ADMIN', `${id}?format=parquet`);
  expect(again.bytes.equals(bytes)).toBe(true);
  const other = await download('REPORT_SVC', `${id}?format=xml`);
  expect([other.status, other.text]).toEqual([400, expect.stringContaining('csv, xlsx, parquet')]);
});

test('as XLSX and in GB18030 too: the values of the CSV, the same bytes each time, nothing that is computed', async () => {
  const [release] = await releases();
  const id = release?.releaseId ?? '';
  const place = '=HYPERLINK("x",龻)';
  const was = await asOwner<{ college: string }>(
    college,
    'archive',
    'select college from credit_view where release_id = $1 order by pseudonym limit 1',
    [id],
  );
  const put = (value?: string) =>
    asOwner(
      college,
      'archive',
      `update credit_view set college = $2 where pseudonym =
        (select pseudonym from credit_view where release_id = $1 order by pseudonym limit 1)`,
      [id, value],
    );
  await put(place);
  try {
    const { text } = await download('REPORT_SVC', id);
    expect(text).toContain(`,"'=HYPERLINK(""x"",龻)",`);
    const coded = await downloadBytes('REPORT_SVC', `${id}?encoding=gb18030`);
    expect(coded.headers['content-type']).toBe('text/csv; charset=gb18030; header=present');
    // Two bytes by the edition of 2022, and not the four of the one before.
    expect(coded.bytes.includes(Buffer.from('fea0', 'hex'))).toBe(true);
    expect(iconv.decode(coded.bytes, 'gb18030').replace('\ue864', '龻')).toBe(text);

    const book = await downloadBytes('REPORT_SVC', `${id}?format=xlsx`);
    expect([book.status, book.headers['content-disposition']]).toEqual([
      200,
      `attachment; filename="credit-views-${id}.xlsx"`,
    ]);
    const parts = Object.entries(unzipSync(book.bytes));
    const all = parts.map(([, part]) => strFromU8(part)).join('\n');
    expect(all).not.toContain('<f>');
    expect(all).toContain('=HYPERLINK(');
    const [sheet = ''] = parts.flatMap(([name, part]) =>
      name.endsWith('sheet1.xml') ? [strFromU8(part)] : [],
    );
    expect(sheet.match(/<row /g)).toHaveLength(text.trimEnd().split('\r\n').length);
    college.clock.set(new Date(college.clock.now().getTime() + 10_000).toISOString());
    for (const wanted of ['format=xlsx', 'encoding=gb18030']) {
      const again = await downloadBytes('SCHOOL_ADMIN', `${id}?${wanted}`);
      const before = wanted === 'format=xlsx' ? book : coded;
      expect([again.headers['etag'], again.bytes.equals(before.bytes)]).toEqual([
        before.headers['etag'],
        true,
      ]);
    }
    const both = await download('REPORT_SVC', `${id}?format=xlsx&encoding=gb18030`);
    expect([both.status, both.text]).toEqual([400, expect.stringContaining('encoding: utf-8')]);
  } finally {
    await put(was[0]?.college);
  }
});

test('statements do not grow with the rows of a page (2.7)', async () => {
  const [release] = await releases();
  const pageOf = (first: number) =>
    countStatements(() =>
      college.request(
        'report-svc',
        `{ creditViews(releaseId: "${release?.releaseId}", first: ${first}) { nodes { grade } } }`,
      ),
    );
  expect((await pageOf(100)).byOffice).toEqual((await pageOf(1)).byOffice);
});

/** The archive's question to an office, as it is signed. */
async function contribution(party: string, question: object, identity?: Identity) {
  const path = '/contribution';
  const body = JSON.stringify(question);
  const keyring = await readKeyring(college.keys, party);
  const signing = { to: 'youthleague', path, body };
  const signed = await signCall(keyring, college.clock, signing, identity);
  const office = college.started.offices.get('youthleague');
  return () => post(new URL(path, office?.url), body, { 'x-call-context': signed });
}

test('an office contributes bands to the archive alone, and to each question once (3.6)', async () => {
  const [one] = facts;
  const nonce = '0a8e1d5c-0d7e-4f0c-9e55-6d3b1c1f7a10';
  const question = { nonce, onDay: '2026-07-31', studentNos: [one?.studentNo] };
  for (const party of ['gateway', 'finance'])
    expect(await (await contribution(party, question))()).toMatchObject({ status: 401 });
  const person = importer('T0001', 'SCHOOL_ADMIN');
  expect(await (await contribution('archive', question, person))()).toMatchObject({ status: 403 });
  const many = { ...question, studentNos: Array(1001).fill(one?.studentNo) };
  expect(await (await contribution('archive', many))()).toMatchObject({ status: 400 });
  const call = await contribution('archive', question);
  const first = await call();
  expect(JSON.parse((first.body as { text: string }).text)).toEqual({
    nonce,
    bands: [{ practiceHoursBand: '0', cadreLevel: 'NONE' }],
  });
  expect(await call()).toMatchObject({ status: 409 });
});

/** A reporting database of a test, to which the archive delivers from now on. */
async function newReporting() {
  const adminUrl = inject('adminUrl');
  const database = `reporting_${randomUUID().slice(0, 8)}`;
  const passwords = { owner: randomUUID(), app: randomUUID() };
  const urls = await provisionReporting({ adminUrl, database, passwords });
  vi.stubEnv('REPORTING_DATABASE_URL', urls.writerUrl);
  return { adminUrl, database, ...urls };
}

test('a release is delivered while a tool holds every lock that it can, by one replica alone (3.6)', async () => {
  const { adminUrl, database, writerUrl, readerUrl } = await newReporting();
  const reader = new pg.Client({ connectionString: readerUrl });
  await reader.connect();
  try {
    await reader.query('begin');
    for (const table of ['credit_view', 'credit_view_release'])
      await reader.query(`lock table reporting.${table} in access share mode`);
    await Promise.all([freeze(), freeze(), freeze()]);
    const runs = 'select run_id as "runId" from reporting.credit_view_release order by run_id';
    expect((await reader.query(runs)).rows).toEqual([{ runId: '2026H1' }, { runId: '2026H2b' }]);
    // Their views are made again where they are not there, as of releases from before the views.
    const schemas = `select nspname as name from pg_namespace where nspname ~ '^release_' order by 1`;
    const made = (await reader.query<{ name: string }>(schemas)).rows;
    expect(made).toHaveLength(2);
    await reader.query('rollback');
    const writer = new pg.Client({ connectionString: writerUrl });
    await writer.connect();
    await writer.query(`drop schema ${made[0]?.name} cascade`);
    await freeze();
    expect((await reader.query(schemas)).rows).toEqual(made);
    // One of which an archive that was restored knows nothing gives way to that of the same run.
    const was = randomUUID();
    await writer.query(
      'alter table reporting.credit_view drop constraint credit_view_release_id_fkey',
    );
    for (const table of ['credit_view', 'credit_view_release'])
      await writer.query(`update reporting.${table} set release_id = $1 where run_id = '2026H1'`, [
        was,
      ]);
    await writer.query(`alter schema ${made[0]?.name} rename to release_2026h1_${was.slice(0, 8)}`);
    await writer.end();
    await freeze();
    expect((await reader.query(schemas)).rows).toEqual(made);
    const ids =
      'select distinct run_id, release_id::text as id from reporting.credit_view order by 1';
    expect((await reader.query(ids)).rows).toEqual(
      (await releases())
        .toReversed()
        .map(({ runId, releaseId }) => ({ run_id: runId, id: releaseId })),
    );
  } finally {
    vi.unstubAllEnvs();
    await reader.end();
    await dropDatabase({ adminUrl, database });
  }
});

/** What tools ask the catalogue when they scan a database, each as it comes over the wire. */
const SCANS = {
  jdbc: `select n.nspname || '.' || c.relname as name
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_description d on c.oid = d.objoid and d.objsubid = 0
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and c.relkind in ('r', 'p', 'v', 'f', 'm') order by 1`,
  metabase: `select t.schemaname || '.' || t.objectname as name
    from (select schemaname, tablename as objectname from pg_catalog.pg_tables
      union select schemaname, viewname from pg_catalog.pg_views
      union select schemaname, matviewname from pg_catalog.pg_matviews) t
    where t.schemaname !~ '^pg_' and t.schemaname <> 'information_schema'
      and pg_catalog.has_any_column_privilege(current_user,
        quote_ident(t.schemaname) || '.' || quote_ident(t.objectname), 'SELECT') order by 1`,
  sqlalchemy: `select n.nspname || '.' || c.relname as name
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = any (array['r', 'p', 'v', 'm']) and c.relpersistence <> 't'
      and pg_catalog.pg_table_is_visible(c.oid) and n.nspname <> 'pg_catalog' order by 1`,
  standard: `select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') order by 1`,
};
/** What a scan finds: the tables of all releases, and the views of each. */
const found = (...schemas: readonly string[]) =>
  [...schemas, 'reporting'].flatMap((schema) => [
    { name: `${schema}.credit_view` },
    { name: `${schema}.credit_view_release` },
  ]);
/** SQLAlchemy lists what the login's path finds. */
const isByPath = (scan: string) => scan === 'sqlalchemy';

test('a tool that scans the reporting database finds the releases and nothing else', async () => {
  const { adminUrl, database, readerUrl } = await newReporting();
  const reader = new pg.Client({ connectionString: readerUrl });
  try {
    await freeze();
    await freeze();
    await reader.connect();
    const ofEach = (await releases())
      .map(({ runId, releaseId }) => `release_${runId.toLowerCase()}_${releaseId.slice(0, 8)}`)
      .toSorted();
    for (const [name, scan] of Object.entries(SCANS))
      expect((await reader.query(scan)).rows).toEqual(isByPath(name) ? found() : found(...ofEach));
    const schemas = `select nspname as name from pg_catalog.pg_namespace
      where nspname not like 'pg_%' and nspname <> 'information_schema' and has_schema_privilege(oid, 'usage') order by 1`;
    expect((await reader.query(schemas)).rows).toEqual(
      [...ofEach, 'reporting'].map((name) => ({ name })),
    );
    const [release] = await releases();
    const { rows } = await reader.query(
      `select grade, count(*)::int as count from credit_view where run_id = $1 group by 1 order by 1`,
      [release?.runId],
    );
    const counts = Map.groupBy(release?.rows ?? [], ({ grade }) => grade);
    expect(rows).toEqual(
      [...counts]
        .map(([grade, same]) => ({ grade, count: same.length }))
        .toSorted((a, b) => (a.grade < b.grade ? -1 : 1)),
    );
    const ofOne = `select grade, count(*)::int as count
      from release_${release?.runId.toLowerCase()}_${release?.releaseId.slice(0, 8)}.credit_view
      group by 1 order by 1`;
    expect((await reader.query(ofOne)).rows).toEqual(rows);
    for (const change of [
      `delete from ${ofEach[0]}.credit_view`,
      `insert into credit_view select gen_random_uuid(), release_id, run_id, college, major, cohort, grade,
         d1_band, d6_band, gpa_band, exam_violation_band, practice_hours_band, cadre_level from credit_view`,
      'delete from credit_view',
      'create temporary table mine (a text)',
      'create table public.mine (a text)',
    ]) {
      // Read-only is what the login begins with; what it may is no more without it.
      await reader.query('set default_transaction_read_only = off');
      await expect(reader.query(change)).rejects.toThrow(/permission denied/);
    }
    // Locks that others wait for, or so many that a server has none left, are not for it.
    for (const lock of [
      'select count(pg_advisory_lock(i)) from generate_series(1, 1000000) i',
      `select pg_try_advisory_xact_lock_shared(hashtext('deliver releases'))`,
      'lock table reporting.credit_view_release in row share mode',
    ]) {
      await reader.query('begin read write');
      await expect(reader.query(lock)).rejects.toThrow(/permission denied/);
      await reader.query('rollback');
    }
    // Nor can it fill a disk: with objects of its own, or with what a statement puts aside.
    for (const [filling, error] of [
      ['select lo_create(0)', /permission denied/],
      [`select lo_from_bytea(0, 'x')`, /permission denied/],
      ['set temp_file_limit = -1', /permission denied/],
      ['select count(*) from (select n from generate_series(1, 30000000) n order by -n) s', /temp/],
    ] as const)
      await expect(reader.query(filling)).rejects.toThrow(error);
    // So is the minute of a statement; the number of connections is none of the login's business.
    await reader.query('set statement_timeout = 0');
    const limit = 'select rolconnlimit as most from pg_roles where rolname = current_user';
    expect((await reader.query(limit)).rows).toEqual([{ most: 20 }]);
    // Each tool may have a login of its own, with the same tables and bounds; Chinese words stand beside them.
    const superset = { adminUrl, database, tool: 'superset', password: randomUUID() };
    const tool = new pg.Client({ connectionString: await provisionToolLogin(superset) });
    await tool.connect();
    try {
      expect((await tool.query(SCANS.standard)).rows).toEqual(found(...ofEach));
      expect((await tool.query(ofOne)).rows).toEqual(rows);
      expect((await tool.query(limit)).rows).toEqual([{ most: 20 }]);
      await expect(tool.query('create temporary table mine (a text)')).rejects.toThrow();
      const words = `select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
        join pg_namespace n on n.oid = c.relnamespace and n.nspname ~ '^(reporting|release_)'
        where c.relkind in ('r', 'v') and a.attnum > 0
          and coalesce(col_description(c.oid, a.attnum), '') !~ '[一-龥]'`;
      expect((await tool.query(words)).rows).toEqual([]);
    } finally {
      await tool.end();
    }
    await expect(provisionToolLogin({ ...superset, tool: 'x"; drop' })).rejects.toThrow(
      /name the tool/,
    );
    const elsewhere = new URL(readerUrl);
    elsewhere.pathname = `/${databaseOf(college, 'archive')}`;
    const intruder = new pg.Client({ connectionString: elsewhere.href });
    await expect(intruder.connect()).rejects.toThrow(/permission denied/);
  } finally {
    vi.unstubAllEnvs();
    await reader.end();
    await dropDatabase({ adminUrl, database });
  }
});
