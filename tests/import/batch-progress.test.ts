/** How far the job has come with a large batch is seen; none of its rows is, before all are (F-13, G5.3). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { office } from '@chengxin/finance/office';
import type { SeenBatch } from '@chengxin/kit/command/import-over-http';
import { batchText } from '@chengxin/kit/command/report-text';
import { applyBatches } from '@chengxin/kit/import/batch/apply-batches.job';
import { propose } from '@chengxin/kit/import/propose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { authorizationOf, importer } from '../support/imports.js';
import { mutate } from '../support/mutate.js';
import { asOwner, endConnection, ownerOf, waitingOnLocks } from '../support/sql.js';
import { until } from '../support/until.js';

const CLERK = 'T0401';
const REVIEWER = 'T0402';
const STUDENT = '2025020415';
/** Three steps of the job, the last one short. */
const ROWS = 4100;
const HEAD = '账单编号,学号,学年,收费项目,应缴金额,缴费截止日期';
const billNo = (at: number): string => `P-${String(at).padStart(5, '0')}`;

let college: TestCollege;
let folder: string;
let batch = '';
beforeAll(async () => {
  college = await startCollege({ at: '2025-11-10T10:00:00+08:00' });
  folder = await mkdtemp(join(tmpdir(), 'chengxin-progress-'));
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
const runJob = () => applyBatches(office.imports).run(finance(), college.clock.now());

/** The batch as somebody reads it. */
async function read(person: string, headers = {}): Promise<unknown> {
  const query = `{ financeImportBatch(id: "${batch}") { state rows appliedRows } }`;
  const { data } = await college.request(person, query, { headers });
  return data?.['financeImportBatch'];
}
const inState = (state: string, appliedRows: number) => ({ state, rows: ROWS, appliedRows });
const isAt = async (appliedRows: number): Promise<boolean> =>
  (((await read(REVIEWER)) ?? {}) as SeenBatch).appliedRows === appliedRows;
/** What others see of the batch's bills. */
const visible = async () => {
  const sql = `select count(*)::int as count from bill where bill_no like 'P-%'`;
  return (await asOwner(college, 'finance', sql))[0]?.['count'] as number;
};

interface Paused {
  /** Server processes that wait for the bill. */
  readonly waiting: () => Promise<number[]>;
  readonly goOn: () => Promise<void>;
}

/** Hold the number of a bill that the batch brings: the job waits in the step in which it comes. */
async function pausedAt(at: number): Promise<Paused> {
  const [holder, looker] = [await ownerOf(college, 'finance'), await ownerOf(college, 'finance')];
  await holder.query('begin');
  await holder.query(
    `insert into bill (bill_no, student_no, academic_year, item, amount_fen, due_on, recorded_by,
       recorded_at, approved_by, approved_at)
     values ($1, $2, '2025-2026', 'TUITION', 100, '2025-10-31', 'T9998', now(), 'T9999', now())`,
    [billNo(at), STUDENT],
  );
  return {
    waiting: () => waitingOnLocks(looker),
    async goOn() {
      await holder.query('rollback');
      await Promise.all([holder.end(), looker.end()]);
    },
  };
}

test('approved, a large batch waits for its job, and nothing of it is applied', async () => {
  const [bills] = office.imports;
  if (!bills) throw new Error('Finance imports no bills.');
  const file = join(folder, 'bills.csv');
  // The file has another order than that in which records are locked.
  const rows = Array.from(
    { length: ROWS },
    (_, at) => `${billNo(ROWS - at)},${STUDENT},2025-2026,学费,9800.00,2025-10-31`,
  );
  await writeFile(file, `${[HEAD, ...rows].join('\n')}\n`);
  const clerk = importer(CLERK, 'FIN_CLERK', ['FIN']);
  ({ batchId: batch } = await propose(finance(), bills, file, authorizationOf(clerk)));
  expect(await read(REVIEWER)).toEqual(inState('PROPOSED', 0));
  const { came } = await mutate(college, REVIEWER, {
    name: 'approveFinanceImport',
    noun: 'FinanceImportBatch',
    args: { id: batch, expectedVersion: 1 },
  });
  expect(came).toBe('OK');
  expect(await read(REVIEWER)).toEqual(inState('APPROVING', 0));
});

test('between two steps its readers see how many rows are applied, and nobody a row', async () => {
  const paused = await pausedAt(2001);
  const running = runJob();
  await until(async () => (await paused.waiting()).length === 1 && (await isAt(2000)));
  expect(await read(REVIEWER)).toEqual(inState('APPROVING', 2000));
  expect(await read(CLERK)).toEqual(inState('APPROVING', 2000));
  expect(await read('T0001', { 'x-purpose': 'ADMIN_REVIEW' })).toEqual(inState('APPROVING', 2000));
  expect(await read('T0302')).toBeNull();
  expect(await read(STUDENT)).toBeNull();
  expect(await visible()).toBe(0);

  // The process that applies it dies.
  const [backend = 0] = await paused.waiting();
  const ended = running.then(
    () => 'done',
    () => 'died',
  );
  await endConnection(backend);
  expect(await ended).toBe('died');
  await paused.goOn();
  expect(await read(REVIEWER)).toEqual(inState('APPROVING', 2000));
  expect(await visible()).toBe(0);
});

test('the next run begins anew, and at its end all rows are there at once', async () => {
  const first = await pausedAt(1);
  const running = runJob();
  await until(async () => (await first.waiting()).length === 1);
  expect(await read(REVIEWER)).toEqual(inState('APPROVING', 0));
  const last = await pausedAt(ROWS);
  await first.goOn();
  await until(async () => (await last.waiting()).length === 1 && (await isAt(4000)));
  expect(await visible()).toBe(0);
  await last.goOn();
  await running;
  expect(await read(REVIEWER)).toEqual(inState('APPROVED', ROWS));
  expect(await visible()).toBe(ROWS);
  expect(await asOwner(college, 'finance', 'select * from batch_progress')).toEqual([]);
});

test('what cannot be applied any more waits again, with nothing applied', async () => {
  await asOwner(
    college,
    'finance',
    `with made as (
       insert into import_batch (kind, file_name, file_sha256, state, row_count, recorded_by,
         recorded_at, approved_by)
       values ('bills', 'b.csv', 'x', 'APPROVING', 3000, $1, now(), $2) returning id
     ), left_over as (insert into batch_progress select id, 2000 from made)
     insert into import_row (batch_id, line, value)
     select id, 2, '{"billNo": "P-X", "studentNo": "2025999999"}' from made`,
    [CLERK, REVIEWER],
  );
  const [made] = await asOwner<{ id: string }>(
    college,
    'finance',
    `select id from import_batch where file_sha256 = 'x'`,
  );
  batch = made?.id ?? '';
  expect(await read(REVIEWER)).toEqual({ state: 'APPROVING', rows: 3000, appliedRows: 2000 });
  await runJob();
  expect(await read(REVIEWER)).toEqual({ state: 'PROPOSED', rows: 3000, appliedRows: 0 });
  expect(await asOwner(college, 'finance', 'select * from batch_progress')).toEqual([]);
});

test('the command says it, Chinese first, while the batch is being applied and not afterwards', () => {
  const seen: SeenBatch = {
    id: 'B',
    version: 2,
    kind: 'bills',
    state: 'APPROVING',
    byForm: false,
    basisDocNo: null,
    rows: ROWS,
    appliedRows: 2000,
    rejected: 0,
    added: ROWS,
    recordedAt: '2025-11-10T02:00:00.000Z',
    failure: null,
    columns: [],
    errors: [],
  };
  const line = (state: string) =>
    `B  bills  ${ROWS} 行 rows, 退回 rejected 0, ${state}, ${seen.recordedAt}`;
  const added = `新记录 new records: ${ROWS}`;
  expect(batchText(seen).split('\n')).toEqual([
    line('APPROVING'),
    '正在生效，已写入 being applied: 2000 / 4100',
    added,
    '',
  ]);
  expect(batchText({ ...seen, state: 'APPROVED', appliedRows: ROWS }).split('\n')).toEqual([
    line('APPROVED'),
    added,
    '',
  ]);
});
