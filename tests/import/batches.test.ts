/** Batches in the graph: listed, approved, rejected, taken back; large ones applied by a job (F-13). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { office } from '@chengxin/finance/office';
import { applyBatches } from '@chengxin/kit/import/batch/apply-batches.job';
import { propose } from '@chengxin/kit/import/propose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutationText, outcomeOf } from '../support/mutate.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { authorizationOf, importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';

const CLERK = 'T0401';
const REVIEWER = 'T0402';
const STUDENT = '2025020415';
const HEAD = '账单编号,学号,学年,收费项目,应缴金额,缴费截止日期';

let college: TestCollege;
let folder: string;
beforeAll(async () => {
  college = await startCollege({ at: '2025-11-10T10:00:00+08:00' });
  folder = await mkdtemp(join(tmpdir(), 'chengxin-batches-'));
});
afterAll(async () => {
  await college.stop();
  await rm(folder, { recursive: true });
});

const finance = () => {
  const running = college.started.offices.get('finance');
  if (!running) throw new Error('Finance has not started.');
  return running;
};

let count = 0;
/** A clerk's file of one bill, as it waits. */
async function proposed(billNo: string): Promise<string> {
  const [bills] = office.imports;
  if (!bills) throw new Error('Finance imports no bills.');
  const file = join(folder, `${++count}.csv`);
  await writeFile(file, `${HEAD}\n${billNo},${STUDENT},2025-2026,学费,9800.00,2025-10-31\n`);
  const clerk = importer(CLERK, 'FIN_CLERK', ['FIN']);
  return (await propose(finance(), bills, file, authorizationOf(clerk))).batchId;
}

const noun = 'FinanceImportBatch';
async function decide(person: string, name: string, args: object): Promise<Answer> {
  const given = { expectedVersion: 1, reason: 'as the ledger says', ...args };
  return college.request(person, mutationText({ name, noun, args: given }));
}
const bills = (billNo: string) =>
  asOwner(college, 'finance', `select recorded_by, approved_by from bill where bill_no = $1`, [
    billNo,
  ]);
const batchOf = async (id: string) => {
  const [row] = await asOwner(
    college,
    'finance',
    `select state, version, approved_by,
       (select count(*)::int from import_row r where r.batch_id = b.id) as waiting
     from import_batch b where id = $1`,
    [id],
  );
  return row as unknown;
};

test('its reviewer sees what waits, and approves it', async () => {
  const id = await proposed('B-1');
  const { data } = await college.request(
    REVIEWER,
    `{ financeImportBatches(filter: { state: "PROPOSED" }) {
         nodes { id kind rows rejected added columns { heading } availableActions } } }`,
  );
  expect(data?.['financeImportBatches']).toEqual({
    nodes: [
      {
        id,
        kind: 'bills',
        rows: 1,
        rejected: 0,
        added: 1,
        columns: [],
        availableActions: [
          'finance.approveImport',
          'finance.rejectImport',
          'finance.approveMany',
          'finance.rejectMany',
        ],
      },
    ],
  });
  const answer = await decide(REVIEWER, 'approveFinanceImport', { id });
  expect(outcomeOf(answer, 'approveFinanceImport')).toBe('OK');
  expect(await bills('B-1')).toEqual([{ recorded_by: CLERK, approved_by: REVIEWER }]);
  expect(await batchOf(id)).toEqual({
    state: 'APPROVED',
    version: 2,
    approved_by: REVIEWER,
    waiting: 0,
  });
});

test('one person never brings a file and approves it, in whichever role (INV-02)', async () => {
  const id = await proposed('B-2');
  await asOwner(college, 'finance', `update import_batch set recorded_by = $1 where id = $2`, [
    REVIEWER,
    id,
  ]);
  const answer = await decide(REVIEWER, 'approveFinanceImport', { id });
  expect(outcomeOf(answer, 'approveFinanceImport')).toBe('SOD_VIOLATION');
  expect(await bills('B-2')).toEqual([]);
});

test('rejected or taken back, nothing of the file is kept', async () => {
  const rejected = await proposed('B-3');
  const without = await decide(REVIEWER, 'rejectFinanceImport', { id: rejected, reason: '' });
  expect(outcomeOf(without, 'rejectFinanceImport')).toBe('VALIDATION');
  const answer = await decide(REVIEWER, 'rejectFinanceImport', { id: rejected });
  expect(outcomeOf(answer, 'rejectFinanceImport')).toBe('OK');
  expect(await batchOf(rejected)).toMatchObject({ state: 'REJECTED', waiting: 0 });

  const own = await proposed('B-4');
  const withdrawn = await decide(CLERK, 'withdrawFinanceImport', { id: own });
  expect(outcomeOf(withdrawn, 'withdrawFinanceImport')).toBe('OK');
  expect(await batchOf(own)).toMatchObject({ state: 'WITHDRAWN', waiting: 0 });
  const late = await decide(REVIEWER, 'approveFinanceImport', { id: own, expectedVersion: 2 });
  expect(outcomeOf(late, 'approveFinanceImport')).toBe('STATE_CONFLICT');
});

/** As a batch of many rows is: it waits for the job. */
async function approvedAsLarge(billNo: string): Promise<string> {
  const id = await proposed(billNo);
  await asOwner(college, 'finance', `update import_batch set row_count = 100000 where id = $1`, [
    id,
  ]);
  const answer = await decide(REVIEWER, 'approveFinanceImport', { id });
  expect(outcomeOf(answer, 'approveFinanceImport')).toBe('OK');
  expect(await batchOf(id)).toMatchObject({ state: 'APPROVING', waiting: 1 });
  return id;
}
const runJob = () => applyBatches(office.imports).run(finance(), college.clock.now());

test('a large batch is approved at once and applied by a job', async () => {
  const id = await approvedAsLarge('B-5');
  expect(await bills('B-5')).toEqual([]);
  await runJob();
  expect(await bills('B-5')).toEqual([{ recorded_by: CLERK, approved_by: REVIEWER }]);
  expect(await batchOf(id)).toMatchObject({ state: 'APPROVED', version: 3, waiting: 0 });
  await runJob();
  expect(await batchOf(id)).toMatchObject({ state: 'APPROVED', version: 3 });
});

test('what a job cannot apply waits again, and says why', async () => {
  const id = await approvedAsLarge('B-6');
  await asOwner(college, 'finance', `delete from roster where student_no = $1`, [STUDENT]);
  await runJob();
  const { data } = await college.request(
    REVIEWER,
    `{ financeImportBatch(id: "${id}") { state failure approvedBy version } }`,
  );
  expect(data?.['financeImportBatch']).toEqual({
    state: 'PROPOSED',
    failure: expect.stringContaining('no such student in the roster'),
    approvedBy: null,
    version: 3,
  });
  expect(await bills('B-6')).toEqual([]);
});

test('other offices see nothing of it; Student Affairs sees the counts', async () => {
  const [{ id } = { id: '' }] = await asOwner<{ id: string }>(
    college,
    'finance',
    `select id from import_batch limit 1`,
  );
  const query = `{ financeImportBatch(id: "${id}") { kind rows }
    financeImportBatches { nodes { kind } } }`;
  expect((await college.request('T0302', query)).data).toEqual({
    financeImportBatch: null,
    financeImportBatches: { nodes: [] },
  });
  const collects = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
  const { data } = await college.request('T0001', query, collects);
  expect(data?.['financeImportBatch']).toEqual({ kind: 'bills', rows: expect.any(Number) });
});
