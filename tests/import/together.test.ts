/** Batches of the same rows that are approved together, and rows that others hold (INV-02, F-13). */
import { randomUUID } from 'node:crypto';
import { office as archive } from '@chengxin/archive/office';
import { office as finance } from '@chengxin/finance/office';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { bad, malice, OWN_STUDENT } from '../archive/own-rows.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner, databaseOf } from '../support/sql.js';
import { until } from '../support/until.js';
import { openDesk, type Desk } from './desk.js';

const STUDENT = '2025020415';
const ROUNDS = 12;
const ROWS = 40;
const CLERK = importer('T0401', 'FIN_CLERK', ['FIN']);
const REVIEWER = importer('T0402', 'FIN_REVIEWER', ['FIN']);

let college: TestCollege;
let desk: Desk;
let ofArchive: Desk;
beforeAll(async () => {
  college = await startCollege({ at: '2026-02-01T10:00:00+08:00' });
  desk = await openDesk(college, finance);
  ofArchive = await openDesk(college, archive);
});
afterAll(async () => {
  await ofArchive.close();
  await desk.close();
  await college.stop();
});

const numbers = (prefix: string): string[] =>
  Array.from({ length: ROWS }, (_, i) => `${prefix}-${String(i).padStart(3, '0')}`);

/** A file of bills of one amount, in the order given, proposed and not approved. */
async function bills(billNos: readonly string[], yuan: string): Promise<string> {
  const lines = billNos.map((no) => `${no},${STUDENT},2025-2026,学费,${yuan},2025-10-31`);
  const head = '账单编号,学号,学年,收费项目,应缴金额,缴费截止日期';
  const file = await desk.file(`${randomUUID()}.csv`, [head, ...lines, ''].join('\n'));
  return (await desk.propose('bills', file, CLERK)).batchId;
}
const approveBills = (batchId: string) => desk.approve(batchId, REVIEWER);

interface Bill {
  readonly billNo: string;
  readonly fen: number;
  readonly version: number;
}
const billsLike = (prefix: string) =>
  asOwner<Bill & pg.QueryResultRow>(
    college,
    'finance',
    `select bill_no as "billNo", amount_fen as fen, version from bill
     where bill_no like $1 order by 1`,
    [`${prefix}-%`],
  );
const stateOf = (batchId: string) =>
  asOwner(college, 'finance', 'select state, approved_by from import_batch where id = $1', [
    batchId,
  ]);

test('two batches of the same new rows in opposite order are both approved, whichever comes last stands (INV-02)', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const prefix = `NEW${round}`;
    const billNos = numbers(prefix);
    const one = await bills(billNos, '100.00');
    const other = await bills(billNos.toReversed(), '200.00');

    const reports = await Promise.all([approveBills(one), approveBills(other)]);

    expect(reports.map(({ state, changed }) => ({ state, changed }))).toEqual([
      { state: 'APPROVED', changed: ROWS },
      { state: 'APPROVED', changed: ROWS },
    ]);
    const after = await billsLike(prefix);
    const fen = after[0]?.fen ?? 0;
    expect([10_000, 20_000]).toContain(fen);
    expect(after).toEqual(billNos.map((billNo) => ({ billNo, fen, version: 2 })));
  }
});

test('two batches that correct the same rows in opposite order are both approved (INV-02)', async () => {
  const billNos = numbers('OLD');
  await approveBills(await bills(billNos, '50.00'));
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = await bills(billNos, `${1000 + round}.00`);
    const other = await bills(billNos.toReversed(), `${2000 + round}.00`);

    await Promise.all([approveBills(one), approveBills(other)]);

    const after = await billsLike('OLD');
    const fen = after[0]?.fen ?? 0;
    expect([100_000 + round * 100, 200_000 + round * 100]).toContain(fen);
    expect(after).toEqual(billNos.map((billNo) => ({ billNo, fen, version: 3 + round * 2 })));
  }
});

/** A file of the archive, proposed and not approved. */
async function records(rows: readonly Record<string, string>[]): Promise<string> {
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  const file = await ofArchive.file(
    `${randomUUID()}.csv`,
    lines.map((cells) => `${cells.join(',')}\n`).join(''),
  );
  return (await ofArchive.propose('conduct-records', file, importer('T0001', 'SCHOOL_ADMIN')))
    .batchId;
}
const approveRecords = (batchId: string) =>
  ofArchive.approve(batchId, importer('T0002', 'SCHOOL_ADMIN'));

test('records of the same students in opposite order are both approved, with all that follows (INV-02, 4.8)', async () => {
  const students = ['2024010305', '2024010317', '2025020415'];
  const proposed = (severity: string) =>
    students.flatMap((student) =>
      ['1', '2', '3'].map((no) =>
        bad({
          记录编号: `BR-${student}-${no}`,
          学号: student,
          严重程度: severity,
          发生日期: '2026-01-05',
          认定文号: '',
          认定日期: '',
          通知送达日期: '',
        }),
      ),
    );
  for (let round = 0; round < ROUNDS; round += 1) {
    const severities = round % 2 ? ['轻微', '一般'] : ['一般', '轻微'];
    const [one = '', other = ''] = severities;
    const batches = [await records(proposed(one)), await records(proposed(other).toReversed())];

    const reports = await Promise.all(batches.map(approveRecords));

    expect(reports.map(({ state }) => state)).toEqual(['APPROVED', 'APPROVED']);
    const after = await asOwner(
      college,
      'archive',
      `select state, count(*)::int, count(distinct severity)::int as severities
       from conduct_record where source_id like 'BR-20%' group by 1`,
    );
    expect(after).toEqual([{ state: 'PROPOSED', count: 9, severities: 1 }]);
  }
});

const CHANGED_AMOUNTS = {
  added: 0,
  columns: [{ field: 'amountFen', heading: '应缴金额', changed: 3, cleared: 0 }],
};

test('the report to the reviewer names rows that another batch changed since the file was read (F-13)', async () => {
  const billNos = numbers('MEAN').slice(0, 3);
  await approveBills(await bills(billNos, '50.00'));
  const early = await bills(billNos, '60.00');
  college.clock.set('2026-02-02T10:00:00+08:00');
  await approveBills(await bills(billNos.slice(1), '70.00'));
  college.clock.set('2026-02-03T10:00:00+08:00');

  expect(await approveBills(early)).toEqual({
    batchId: early,
    kind: 'bills',
    rows: 3,
    rejected: 0,
    changed: 3,
    changes: CHANGED_AMOUNTS,
    notes: [],
    overwritten: 2,
    state: 'APPROVED',
  });

  const alone = await bills(billNos, '80.00');
  expect(await approveBills(alone)).toEqual({
    batchId: alone,
    kind: 'bills',
    rows: 3,
    rejected: 0,
    changed: 3,
    changes: CHANGED_AMOUNTS,
    notes: [],
    state: 'APPROVED',
  });
});

/** Somebody who locks rows of finance in the wrong order, and is never the one who is taken back. */
async function stubborn(): Promise<pg.Client> {
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${databaseOf(college, 'finance')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`set deadlock_timeout = '1h'`);
  return client;
}
const lockOf = (client: pg.Client, billNo: string) =>
  client.query('select 1 from bill where bill_no = $1 for update', [billNo]);
/** Whether somebody waits for what the client holds. */
async function isWaitedFor(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ waits: boolean }>(
    `select exists (select from pg_stat_activity
       where pg_backend_pid() = any(pg_blocking_pids(pid))) as waits`,
  );
  return rows[0]?.waits ?? false;
}

test('an approval that the database takes back because of a deadlock is run again (INV-02)', async () => {
  const billNos = ['DEAD-1', 'DEAD-2'];
  await approveBills(await bills(billNos, '50.00'));
  const batch = await bills(billNos, '60.00');
  const client = await stubborn();
  await client.query('begin');
  await lockOf(client, 'DEAD-2');

  const approval = approveBills(batch);
  await until(() => isWaitedFor(client));
  await lockOf(client, 'DEAD-1');
  await client.query('commit');

  expect(await approval).toMatchObject({ state: 'APPROVED', changed: 2 });
  await client.end();
  expect(await billsLike('DEAD')).toEqual(
    billNos.map((billNo) => ({ billNo, fen: 6000, version: 2 })),
  );
});

test('an approval that goes on to meet deadlocks says that nothing was changed, and can be done again (INV-02)', async () => {
  const billNos = ['HELD-1', 'HELD-2'];
  await approveBills(await bills(billNos, '50.00'));
  const batch = await bills(billNos, '60.00');
  const client = await stubborn();
  const before = [await billsLike('HELD'), await stateOf(batch)];
  let hasEnded = false;

  await client.query('begin');
  await lockOf(client, 'HELD-2');
  const approval = approveBills(batch).finally(() => (hasEnded = true));
  const refused = approval.catch((error: unknown) => error);
  // What was locked after the savepoint is let go again; the other row stays held throughout.
  while (!hasEnded) {
    await client.query('savepoint again');
    await until(async () => hasEnded || (await isWaitedFor(client)));
    await lockOf(client, 'HELD-1');
    await client.query('rollback to savepoint again');
  }
  await client.query('rollback');
  expect(await refused).toMatchObject({
    message:
      '该部门数据暂不可用。 The office does not answer at present. 其他更改正占用这些行；未作任何更改，请再次批准。 Other changes hold these rows; nothing was changed: approve again.',
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  });
  await client.end();
  expect([await billsLike('HELD'), await stateOf(batch)]).toEqual(before);

  expect(await approveBills(batch)).toMatchObject({ state: 'APPROVED', changed: 2 });
});

test('of two batches approved together that find one bill malicious, one is refused in words (T-01)', async () => {
  const batches: string[] = [];
  for (const recordNo of ['CF-A', 'CF-B'])
    batches.push(await records([malice({ 记录编号: recordNo, 账单编号: 'B-TWICE' })]));

  const ends = await Promise.allSettled(batches.map(approveRecords));

  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
  expect(reasons.map(({ message }) => message)).toEqual([
    '当前状态不允许此操作。 The present state does not allow this. billNo: 该账单已有恶意欠费记录 there is a record of this bill already',
  ]);
  expect(
    await asOwner(
      college,
      'archive',
      `select student_no, state from conduct_record where bill_no = 'B-TWICE'`,
    ),
  ).toEqual([{ student_no: OWN_STUDENT, state: 'ACTIVE' }]);
});
