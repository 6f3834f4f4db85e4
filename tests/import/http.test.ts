/** Files that clerks bring over HTTP, and the rejected rows that they fetch (F-13, INV-19). */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { CALL_HEADER, signCall } from '@chengxin/kit/call/call';
import { digest } from '@chengxin/kit/call/crypto';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { checkEndpoints, checkImports } from '@chengxin/kit/action/endpoints';
import { FILE_AT_MOST } from '@chengxin/kit/import/http/limits';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { until } from '../support/until.js';

const [CLERK, REVIEWER, STUDENT] = ['T0401', 'T0402', '2025020415'];
const HEAD = '账单编号,学号,学年,收费项目,应缴金额,缴费截止日期';
const row = (billNo: string, amount = '9800.00', studentNo = STUDENT) =>
  `${billNo},${studentNo},2025-2026,学费,${amount},2025-10-31`;
const csv = (...rows: readonly string[]) => `${[HEAD, ...rows].join('\n')}\n`;

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2025-11-10T10:00:00+08:00' });
});
afterAll(() => college.stop());

interface Came {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** As they came: to read them as text would take the byte-order mark away. */
const bytesOf = async (body: { bytes(): Promise<Uint8Array> }): Promise<Buffer> =>
  Buffer.from(await body.bytes());

async function send(
  person: string | null,
  path: string,
  body: string | Buffer | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<Came> {
  const bearer = person ? { authorization: `Bearer ${await college.token(person)}` } : {};
  const answer = await request(new URL(path, college.gateway.origin), {
    method: body === null ? 'GET' : 'POST',
    headers: { ...(body !== null && { 'content-type': 'text/csv' }), ...bearer, ...headers },
    ...(body !== null && { body }),
  });
  const type = String(answer.headers['content-type'] ?? '');
  return { status: answer.statusCode, type, text: (await bytesOf(answer.body)).toString() };
}
const bring = (body: string | Buffer, query = '', person: string | null = CLERK, headers = {}) =>
  send(person, `/imports/finance/bills${query}`, body, headers);
const reportOf = ({ text }: Came) => JSON.parse(text) as Readonly<Record<string, unknown>>;
const codeOf = ({ status, text }: Came) => {
  const { errors } = JSON.parse(text) as { errors: { extensions: { code: string } }[] };
  return [status, errors[0]?.extensions.code];
};
const rejected = (id: unknown, person: string | null = CLERK, headers = {}) =>
  send(person, `/imports/${String(id)}/rejected.csv`, null, headers);
const inFinance = (sql: string, values: readonly unknown[] = []) =>
  asOwner(college, 'finance', sql, values);
const batches = () => inFinance(`select count(*)::int as count from import_batch`);
/** Private folders of files that are being read. */
const spools = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`chengxin-spool-${process.pid}@`));

test('a clerk brings a file without an address of a database; its reviewer sees and approves it', async () => {
  const answer = await bring(
    csv(row('H-1'), row('H-2', 'many'), row('H-3', '1', '2020999999')),
    `?name=${encodeURIComponent('账单.csv')}&basis=${encodeURIComponent('财字 7 号')}`,
  );
  expect(answer.status).toBe(200);
  const report = reportOf(answer);
  const errors = [
    { line: 3, column: '应缴金额', reason: { zh: '不是金额', en: 'is not an amount' } },
    {
      line: 4,
      column: 'studentNo',
      reason: { zh: '学号不在册', en: 'no such student in the roster' },
    },
  ];
  expect(report).toMatchObject({ kind: 'bills', state: 'PROPOSED', rows: 1, rejected: 2, errors });
  const { batchId: id } = report;
  expect(
    await inFinance(`select file_name, recorded_by from import_batch where id = $1`, [id]),
  ).toEqual([{ file_name: '账单.csv', recorded_by: CLERK }]);
  const { data } = await college.request(
    REVIEWER,
    `{ financeImportBatch(id: "${String(id)}") {
         rows rejected basisDocNo added errors { line column reason } } }`,
  );
  expect(data?.['financeImportBatch']).toEqual({
    rows: 1,
    rejected: 2,
    basisDocNo: '财字 7 号',
    added: 1,
    errors: errors.map(({ reason: { zh, en }, ...where }) => ({ ...where, reason: `${zh} ${en}` })),
  });
  expect(await spools()).toEqual([]);
});

test('who brought it and its reviewer get the rejected rows, each time with a line in the log', async () => {
  const { batchId: id } = reportOf(await bring(csv(row('H-4', 'many'))));
  const whole =
    '\ufeffline,column,reason 中文,reason English\r\n2,应缴金额,不是金额,is not an amount\r\n';
  for (const person of [CLERK, REVIEWER])
    expect(await rejected(id, person)).toEqual({
      status: 200,
      type: 'text/csv; charset=utf-8',
      text: whole,
    });
  const lines = await inFinance(
    `select actor, role, target from operation_log where action = 'finance.readRejected' order by id`,
  );
  expect(lines).toEqual([
    { actor: CLERK, role: 'FIN_CLERK', target: `bills ${String(id)}` },
    { actor: REVIEWER, role: 'FIN_REVIEWER', target: `bills ${String(id)}` },
  ]);
});

test('nobody else gets them, and whether there is such a batch is not told', async () => {
  const { batchId: id } = reportOf(await bring(csv(row('H-5', 'many'))));
  await inFinance(`update import_batch set recorded_by = 'T0409' where id = $1`, [id]);
  expect(codeOf(await rejected(id, CLERK))).toEqual([404, 'NOT_FOUND']);
  expect(codeOf(await rejected(randomUUID(), CLERK))).toEqual([404, 'NOT_FOUND']);
  expect(codeOf(await rejected('x', CLERK))).toEqual([404, 'NOT_FOUND']);
  expect(codeOf(await rejected(id, 'T0601'))).toEqual([404, 'NOT_FOUND']);
  expect(codeOf(await rejected(id, STUDENT))).toEqual([403, 'FORBIDDEN_ACTION']);
  expect(codeOf(await rejected(id, null))).toEqual([401, 'UNAUTHENTICATED']);
});

test('values stand in the list only where they were asked for, and are gone with the decision', async () => {
  const file = csv(row('H-6', 'secret-amount'), row('H-7'));
  const { batchId: plain } = reportOf(await bring(file));
  expect((await rejected(plain)).text).not.toContain('secret-amount');
  const { batchId: id } = reportOf(await bring(file, '?withValues=true'));
  expect((await rejected(id)).text).toContain('secret-amount');
  await college.request(
    REVIEWER,
    `mutation { rejectFinanceImport(clientMutationId: "r", id: "${String(id)}", expectedVersion: 1,
       reason: "r") { ok } }`,
  );
  // Not an empty list, which would say that no row was rejected.
  expect(codeOf(await rejected(id))).toEqual([409, 'STATE_CONFLICT']);
  expect((await rejected(plain)).text).toContain('is not an amount');
});

test('a dry run keeps nothing, and a mapping reads the file of another system', async () => {
  const mapping = Buffer.from(
    `kind: bills\ncolumns: { 号: billNo, 谁: studentNo, 钱: amountFen }\n` +
      `constants: { academicYear: 2025-2026, item: TUITION, dueOn: 2025-10-31 }\n`,
  ).toString('base64url');
  const answer = await bring(`号,谁,钱\nH-8,${STUDENT},5\n`, `?dryRun=true&mapping=${mapping}`);
  expect(reportOf(answer)).toMatchObject({ state: 'CHECKED', rows: 1, rejected: 0 });
  expect(await inFinance(`select 1 from import_row where value->>'billNo' = 'H-8'`)).toEqual([]);
});

test.each([
  ['no token', null, {}, [401, 'UNAUTHENTICATED']],
  ['a clerk of another office', 'T0601', {}, [403, 'FORBIDDEN_ACTION']],
  ['a reviewer', REVIEWER, {}, [403, 'FORBIDDEN_ACTION']],
  ['a student', STUDENT, {}, [403, 'FORBIDDEN_ACTION']],
  ['a role that he does not hold', CLERK, { 'x-role': 'SCHOOL_ADMIN' }, [403, 'FORBIDDEN_ACTION']],
  ['a token that is none', null, { authorization: 'Bearer x.y.z' }, [401, 'UNAUTHENTICATED']],
  ['JSON', CLERK, { 'content-type': 'application/json' }, [415, 'VALIDATION']],
])('%s is refused, and nothing is read', async (_, person, headers, expected) => {
  const before = await batches();
  expect(codeOf(await bring(csv(row('H-9')), '', person, headers))).toEqual(expected);
  expect(await batches()).toEqual(before);
});

test.each([
  ['a kind that there is not', '/imports/finance/grades', [404, 'NOT_FOUND']],
  ['an office that there is not', '/imports/library/bills', [404, 'NOT_FOUND']],
  ['another method', '/imports/finance/bills/more', [404, 'NOT_FOUND']],
  ['an unknown parameter', '/imports/finance/bills?dryrun=true', [400, 'VALIDATION']],
  ['one that is neither', '/imports/finance/bills?dryRun=yes', [400, 'VALIDATION']],
  ['one twice', '/imports/finance/bills?dryRun=false&dryRun=true', [400, 'VALIDATION']],
  ['another encoding', '/imports/finance/bills?encoding=big5', [400, 'VALIDATION']],
  [
    'an encoding that is a word of the language',
    '/imports/finance/bills?encoding=constructor',
    [400, 'VALIDATION'],
  ],
])('%s is refused', async (_, path, expected) => {
  const before = await batches();
  expect(codeOf(await send(CLERK, path, csv(row('H-10'))))).toEqual(expected);
  expect(await batches()).toEqual(before);
});

test('what is no table is refused by what it is, whatever it calls itself', async () => {
  const before = await batches();
  const pdf = await bring(Buffer.from('%PDF-1.7\n'));
  expect(codeOf(pdf)).toEqual([400, 'VALIDATION']);
  expect(pdf.text).toContain('This is not a text file.');
  expect(codeOf(await bring(''))).toEqual([400, 'VALIDATION']);
  expect(await batches()).toEqual(before);
});

test('a file that is too large is refused while it arrives, and leaves nothing', async () => {
  const before = await batches();
  // Where the connection ends before all is sent, the answer may be lost: that it is refused is what counts.
  const came = await bring(Buffer.alloc(FILE_AT_MOST + 1, 'x')).then(codeOf, () => 'cut');
  expect([[413, 'BODY_TOO_LARGE'], 'cut']).toContainEqual(came);
  await until(async () => (await spools()).length === 0);
  expect(await batches()).toEqual(before);
});

/** Begin to send a file, by hand. */
async function begin(bytes: number) {
  const { port } = new URL(college.gateway.origin);
  const socket = connect(Number(port), '127.0.0.1');
  const ended = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
  socket.write(
    `POST /imports/finance/bills HTTP/1.1\r\nhost: here\r\ncontent-type: text/csv\r\n` +
      `authorization: Bearer ${await college.token(CLERK)}\r\ncontent-length: ${bytes}\r\n\r\n${HEAD}`,
  );
  return { socket, ended };
}

test('a connection that is cut leaves nothing', async () => {
  const before = await batches();
  const { socket, ended } = await begin(10_000);
  await until(async () => (await spools()).length === 1);
  socket.destroy();
  await ended;
  await until(async () => (await spools()).length === 0);
  expect(await batches()).toEqual(before);
});

test('a stream that stands still is ended, and leaves nothing', async () => {
  const before = await batches();
  const { ended } = await begin(10_000);
  expect(await ended).toBe('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  await until(async () => (await spools()).length === 0);
  expect(await batches()).toEqual(before);
});

test('one person sends two files at once; another is not shut out by them', async () => {
  const open = [await begin(9999), await begin(9999)];
  await until(async () => (await spools()).length === 2);
  expect(codeOf(await bring(csv(row('H-11'))))).toEqual([429, 'RATE_LIMITED']);
  const other = await send('T0301', '/imports/academics/courses?dryRun=true', 'x\n');
  expect(codeOf(other)).toEqual([400, 'VALIDATION']);
  for (const { socket } of open) socket.destroy();
  await until(async () => (await spools()).length === 0);
  expect((await bring(csv(row('H-11')))).status).toBe(200);
});

/** Straight at the office, with whatever is signed. */
async function straight(
  signed: { path?: string; digest?: string; to?: string; identity?: ReturnType<typeof importer> },
  body = csv(row('H-12')),
) {
  const path = '/imports/bills?name=a.csv';
  const keyring = await readKeyring(college.keys, 'gateway');
  const identity = signed.identity ?? importer(CLERK, 'FIN_CLERK', ['FIN']);
  const what = { to: 'finance', path, digest: digest(body), ...signed };
  const call = await signCall(keyring, college.clock, what, identity);
  const answer = await request(new URL(path, college.started.addresses('finance')), {
    method: 'POST',
    headers: { 'content-type': 'text/csv', [CALL_HEADER]: call },
    body,
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, type: '', text };
}

test.each([
  ['other bytes than those that were signed', { digest: digest('other') }],
  ['another path', { path: '/imports/payments?name=a.csv' }],
  ['other words about it', { path: '/imports/bills?name=b.csv' }],
  ['another office', { to: 'academics' }],
])('an office refuses %s', async (_, signed) => {
  const before = await batches();
  expect(codeOf(await straight(signed))).toEqual([401, 'UNAUTHENTICATED']);
  expect(await batches()).toEqual(before);
});

test('an office decides on role and purpose itself', async () => {
  const before = await batches();
  const student = importer(STUDENT, 'STU_SELF');
  expect(codeOf(await straight({ identity: student }))).toEqual([403, 'FORBIDDEN_ACTION']);
  const purpose = { ...importer(CLERK, 'FIN_CLERK', ['FIN']), purpose: 'ADMIN_REVIEW' };
  expect(codeOf(await straight({ identity: purpose }))).toEqual([403, 'PURPOSE_REQUIRED']);
  expect(await batches()).toEqual(before);
  expect((await straight({})).status).toBe(200);
});

test('an office that is down is unavailable, and says no more', async () => {
  college.divert('finance', 'http://127.0.0.1:9');
  const came = await bring(csv(row('H-13')));
  college.divert('finance');
  expect(codeOf(came)).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
  expect(came.text).not.toContain('127.0.0.1');
});

test('an endpoint without a row, and a row without an endpoint, stop who serves (INV-19)', () => {
  const all = [
    'POST /imports/{office}/{kind}',
    'GET /imports/{id}/rejected.csv',
    'POST /files',
    'GET /files/{id}',
    'GET /exports/my-archive',
    'POST /exports',
    'GET /exports/{id}',
    'POST /reports/{id}',
    'GET /verify/{code}',
  ];
  expect(() => checkEndpoints(all)).not.toThrow();
  expect(() => checkEndpoints(all.slice(1))).toThrow(/is listed as built and not served/);
  expect(() => checkEndpoints([...all, 'GET /secrets'])).toThrow(/GET \/secrets has no row/);
  expect(() => checkImports('finance', [{ action: 'finance.import' }])).not.toThrow();
  expect(() => checkImports('finance', [])).toThrow(/no kind of import takes finance.import/);
});
