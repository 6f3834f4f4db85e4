import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCommand } from '@chengxin/kit/command/import';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { requestAuthorization } from '@chengxin/kit/import/authority';
import { approve } from '@chengxin/kit/import/approve';
import { propose } from '@chengxin/kit/import/propose';
import { office } from '@chengxin/finance/office';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer, authorizationOf } from '../support/imports.js';
import { goWithMachine } from '../support/machine-clock.js';

let college: TestCollege;
let folder: string;
beforeAll(async () => {
  college = await startCollege({ at: '2025-11-10T10:00:00+08:00' });
  folder = await mkdtemp(join(tmpdir(), 'chengxin-import-'));
});
afterAll(async () => {
  await college.stop();
  await rm(folder, { recursive: true });
});

const finance = () => {
  const running = college.started.offices.get('finance');
  if (!running) throw new Error('Finance is not running.');
  return running;
};
const bills = office.imports[0]!;
const HEAD = '账单编号,学号,学年,收费项目,应缴金额,缴费截止日期';
const clerk = importer('T0401', 'FIN_CLERK', ['FIN']);
const reviewer = importer('T0402', 'FIN_REVIEWER', ['FIN']);

async function write(name: string, lines: string[], encoding = 'utf8'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, iconv.encode([HEAD, ...lines, ''].join('\r\n'), encoding));
  return path;
}

const inForce = () =>
  execute(
    forkOf(finance().orm),
    `select bill_no, amount_fen, version, recorded_by, approved_by from bill order by bill_no`,
  );

test('rows come into force when a second person approves them, and not before (INV-02)', async () => {
  const file = await write(
    'first.csv',
    [
      'B-1,2025020415,2025-2026,学费,"9,800.00",2025-10-31',
      'B-2,2024010317,2025-2026,住宿费,1200,2025/10/31',
    ],
    'gb18030',
  );
  const report = await propose(finance(), bills, file, authorizationOf(clerk), {
    basisDocNo: '财〔2025〕8号',
  });
  expect(report).toEqual({
    batchId: expect.any(String),
    kind: 'bills',
    rows: 2,
    rejected: 0,
    changes: { added: 2, columns: [] },
    notes: [],
    state: 'PROPOSED',
  });
  expect(await inForce()).toEqual([]);

  await expect(approve(finance(), office.imports, report.batchId, clerk)).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN_ACTION' },
  });
  const both = { ...reviewer, subject: 'T0401' };
  await expect(approve(finance(), office.imports, report.batchId, both)).rejects.toMatchObject({
    extensions: { code: 'SOD_VIOLATION' },
  });
  expect(await inForce()).toEqual([]);

  await approve(finance(), office.imports, report.batchId, reviewer);
  expect(await inForce()).toEqual([
    { bill_no: 'B-1', amount_fen: 980000, version: 1, recorded_by: 'T0401', approved_by: 'T0402' },
    { bill_no: 'B-2', amount_fen: 120000, version: 1, recorded_by: 'T0401', approved_by: 'T0402' },
  ]);
  await expect(approve(finance(), office.imports, report.batchId, reviewer)).rejects.toMatchObject({
    extensions: { code: 'STATE_CONFLICT' },
  });
});

test('the same file twice changes nothing; a corrected row becomes the next version (F-13)', async () => {
  const same = await write('again.csv', ['B-1,2025020415,2025-2026,学费,9800.00,2025-10-31']);
  const first = await propose(finance(), bills, same, authorizationOf(clerk));
  expect(await approve(finance(), office.imports, first.batchId, reviewer)).toMatchObject({
    changed: 0,
  });

  const corrected = await write('corrected.csv', [
    'B-1,2025020415,2025-2026,学费,9900.00,2025-10-31',
  ]);
  const second = await propose(finance(), bills, corrected, authorizationOf(clerk));
  expect(await approve(finance(), office.imports, second.batchId, reviewer)).toMatchObject({
    changed: 1,
  });
  expect(await inForce()).toEqual([
    { bill_no: 'B-1', amount_fen: 990000, version: 2, recorded_by: 'T0401', approved_by: 'T0402' },
    { bill_no: 'B-2', amount_fen: 120000, version: 1, recorded_by: 'T0401', approved_by: 'T0402' },
  ]);
});

test('bad rows are listed beside the file with line, column and reason, and no value (F-13)', async () => {
  const file = await write('bad.csv', [
    'B-3,2025020415,2025-2026,学费,9800.00,2025-02-30',
    'B-4,2099999999,2025-2026,学费,9800.00,2025-10-31',
    'B-5,2025020415,2025-2026,学费,100,2025-10-31',
    'B-5,2025020415,2025-2026,学费,100,2025-10-31',
    'B-2,2025020415,2025-2026,学费,100,2025-10-31',
  ]);
  const report = await propose(finance(), bills, file, authorizationOf(clerk));
  expect(report).toMatchObject({ rows: 1, rejected: 4, rejectedFile: `${file}.rejected.csv` });
  expect((await stat(`${file}.rejected.csv`)).mode & 0o777).toBe(0o600);
  const listed = (await readFile(`${file}.rejected.csv`, 'utf8')).split(/\r?\n/).slice(1, -1);
  expect(listed.map((line) => line.split(',').slice(0, 2).join(','))).toEqual([
    '2,缴费截止日期',
    '5,billNo',
    '3,studentNo',
    '6,studentNo',
  ]);
  expect(listed.join('\n')).not.toContain('2099999999');
});

test('an amount that no bill can have is refused with its row, and the others come into force (F-13)', async () => {
  const file = await write('amounts.csv', [
    'B-10,2025020415,2025-2026,其他,21474836.47,2025-10-31',
    'B-11,2025020415,2025-2026,其他,21474836.48,2025-10-31',
    'B-12,2025020415,2025-2026,其他,0.00,2025-10-31',
  ]);
  const report = await propose(finance(), bills, file, authorizationOf(clerk));
  expect(report).toMatchObject({ rows: 1, rejected: 2 });
  expect((await readFile(`${file}.rejected.csv`, 'utf8')).split(/\r?\n/).slice(1, -1)).toEqual([
    '3,应缴金额,金额不得超过 21474836.47 元,must not be more than 21474836.47 yuan',
    '4,应缴金额,金额须大于零,must be more than zero',
  ]);
  expect(await approve(finance(), office.imports, report.batchId, reviewer)).toMatchObject({
    changed: 1,
  });
});

test('a dry run lists what is bad and keeps nothing; all or nothing keeps nothing when a row is bad', async () => {
  const file = await write('mixed.csv', [
    'B-6,2025020415,2025-2026,学费,100,2025-10-31',
    'B-7,2025020415,2025-2026,学费,100,2025-02-30',
  ]);
  const waiting = () =>
    execute(forkOf(finance().orm), 'select 1 from import_row r where batch_id = ?', [last]);
  let last = '';
  for (const [options, state] of [
    [{ dryRun: true }, 'CHECKED'],
    [{ allOrNothing: true }, 'REFUSED'],
  ] as const) {
    const report = await propose(finance(), bills, file, authorizationOf(clerk), options);
    expect(report).toEqual({
      batchId: expect.any(String),
      kind: 'bills',
      rows: 1,
      rejected: 1,
      rejectedFile: `${file}.rejected.csv`,
      changes: { added: 1, columns: [] },
      notes: [],
      state,
    });
    last = report.batchId;
    expect(await waiting()).toEqual([]);
    await expect(approve(finance(), office.imports, last, reviewer)).rejects.toMatchObject({
      extensions: { code: 'STATE_CONFLICT' },
    });
  }
});

test('values stand in the list of rejected rows only when they are requested (F-13)', async () => {
  const file = await write('values.csv', ['B-8,2025020415,2025-2026,学费,many,2025-10-31']);
  await propose(finance(), bills, file, authorizationOf(clerk));
  expect(await readFile(`${file}.rejected.csv`, 'utf8')).not.toContain('many');
  await propose(finance(), bills, file, authorizationOf(clerk), { withValues: true });
  expect(await readFile(`${file}.rejected.csv`, 'utf8')).toContain('many');
});

test('the command requests authorization from the gateway with the token of a person, and takes no other (G13.2)', async () => {
  const { gateway, token, keys } = college;
  const { databaseUrl } = finance().config;
  vi.stubEnv('FINANCE_DATABASE_URL', databaseUrl);
  vi.stubEnv('CHENGXIN_KEYS', keys);
  vi.stubEnv('CHENGXIN_GATEWAY', gateway.origin);
  onTestFinished(goWithMachine(college));
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);

  vi.stubEnv('CHENGXIN_TOKEN', await token('T0401'));
  const file = await write('command.csv', ['B-9,2024010305,2025-2026,学费,5000,2025-10-31']);
  expect(await importCommand(office, ['bills', file])).toBe(0);
  const [, batch = ''] =
    /batch ([\w-]+), 1 行 rows, 退回 rejected 0, PROPOSED/.exec(said.join('')) ?? [];

  vi.stubEnv('CHENGXIN_TOKEN', await token('T0301'));
  await expect(importCommand(office, ['bills', file])).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN_ACTION' },
  });
  vi.stubEnv('CHENGXIN_TOKEN', await token('T0402'));
  await expect(importCommand(office, ['approve', batch])).rejects.toMatchObject({
    extensions: { code: 'VALIDATION' },
  });
  expect(await importCommand(office, ['approve', batch, '--reason', '核对无误'])).toBe(0);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  expect(await inForce()).toContainEqual({
    bill_no: 'B-9',
    amount_fen: 500000,
    version: 1,
    recorded_by: 'T0401',
    approved_by: 'T0402',
  });
});

test('leave for one office is not leave for another, nor for another question', async () => {
  const { gateway, token } = college;
  const { config } = finance();
  const question = { office: 'finance', actions: ['academics.import'], target: 'x' };
  await expect(
    requestAuthorization(config, gateway.origin, await token('T0301'), question),
  ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN_ACTION' } });
  await expect(
    requestAuthorization(config, gateway.origin, 'not-a-token', {
      ...question,
      actions: ['finance.import'],
    }),
  ).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
});
