/** One fact by form is a batch of one, and several are decided at once (ARCHITECTURE §7, 3.8, F-09). */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { office as financeOffice } from '@chengxin/finance/office';
import { propose } from '@chengxin/kit/import/propose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRound, ROUND } from '../change/fact.plan.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { authorizationOf, importer } from '../support/imports.js';
import { mutationText, outcomeOf, type ChangedRow } from '../support/mutate.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const CLERK = 'T0401';
const REVIEWER = 'T0402';
const STUDENT = '2025020415';
/** Of the college of T0110, and of another one. */
const [OWN, FOREIGN, ABSENT] = ['2024010317', '2024020111', '2024019999'];
const noun = 'FinanceImportBatch';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await put(college, 'archive', 'admin_grant', {
    ...RECORDED,
    staff_no: CLERK,
    role: 'FIN_REVIEWER',
    org_code: 'FIN',
    valid_from: '2023-09-01T00:00:00Z',
    state: 'ACTIVE',
  });
});
afterAll(() => college.stop());

type Values = Readonly<Record<string, unknown>>;
const number = (): string => randomUUID().slice(0, 8);
const bill = (more: Values = {}) => ({
  billNo: `B-${number()}`,
  studentNo: STUDENT,
  academicYear: '2025-2026',
  item: 'TUITION',
  amountFen: 980_050,
  dueOn: '2026-05-31',
  ...more,
});
const AS_CLERK = { 'x-role': 'FIN_CLERK' };
const AS_REVIEWER = { 'x-role': 'FIN_REVIEWER' };

const ask = (
  person: string,
  name: string,
  args: Values,
  headers = {},
  of = noun,
  fields?: string,
) =>
  college.request(
    person,
    mutationText({
      name,
      noun: of,
      args,
      isMany: name.endsWith('Facts'),
      ...(fields && { fields }),
    }),
    { headers },
  );
const batchOf = ({ data }: Answer, name: string) => {
  const payload = (data?.[name] ?? {}) as Record<string, ChangedRow>;
  return payload['financeImportBatch'] ?? payload['archiveImportBatch'];
};
const proposed = async (args: Values = bill()): Promise<string> => {
  const answer = await ask(CLERK, 'proposeBill', args, AS_CLERK);
  expect(outcomeOf(answer, 'proposeBill')).toBe('OK');
  return batchOf(answer, 'proposeBill')?.id ?? '';
};
const decide = async (person: string, name: string, args: Values, headers = {}) =>
  outcomeOf(await ask(person, name, { expectedVersion: 1, reason: 'r', ...args }, headers), name);
const sql = (text: string, values: readonly unknown[] = [], office = 'finance') =>
  asOwner(college, office, text, values);
const bills = (billNo: string) =>
  sql(
    `select amount_fen, due_on::text, version, recorded_by, approved_by, evidence
     from bill where bill_no = $1`,
    [billNo],
  );

test('a bill is proposed as a batch of one, and stands once another person has approved it', async () => {
  const args = bill({ basisDocNo: '财字〔2026〕7 号' });
  const fields = 'id state version kind rows rejected added byForm basisDocNo';
  const answer = await ask(CLERK, 'proposeBill', args, AS_CLERK, noun, fields);
  const batch = batchOf(answer, 'proposeBill');
  expect(batch).toEqual({
    id: expect.any(String),
    state: 'PROPOSED',
    version: 1,
    kind: 'bills',
    rows: 1,
    rejected: 0,
    added: 1,
    byForm: true,
    basisDocNo: '财字〔2026〕7 号',
  });
  expect(await bills(args.billNo)).toEqual([]);
  expect(await decide(REVIEWER, 'approveBill', { id: batch?.id })).toBe('OK');
  expect(await bills(args.billNo)).toEqual([
    {
      amount_fen: 980_050,
      due_on: '2026-05-31',
      version: 1,
      recorded_by: CLERK,
      approved_by: REVIEWER,
      evidence: [{ id: batch?.id, docNo: '财字〔2026〕7 号' }],
    },
  ]);
});

test('what waits of a form is what waits of the row of a file', async () => {
  const args = bill();
  const byForm = await proposed(args);
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-facts-'));
  const file = join(folder, 'bills.csv');
  await writeFile(
    file,
    `账单编号,学号,学年,收费项目,应缴金额,缴费截止日期\n${args.billNo},${STUDENT},2025-2026,学费,9800.50,2026-05-31\n`,
  );
  const running = college.started.offices.get('finance');
  const [job] = financeOffice.imports;
  if (!running || !job) throw new Error('Finance has not started.');
  const clerk = importer(CLERK, 'FIN_CLERK', ['FIN']);
  const { batchId: byFile } = await propose(running, job, file, authorizationOf(clerk));
  await rm(folder, { recursive: true });
  const waiting = (id: string) =>
    sql(`select value, unsaid from import_row where batch_id = $1`, [id]);
  expect(await waiting(byForm)).toEqual(await waiting(byFile));
  expect(await waiting(byForm)).toHaveLength(1);
  // Each by its own action: a file is not one fact, and one fact is no file.
  expect(await decide(REVIEWER, 'approveBill', { id: byFile })).toBe('FORBIDDEN_ACTION');
  expect(await decide(REVIEWER, 'approvePayment', { id: byForm })).toBe('FORBIDDEN_ACTION');
  expect(await decide(REVIEWER, 'approveFinanceImport', { id: byForm })).toBe('FORBIDDEN_ACTION');
  expect(await decide(REVIEWER, 'approveFinanceImport', { id: byFile })).toBe('OK');
});

test.each([
  [
    'an amount that is none',
    { amountFen: 0 },
    'amountFen',
    '金额须大于零。 amountFen: must be more than zero.',
  ],
  [
    'a negative one',
    { amountFen: -5 },
    'amountFen',
    '金额不得为负。 amountFen: must not be negative.',
  ],
  [
    'a student who is nobody',
    { studentNo: ABSENT },
    'studentNo',
    '学号不在册。 studentNo: no such student in the roster.',
  ],
  [
    'a number of another form',
    { studentNo: 'x' },
    'studentNo',
    '学号格式不正确。 studentNo: is not a student number.',
  ],
  [
    'a year of another form',
    { academicYear: '2025' },
    'academicYear',
    '学年应写作 2025-2026。 academicYear: an academic year is written 2025-2026.',
  ],
  ['an item that is blank', { item: ' ' }, 'item', '不得为空。 item: must not be empty.'],
])('%s is refused by its argument, and nothing waits', async (_, more, path, message) => {
  const before = await sql(`select count(*) from import_batch`);
  const answer = await ask(CLERK, 'proposeBill', bill(more), AS_CLERK);
  expect(answer.data?.['proposeBill']).toEqual({
    ok: false,
    errors: [
      { code: 'VALIDATION', message: expect.stringContaining(message) as string, path: [path] },
    ],
    financeImportBatch: null,
  });
  expect(await sql(`select count(*) from import_batch`)).toEqual(before);
});

test('the same proposal sent twice is one batch', async () => {
  const args = { ...bill(), clientMutationId: randomUUID() };
  expect(await proposed(args)).toBe(await proposed(args));
});

test('one person never proposes and approves, in whichever of his roles (INV-02)', async () => {
  const args = bill();
  const id = await proposed(args);
  expect(await decide(CLERK, 'approveBill', { id }, AS_REVIEWER)).toBe('SOD_VIOLATION');
  expect(await bills(args.billNo)).toEqual([]);
});

test('a fact that another one has overtaken is not approved', async () => {
  const args = bill();
  const [id, twice] = [await proposed(args), await proposed({ ...args, studentNo: OWN })];
  expect(await decide(REVIEWER, 'approveBill', { id })).toBe('OK');
  const answer = await ask(REVIEWER, 'approveBill', { id: twice, expectedVersion: 1 });
  expect(answer.data?.['approveBill']).toMatchObject({
    errors: [{ code: 'STATE_CONFLICT' }],
    financeImportBatch: { state: 'PROPOSED' },
  });
});

test('who proposed takes it back, and its reviewer rejects it', async () => {
  const [own, other] = [await proposed(), await proposed()];
  expect(await decide(CLERK, 'withdrawFinanceImport', { id: own }, AS_CLERK)).toBe('OK');
  expect(await decide(REVIEWER, 'rejectFinanceImport', { id: other })).toBe('OK');
  expect(await sql(`select 1 from import_row where batch_id = any($1)`, [[own, other]])).toEqual(
    [],
  );
});

const ADMIN = 'T0110';
const ADMIN_REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const IN_ROUND = { 'x-purpose': 'AID_REVIEW', 'x-reference': ROUND };
const archive = 'ArchiveImportBatch';
const loan = (studentNo: string) => ({
  loanNo: `L-${number()}`,
  studentNo,
  kind: 'CAMPUS',
  contractNo: 'C-2025-778899',
  bankUscc: '91990000MA0000001B',
  principalFen: 800_000,
  year: 2025,
  state: 'SIGNED',
});

test('a loan is of a student of the own college: another one and nobody are one answer', async () => {
  const counts: unknown[] = [];
  const answers: unknown[] = [];
  // The first request finds out who asks.
  for (const studentNo of [ABSENT, FOREIGN, ABSENT]) {
    const { result, statements } = await countStatements(() =>
      ask(ADMIN, 'proposeLoan', loan(studentNo), ADMIN_REVIEW, archive),
    );
    expect(outcomeOf(result, 'proposeLoan')).toBe('NOT_FOUND');
    const { requestId: _, ...rest } = (result.errors?.[0]?.extensions ?? {}) as Values;
    answers.push({ ...result.errors?.[0], extensions: rest });
    counts.push(statements.filter((one) => one.database.endsWith('_archive')).length);
  }
  expect(new Set(counts.slice(1)).size).toBe(1);
  expect(answers[1]).toEqual(answers[2]);
  const own = await ask(ADMIN, 'proposeLoan', loan(OWN), ADMIN_REVIEW, archive);
  expect(outcomeOf(own, 'proposeLoan')).toBe('OK');
  const id = batchOf(own, 'proposeLoan')?.id;
  // Of the contract the end alone waits.
  const waiting = await sql(`select value from import_row where batch_id = $1`, [id], 'archive');
  expect(JSON.stringify(waiting)).not.toContain('778899');
  const approval = { id, expectedVersion: 1 };
  const answer = await ask('T0001', 'approveLoan', approval, ADMIN_REVIEW, archive);
  expect(outcomeOf(answer, 'approveLoan')).toBe('OK');
  const [row] = await sql(
    `select recorded_by, approved_by from loan_record where student_no = $1 and evidence @> $2`,
    [OWN, JSON.stringify([{ id }])],
    'archive',
  );
  expect(row).toEqual({ recorded_by: ADMIN, approved_by: 'T0001' });
});

const hardship = (studentNo: string) => ({
  aidNo: `A-${number()}`,
  studentNo,
  kind: 'HARDSHIP',
  academicYear: '2025-2026',
  hardshipLevel: 'HARD',
  factors: ['家庭变故', '疾病'],
  decidedOn: '2026-04-01',
});

test('aid is proposed and approved in the round that the request names, of its students alone', async () => {
  await newRound(college);
  const propose = (studentNo: string, headers: Readonly<Record<string, string>>) =>
    ask(ADMIN, 'proposeAid', hardship(studentNo), headers, archive);
  const came = async (...of: Parameters<typeof propose>) =>
    outcomeOf(await propose(...of), 'proposeAid');
  expect(await came(OWN, ADMIN_REVIEW)).toBe('PURPOSE_REQUIRED');
  expect(await came(OWN, { 'x-purpose': 'AID_REVIEW' })).toBe('PURPOSE_REQUIRED');
  expect(await came(FOREIGN, IN_ROUND)).toBe('NOT_FOUND');
  expect(await came(ABSENT, IN_ROUND)).toBe('NOT_FOUND');

  const answer = await propose(OWN, IN_ROUND);
  expect(outcomeOf(answer, 'proposeAid')).toBe('OK');
  const id = batchOf(answer, 'proposeAid')?.id;
  // Under another purpose its student's hardship is not open, in bulk neither.
  const many = { ids: [id], expectedVersions: [1], reason: 'r' };
  const bulk = await ask('T0001', 'approveArchiveFacts', many, ADMIN_REVIEW, archive);
  expect(outcomeOf(bulk, 'approveArchiveFacts')).toBe('NOT_FOUND');
  const approval = { id, expectedVersion: 1 };
  const approved = await ask('T0001', 'approveAid', approval, IN_ROUND, archive);
  expect(outcomeOf(approved, 'approveAid')).toBe('OK');
  const [row] = await sql(
    `select factors, approved_by from aid_record where evidence @> $1`,
    [JSON.stringify([{ id }])],
    'archive',
  );
  expect(row).toEqual({ factors: ['家庭变故', '疾病'], approved_by: 'T0001' });
});

test('an item of a list that would be read as two is refused', async () => {
  const args = { ...hardship(OWN), factors: ['疾病；失业'] };
  const answer = await ask(ADMIN, 'proposeAid', args, IN_ROUND, archive);
  expect(answer.data?.['proposeAid']).toMatchObject({
    errors: [{ code: 'VALIDATION', path: ['factors'] }],
  });
});

interface Result {
  readonly id: string;
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly financeImportBatch: { readonly state: string; readonly version: number } | null;
}
const resultsOf = ({ data }: Answer, name: string): Result[] =>
  (data?.[name] as { results: Result[] } | null)?.results ?? [];
const told = (results: readonly Result[]) =>
  results.map(({ ok, errors, financeImportBatch: row }) => [
    ok ? 'OK' : errors[0]?.code,
    row?.state,
  ]);

const approveFacts = (ids: readonly string[], more: Values = {}, person = REVIEWER) =>
  ask(
    person,
    'approveFinanceFacts',
    { ids, expectedVersions: ids.map(() => 1), reason: '核对无误', ...more },
    AS_REVIEWER,
  );
const lines = (ids: readonly string[]) =>
  sql(
    `select target_id, actor from operation_log
     where action = 'finance.approveMany' and target_id = any($1)`,
    [ids],
  );

test('several are decided by one call, each by itself, and the same again is done once', async () => {
  const [good, seen, own, last] = [
    await proposed(),
    await proposed(),
    await proposed(),
    await proposed(),
  ];
  await sql(`update import_batch set version = 2 where id = $1`, [seen]);
  await sql(`update import_batch set recorded_by = $2 where id = $1`, [own, REVIEWER]);
  const ids = [good, seen, own, randomUUID(), 'x', last];
  const clientMutationId = randomUUID();
  const answer = await approveFacts(ids, { clientMutationId });
  const results = resultsOf(answer, 'approveFinanceFacts');
  expect(results.map(({ id }) => id)).toEqual(ids);
  expect(told(results)).toEqual([
    ['OK', 'APPROVED'],
    ['VERSION_CONFLICT', 'PROPOSED'],
    ['SOD_VIOLATION', 'PROPOSED'],
    ['NOT_FOUND', undefined],
    ['NOT_FOUND', undefined],
    ['OK', 'APPROVED'],
  ]);
  expect(answer.data?.['approveFinanceFacts']).toMatchObject({ ok: false, errors: [] });
  const logged = await lines(ids);
  expect(logged.map((row) => String(row['target_id'])).toSorted()).toEqual([good, last].toSorted());

  const again = await approveFacts(ids, { clientMutationId });
  expect(again).toEqual(answer);
  expect(await lines(ids)).toEqual(logged);
  const other = await approveFacts([good], { clientMutationId });
  expect(other.data?.['approveFinanceFacts']).toMatchObject({
    ok: false,
    errors: [{ code: 'VALIDATION', path: ['clientMutationId'] }],
    results: [],
  });
});

test('where all are refused nothing is kept, the key neither', async () => {
  const id = await proposed();
  const clientMutationId = randomUUID();
  const late = await approveFacts([id], { clientMutationId, expectedVersions: [7] });
  expect(told(resultsOf(late, 'approveFinanceFacts'))).toEqual([['VERSION_CONFLICT', 'PROPOSED']]);
  const mended = await approveFacts([id], { clientMutationId });
  expect(told(resultsOf(mended, 'approveFinanceFacts'))).toEqual([['OK', 'APPROVED']]);
});

test.each([
  ['none', [], {}, 'ids'],
  ['too many', Array.from({ length: 51 }, () => randomUUID()), {}, 'ids'],
  ['one twice', ['a', 'a'], {}, 'ids'],
  ['fewer versions', ['a', 'b'], { expectedVersions: [1] }, 'expectedVersions'],
  ['no reason', ['a'], { reason: ' ' }, 'reason'],
])('%s are refused as a request', async (_, ids, more, path) => {
  const answer = await approveFacts(ids, more);
  expect(answer.data?.['approveFinanceFacts']).toMatchObject({
    ok: false,
    errors: [{ code: 'VALIDATION', path: [path] }],
    results: [],
  });
});

test('files of many rows are not approved in passing', async () => {
  const [one, file] = [await proposed(), await proposed()];
  await sql(`update import_batch set by_form = false, row_count = 2000 where id = $1`, [file]);
  const answer = await approveFacts([one, file]);
  expect(told(resultsOf(answer, 'approveFinanceFacts'))).toEqual([
    ['OK', 'APPROVED'],
    ['STATE_CONFLICT', 'PROPOSED'],
  ]);
});

test('several are rejected at once, and nothing of them waits', async () => {
  const ids = [await proposed(), await proposed()];
  const args = { ids, expectedVersions: [1, 1], reason: '重复' };
  const answer = await ask(REVIEWER, 'rejectFinanceFacts', args, AS_REVIEWER);
  expect(told(resultsOf(answer, 'rejectFinanceFacts'))).toEqual([
    ['OK', 'REJECTED'],
    ['OK', 'REJECTED'],
  ]);
  expect(await sql(`select 1 from import_row where batch_id = any($1)`, [ids])).toEqual([]);
});

test('two who decide on the same rows in another order: each row is decided once', async () => {
  const ids = [await proposed(), await proposed(), await proposed()];
  const answers = await Promise.all([
    approveFacts(ids),
    approveFacts(ids.toReversed()),
    approveFacts(ids),
  ]);
  const all = answers.flatMap((answer) => told(resultsOf(answer, 'approveFinanceFacts')));
  expect(all.filter(([came]) => came === 'OK')).toHaveLength(3);
  expect(all.filter(([came]) => came === 'VERSION_CONFLICT')).toHaveLength(6);
});

test('each further row costs the same few statements', async () => {
  const costOf = async (rows: number): Promise<number> => {
    const ids: string[] = [];
    for (let at = 0; at < rows; at += 1) ids.push(await proposed());
    const { result, byOffice } = await countStatements(() => approveFacts(ids));
    expect(told(resultsOf(result, 'approveFinanceFacts'))).toHaveLength(rows);
    return byOffice['finance'] ?? 0;
  };
  const [one, two, four] = [await costOf(1), await costOf(2), await costOf(4)];
  expect(four - two).toBe(2 * (two - one));
  expect(two - one).toBeLessThanOrEqual(40);
  process.stdout.write(`approveFinanceFacts: ${two - one} statements a row.\n`);
});
