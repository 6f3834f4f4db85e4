/** Many students as a file: two persons, one key, one day (3.6, L-12, G20.1, INV-12). */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPERATIONS_FOLDER } from '@chengxin/gateway/limits/known-operations';
import { strFromU8, unzipSync } from 'fflate';
import { compactDecrypt, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { request as http } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bringReferences, CALLERS, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import { mutate } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { studentRows } from '../support/student-rows.js';

const AT = '2026-04-12T10:00:00+08:00';
const HOUR_MS = 3_600_000;
const REQUESTER = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-role': 'SCHOOL_ADMIN', 'x-purpose': 'ADMIN_REVIEW' };
const CLASS = '20240103';

/** Selects what no list of students shows, and what Student Affairs never reads. */
const GREEDY = `query Greedy($filter: StudentFilter, $first: Int!, $after: String) {
  students(filter: $filter, first: $first, after: $after) {
    nodes { studentNo name idNumber address phone: emergencyContact hardship { level }
      phoneBills { amountFen } goodRecords { recordId } conductRecords { recordId } }
    pageInfo { hasNextPage endCursor }
  }
}`;
/** No list of students, and one that names a page by itself. */
const NO_EXPORT = 'query NoExport { me { student { studentNo } } }';

let college: TestCollege;
let store: string;
let operations: string;
let publicKey: JWK;
let privateKey: CryptoKey;
beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), 'chengxin-exports-'));
  operations = await mkdtemp(join(tmpdir(), 'chengxin-operations-'));
  const own = 'student-export.graphql';
  await copyFile(join(OPERATIONS_FOLDER, own), join(operations, own));
  await writeFile(join(operations, 'greedy.graphql'), GREEDY);
  await writeFile(join(operations, 'no-export.graphql'), NO_EXPORT);
  college = await startCollege({
    at: AT,
    files: { store: { folder: store } },
    operationsFolder: operations,
  });
  const keys = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true });
  ({ privateKey } = keys);
  publicKey = await exportJWK(keys.publicKey);
  await bringReferences(college);
});
beforeEach(() => college.clock.set(AT));
afterAll(async () => {
  await college.stop();
  await rm(store, { recursive: true });
  await rm(operations, { recursive: true });
});

type Headers = Readonly<Record<string, string>>;
const bearerOf = async (person: string | null): Promise<Headers> =>
  person ? { authorization: `Bearer ${await college.token(person)}` } : {};

interface Requested {
  readonly status: number;
  readonly body: {
    readonly id?: string;
    readonly studentCount?: number;
    readonly errors?: readonly { message: string; extensions: { code: string } }[];
  };
}

async function ask(
  wish: Record<string, unknown> = {},
  person: string | null = REQUESTER,
  headers: Headers = REVIEW,
): Promise<Requested> {
  const answer = await http(`${college.gateway.origin}/exports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await bearerOf(person)), ...headers },
    body: JSON.stringify({
      clientMutationId: randomUUID(),
      operation: 'StudentExport',
      variables: { filter: { classCode: CLASS } },
      format: 'NDJSON',
      reason: 'statistics for the ministry',
      publicKey,
      ...wish,
    }),
  });
  return { status: answer.statusCode, body: (await answer.body.json()) as Requested['body'] };
}

async function fetchFile(
  id: string,
  person: string | null = REQUESTER,
  headers: Headers = REVIEW,
  more: Headers = {},
) {
  const answer = await http(`${college.gateway.origin}/exports/${id}`, {
    headers: { ...(await bearerOf(person)), ...headers, ...more },
  });
  const bytes = Buffer.from(await answer.body.bytes());
  return { status: answer.statusCode, headers: answer.headers, bytes };
}

const approve = (
  id: string,
  person = SECOND,
  secondFactorAt: Date | undefined = college.clock.now(),
) =>
  mutate(
    college,
    person,
    { name: 'approveExport', noun: 'BulkExport', args: { id, expectedVersion: 1 } },
    REVIEW,
    secondFactorAt,
  );

/** Requested, approved, and its number. */
async function approvedExport(wish: Record<string, unknown> = {}): Promise<string> {
  const { body } = await ask(wish);
  const id = body.id ?? '';
  expect(await approve(id)).toMatchObject({ came: 'OK' });
  return id;
}

async function decrypted(bytes: Buffer) {
  const { plaintext, protectedHeader } = await compactDecrypt(bytes.toString('ascii'), privateKey);
  return { bytes: Buffer.from(plaintext), type: protectedHeader.cty };
}

type Line = Record<string, unknown>;
async function linesOf(id: string): Promise<Line[]> {
  const { status, bytes } = await fetchFile(id);
  expect(status).toBe(200);
  const text = (await decrypted(bytes)).bytes.toString('utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as Line);
}

const rowsKept = () => asOwner(college, 'archive', 'select id from bulk_export order by 1');
const eventsOf = (from: string) =>
  asOwner<{ students: number; events: number }>(
    college,
    'archive',
    `select count(distinct student_no)::int as students, count(*)::int as events
     from access_event where operation_name = $1 and student_no <> ''`,
    [from],
  );

test('every role: who requests an export of students (export.request, SC-12)', async () => {
  const came = [];
  for (const [role, person, headers] of CALLERS)
    came.push([role, (await ask({}, person, headers)).status]);
  const expected: Readonly<Record<string, number>> = { SCHOOL_ADMIN: 201, PUBLIC: 401 };
  expect(came).toEqual(CALLERS.map(([role]) => [role, expected[role] ?? 403]));
});

test.each([
  [
    'an operation that is not known',
    { operation: 'Everything' },
    'OPERATION_UNKNOWN',
    'StudentExport',
  ],
  ['one that lists no students', { operation: 'NoExport' }, 'OPERATION_UNKNOWN', 'StudentExport'],
  ['a filter by name', { variables: { filter: { name: '李' } } }, 'VALIDATION', 'filter.name'],
  ['pages of one’s own', { variables: { first: 5000 } }, 'VALIDATION', 'first'],
  [
    'a filter of another type',
    { variables: { filter: { cohort: 'x' } } },
    'VALIDATION',
    'variables',
  ],
  ['another format', { format: 'PDF' }, 'VALIDATION', 'format'],
  ['no reason', { reason: undefined }, 'VALIDATION', 'reason'],
  ['no key', { publicKey: { kty: 'EC', crv: 'P-256', x: 'AA' } }, 'VALIDATION', 'publicKey'],
  ['no number of the request', { clientMutationId: '' }, 'VALIDATION', 'clientMutationId'],
  [
    'a class of nobody',
    { variables: { filter: { classCode: 'none' } } },
    'VALIDATION',
    'no student',
  ],
])('refuses %s by its name, and keeps nothing', async (_, wish, code, named) => {
  const before = await rowsKept();
  const { status, body } = await ask(wish);
  expect([status, body.errors?.[0]?.extensions.code]).toEqual([
    code === 'OPERATION_UNKNOWN' ? status : 400,
    code,
  ]);
  expect(JSON.stringify(body)).toMatch(new RegExp(named, 'i'));
  expect(await rowsKept()).toEqual(before);
});

test('a purpose is named where a role has several, to request and to fetch (3.1b)', async () => {
  const { body } = await ask();
  const { 'x-role': role } = REVIEW;
  const required = async (purpose?: string) => {
    const headers = { 'x-role': role, ...(purpose && { 'x-purpose': purpose }) };
    const requested = await ask({}, REQUESTER, headers);
    const fetched = await fetchFile(body.id ?? '', REQUESTER, headers);
    const { errors } = JSON.parse(fetched.bytes.toString('utf8')) as Requested['body'];
    return [requested.body.errors, errors].map((some) => some?.[0]?.extensions.code);
  };
  const before = await rowsKept();
  expect(await required()).toEqual(['PURPOSE_REQUIRED', 'PURPOSE_REQUIRED']);
  expect(await required('APPEAL')).toEqual(['PURPOSE_REQUIRED', 'PURPOSE_REQUIRED']);
  expect(await rowsKept()).toEqual(before);
});

test('the same request is the same export, another one under its number is refused (2.7)', async () => {
  const wish = { clientMutationId: randomUUID() };
  const first = await ask(wish);
  expect((await ask(wish)).body).toEqual(first.body);
  const before = await rowsKept();
  for (const other of [
    { format: 'CSV' },
    { variables: { filter: { cohort: 2024 } } },
    { operation: 'Greedy' },
    { reason: 'another one' },
    { publicKey: await exportJWK((await generateKeyPair('ECDH-ES+A256KW')).publicKey) },
  ]) {
    const { status, body } = await ask({ ...wish, ...other });
    expect([status, body.errors?.[0]]).toMatchObject([
      400,
      { extensions: { code: 'VALIDATION', path: ['clientMutationId'] } },
    ]);
    // The sentence of the code stands there once.
    expect(body.errors?.[0]?.message.match(/输入有误/g)).toHaveLength(1);
  }
  expect(await rowsKept()).toEqual(before);
});

test('a private key is refused: whoever sends it has given it away', async () => {
  const { body } = await ask({ publicKey: await exportJWK(privateKey) });
  expect(body.errors?.[0]?.extensions.code).toBe('VALIDATION');
});

test('a second person approves, with a second factor; before that there is no file (G20.1)', async () => {
  const clientMutationId = randomUUID();
  const { status, body } = await ask({ clientMutationId });
  expect([status, body.studentCount]).toEqual([201, 3]);
  // Sent twice, it is one.
  expect((await ask({ clientMutationId })).body.id).toBe(body.id);
  const id = body.id ?? '';
  expect(await eventsOf('StudentExport')).toEqual([{ students: 0, events: 0 }]);
  expect((await fetchFile(id)).status).toBe(404);
  expect(await approve(id, REQUESTER)).toMatchObject({ came: 'SOD_VIOLATION' });
  const { data } = await college.request(
    SECOND,
    `{ bulkExports(first: 50) { nodes { id operation variables format studentCount recordedBy state
         availableActions } } }`,
    { headers: REVIEW },
  );
  const { nodes } = (data as { bulkExports: { nodes: Line[] } }).bulkExports;
  expect(nodes.find((one) => one['id'] === id)).toEqual({
    id,
    operation: 'StudentExport',
    variables: JSON.stringify({ filter: { classCode: CLASS } }),
    format: 'NDJSON',
    studentCount: 3,
    recordedBy: REQUESTER,
    state: 'REQUESTED',
    availableActions: ['export.approve'],
  });
  expect(await approve(id)).toMatchObject({ came: 'OK' });
  const lines = await linesOf(id);
  const graph = await college.request(
    REQUESTER,
    `{ students(filter: { classCode: "${CLASS}" }) {
         nodes { studentNo name college classCode majorCode cohort enrolmentStatus enrolledOn } } }`,
    { headers: REVIEW },
  );
  const students = (graph.data as { students: { nodes: Line[] } }).students.nodes;
  const mark = { exportNo: id, exportedBy: REQUESTER, exportedAt: new Date(AT).toISOString() };
  expect(lines).toEqual(students.map((student) => ({ ...student, ...mark })));
  // Each of them can read that he was taken, once.
  expect(await eventsOf('StudentExport')).toEqual([{ students: 3, events: 3 }]);
});

test('every role: who reads that there are exports, and of whom (bulkExports)', async () => {
  const { body } = await ask();
  const query = '{ bulkExports(first: 50) { nodes { id variables recordedBy approvedBy } } }';
  const readers: string[] = [];
  for (const [role, person, headers] of CALLERS) {
    const { data } = await college.request(person, query, { headers });
    const list = data?.['bulkExports'] as { nodes: Line[] } | null | undefined;
    if (list?.nodes.length) readers.push(role);
  }
  expect(body.studentCount).toBe(3);
  expect(readers).toEqual(['SCHOOL_ADMIN', 'AUDITOR']);
});

test('every role: who fetches an approved export is who requested it, and nobody else', async () => {
  const id = await approvedExport();
  const came = [];
  for (const [role, person, headers] of CALLERS)
    came.push([role, (await fetchFile(id, person, headers)).status]);
  const expected: Readonly<Record<string, number>> = {
    SCHOOL_ADMIN: 200,
    REPORT_SVC: 404,
    STU_SELF: 404,
    PUBLIC: 401,
  };
  expect(came).toEqual(CALLERS.map(([role]) => [role, expected[role] ?? 403]));
  expect((await fetchFile(id, SECOND)).status).toBe(404);
});

test('the file is resumed where it was cut off, and is ciphertext wherever it lies', async () => {
  const id = await approvedExport();
  const whole = await fetchFile(id);
  expect(whole.headers['content-type']).toBe('application/jose');
  const etag = String(whole.headers['etag']);
  const rest = await fetchFile(id, REQUESTER, REVIEW, { range: 'bytes=50-', 'if-range': etag });
  expect([rest.status, rest.bytes]).toEqual([206, whole.bytes.subarray(50)]);
  expect(whole.bytes.toString('ascii')).toMatch(/^[\w-]+(\.[\w-]+){4}$/);
  const taken = await asOwner(
    college,
    'archive',
    `select 1 from operation_log where action = 'export.download' and target_id = $1`,
    [id],
  );
  expect(taken).toHaveLength(2);
});

test('the file holds what a list shows to the requester, and no word of the rest (INV-12)', async () => {
  const id = await approvedExport({ operation: 'Greedy' });
  const lines = await linesOf(id);
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  expect(columns.toSorted()).toEqual(
    ['exportNo', 'exportedAt', 'exportedBy', 'goodRecords', 'name', 'studentNo'].toSorted(),
  );
  const [row] = await asOwner(college, 'archive', 'select * from bulk_export where id = $1', [id]);
  const kept = JSON.stringify(row);
  for (const line of lines) {
    expect(kept).not.toContain(line['studentNo']);
    expect(kept).not.toContain(line['name']);
  }
});

test('CSV and XLSX carry the watermark in each row; nothing in them is computed', async () => {
  const csv = await decrypted((await fetchFile(await approvedExport({ format: 'CSV' }))).bytes);
  const [head = '', ...lines] = csv.bytes.toString('utf8').trimEnd().split('\r\n');
  expect([csv.type, head.split(',').length, lines.length]).toEqual([
    'text/csv; charset=utf-8; header=present',
    11,
    3,
  ]);
  expect(lines.every((line) => line.includes(`"${REQUESTER}"`))).toBe(true);

  await asOwner(
    college,
    'archive',
    `update student set name = '=HYPERLINK(1)' where student_no = $1`,
    [STUDENT],
  );
  try {
    const guarded = await decrypted(
      (await fetchFile(await approvedExport({ format: 'CSV' }))).bytes,
    );
    expect(guarded.bytes.toString('utf8')).toContain(`"'=HYPERLINK(1)"`);
    const id = await approvedExport({ format: 'XLSX' });
    const xlsx = await decrypted((await fetchFile(id)).bytes);
    const parts = Object.values(unzipSync(xlsx.bytes)).map((part) => strFromU8(part));
    const all = parts.join('\n');
    for (const text of [STUDENT, id, REQUESTER, '=HYPERLINK(1)']) expect(all).toContain(text);
    expect(all).not.toContain('<f>');
  } finally {
    await asOwner(college, 'archive', `update student set name = '李四' where student_no = $1`, [
      STUDENT,
    ]);
  }
});

test('it is gone after 24 hours, and its row after three years (3.6, L-12)', async () => {
  const id = await approvedExport();
  await fetchFile(id);
  const before = (await filesIn(store)).length;
  college.clock.set(new Date(new Date(AT).getTime() + 24 * HOUR_MS).toISOString());
  expect((await fetchFile(id)).status).toBe(404);
  await runJob(college, 'archive', 'expireExports');
  expect(before).toBeGreaterThan(0);
  expect(await filesIn(store)).toEqual([]);
  const stateOf = () =>
    asOwner(college, 'archive', 'select state, stored_as from bulk_export where id = $1', [id]);
  expect(await stateOf()).toEqual([{ state: 'GONE', stored_as: null }]);
  college.clock.set('2029-04-14T10:00:00+08:00');
  await runJob(college, 'archive', 'expireExports');
  expect(await stateOf()).toEqual([]);
});

test('what nobody approves in a week is over; what is over is not approved', async () => {
  const { body } = await ask();
  college.clock.set(new Date(new Date(AT).getTime() + 7 * 24 * HOUR_MS).toISOString());
  expect(await approve(body.id ?? '')).toMatchObject({ came: 'DEADLINE_PASSED' });
});

test('500 students at most, when it is requested and when it is made; statements grow by pages (2.7)', async () => {
  const place = { college: 'C02', classCode: '20240201', major: 'M0201' };
  const rows = studentRows(520, place);
  await college.bring('archive', 'students', rows.slice(0, 90));
  const inCollege = { variables: { filter: { college: 'C02' } } };
  const first = await approvedExport(inCollege);
  const few = await approvedExport();
  const cost = (id: string) => countStatements(() => fetchFile(id));
  const one = await cost(few);
  const ninety = await cost(first);
  expect(ninety.byOffice).toEqual(one.byOffice);
  const waiting = await approvedExport(inCollege);
  await college.bring('archive', 'students', rows);
  const { status, body } = await ask(inCollege);
  expect([status, body.errors?.[0]?.message]).toEqual([400, expect.stringContaining('500')]);
  const events = await eventsOf('StudentExport');
  expect((await fetchFile(waiting)).status).toBe(400);
  expect(await eventsOf('StudentExport')).toEqual(events);
});

test('who requested an export and is transferred after it is to be looked into (D-06)', async () => {
  await approvedExport();
  await put(college, 'archive', 'transfer_notice', {
    staff_no: REQUESTER,
    from_org: 'SCHOOL',
    effective_at: college.clock.now().toISOString(),
    recorded_by: 'T1001',
    recorded_at: college.clock.now().toISOString(),
  });
  await runJob(college, 'archive', 'runDetectors');
  const reviews = 'select actor from access_review where detector = $1';
  expect(await asOwner(college, 'archive', reviews, ['EXPORT_THEN_TRANSFER'])).toEqual([
    { actor: REQUESTER },
  ]);
});

test('whose grant ended meanwhile gets nothing, made or not (3.7(7))', async () => {
  const made = await approvedExport();
  expect((await fetchFile(made)).status).toBe(200);
  const waiting = await approvedExport();
  await asOwner(
    college,
    'archive',
    `update admin_grant set state = 'ENDED' where staff_no = $1 and role = 'SCHOOL_ADMIN'`,
    [REQUESTER],
  );
  college.clock.set(new Date(new Date(AT).getTime() + 6000).toISOString());
  for (const id of [made, waiting]) expect((await fetchFile(id)).status).toBe(403);
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
