/** Every import run of every office is a batch that the archive learns of (G5.3, Z2.4, Z5.1.1). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATALOGUE } from '@chengxin/archive/rules/catalogue-item.loader';
import { batchesOf } from '@chengxin/archive/collection/collection.consume';
import { office as finance } from '@chengxin/finance/office';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import { startFeedReader } from '@chengxin/kit/feed/reader';
import { approve } from '@chengxin/kit/import/approve';
import { propose } from '@chengxin/kit/import/propose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CALLERS } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer, authorizationOf } from '../support/imports.js';
import { EnumValue, mutate, on, refusalsOf, type ChangedRow } from '../support/mutate.js';
import { put } from '../support/put.js';
import { countStatements } from '../support/statements.js';
import { rows } from './conduct-events.js';

const HEAD = '账单编号,学号,学年,收费项目,应缴金额,缴费截止日期';
const clerk = importer('T0401', 'FIN_CLERK', ['FIN']);
const reviewer = importer('T0402', 'FIN_REVIEWER', ['FIN']);
const bills = finance.imports[0]!;

let college: TestCollege;
let folder: string;
beforeAll(async () => {
  college = await startCollege();
  folder = await mkdtemp(join(tmpdir(), 'chengxin-collection-'));
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-1',
      用途: '评优',
      名称: '年度评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: '2024010317',
      评审人工号: 'T0701',
    },
  ]);
});
afterAll(async () => {
  await college.stop();
  await rm(folder, { recursive: true });
});

const running = (name: string) => {
  const office = college.started.offices.get(name);
  if (!office) throw new Error(`${name} is not running.`);
  return office;
};

async function billsFile(name: string, lines: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, [HEAD, ...lines, ''].join('\r\n'));
  return path;
}

/** As a reader of the archive's own would be started anew, with the cursor that is stored. */
function readerParts() {
  const { orm, config } = running('archive');
  const { keyring, clock, log } = config;
  return { orm, keyring, clock, log };
}

/** All that finance ever published of its batches, once more and at once. */
async function publishAgain() {
  const events = await execute<FeedEvent>(
    forkOf(running('finance').orm),
    `select topic, key, version, payload from outbox where topic = 'collection' order by xid, id`,
  );
  await forkOf(running('archive').orm).transactional((em) =>
    batchesOf('finance')(em as EntityManager, events, college.clock.now()),
  );
}

/** What the archive holds of finance, oldest first. */
const kept = () =>
  rows(
    college,
    `select kind, unit, catalogue_item as item, row_count as rows, rejected_count as rejected,
       changed_count as changed, state, version from collection_batch
     where source = 'finance' order by received_at, batch_id`,
  );

interface Listed {
  readonly office: string | null;
  readonly catalogueItem: string | null;
  readonly receivedOn: string | null;
  readonly [field: string]: unknown;
}
const STATUS = `query ($unit: String) { collectionStatus(year: 2026, unit: $unit, first: 100) { nodes {
  office catalogueItem dueOn receivedOn rows rejected changed state verdict
  errors { line column reason } } } }`;
const nodesOf = (data: unknown): Listed[] =>
  (data as { collectionStatus: { nodes: Listed[] } }).collectionStatus.nodes;
async function status(person: string, headers: Record<string, string> = {}, unit?: string) {
  const { data } = await college.request(person, STATUS, { headers, variables: { unit } });
  return nodesOf(data);
}
const ADMIN = { 'x-purpose': 'ADMIN_REVIEW' };

const missing = (office: string, catalogueItem: string, dueOn: string, verdict: string) => ({
  office,
  catalogueItem,
  dueOn,
  receivedOn: null,
  rows: null,
  rejected: null,
  changed: null,
  state: null,
  verdict,
  errors: null,
});
const NO_SUCH_STUDENT = '学号不在册 no such student in the roster';
const BILLS = {
  office: 'FIN',
  catalogueItem: 'FIN-001',
  dueOn: '2026-10-31',
  receivedOn: '2026-04-12',
  rows: 1,
  rejected: 1,
  changed: 1,
  state: 'IN_FORCE',
  verdict: 'RECEIVED',
  errors: [{ line: 3, column: 'studentNo', reason: NO_SUCH_STUDENT }],
};
const HOURS = {
  office: 'CYL',
  catalogueItem: 'CYL-003',
  dueOn: '2026-07-15',
  receivedOn: '2026-04-12',
  rows: 1,
  rejected: 0,
  changed: 1,
  state: 'IN_FORCE',
  verdict: 'RECEIVED',
  errors: [],
};

test('the archive learns of a batch when it is received and when it comes into force', async () => {
  const file = await billsFile('first.csv', [
    'B-1,2025020415,2025-2026,学费,9800.00,2025-10-31',
    'B-2,2099999999,2025-2026,学费,9800.00,2025-10-31',
  ]);
  const { batchId } = await propose(running('finance'), bills, file, authorizationOf(clerk));
  await college.settle();
  const received = { kind: 'bills', unit: 'FIN', item: 'FIN-001', rows: 1, rejected: 1 };
  expect(await kept()).toEqual([{ ...received, changed: null, state: 'RECEIVED', version: 1 }]);

  await approve(running('finance'), finance.imports, batchId, reviewer);
  await college.settle();
  expect(await kept()).toEqual([{ ...received, changed: 1, state: 'IN_FORCE', version: 2 }]);
});

test('a dry run, and a file that all-or-nothing refuses, leave no batch', async () => {
  const before = await rows(college, 'select * from collection_batch order by source, batch_id');
  const file = await billsFile('refused.csv', [
    'B-3,2025020415,2025-2026,学费,9800.00,2025-10-31',
    'B-4,2099999999,2025-2026,学费,9800.00,2025-10-31',
  ]);
  await propose(running('finance'), bills, file, authorizationOf(clerk), { dryRun: true });
  await propose(running('finance'), bills, file, authorizationOf(clerk), { allOrNothing: true });
  await college.settle();
  expect(await rows(college, 'select * from collection_batch order by source, batch_id')).toEqual(
    before,
  );
});

test('Student Affairs, the leading group and an audit read of every unit what is due, here and missing', async () => {
  await college.bring('youthleague', 'volunteerHours', [
    { 学号: '2024010317', 学期: '2025-2', 时长: '45', 确认日期: '2026-04-01' },
  ]);
  const expected = [
    missing('AAO', 'AAO-001', '2026-01-15', 'MISSING'),
    missing('AAO', 'AAO-001', '2026-07-15', 'DUE'),
    missing('AAO', 'AAO-002', '2026-01-15', 'MISSING'),
    missing('AAO', 'AAO-002', '2026-07-15', 'DUE'),
    missing('AAO', 'AAO-004', '2026-01-15', 'MISSING'),
    missing('AAO', 'AAO-004', '2026-07-15', 'DUE'),
    missing('CYL', 'CYL-001', '2026-01-15', 'MISSING'),
    missing('CYL', 'CYL-001', '2026-07-15', 'DUE'),
    missing('CYL', 'CYL-003', '2026-01-15', 'MISSING'),
    HOURS,
    BILLS,
    ...['SAO-005', 'SAO-007'].map((catalogueItem) => ({
      office: 'SAO',
      catalogueItem,
      dueOn: null,
      receivedOn: '2026-04-12',
      rows: 1,
      rejected: 0,
      changed: 1,
      state: 'IN_FORCE',
      verdict: 'RECEIVED',
      errors: [],
    })),
    ...['SAO-009', 'SAO-010', 'SAO-011', 'SAO-014'].map((item) =>
      missing('SAO', item, '2026-10-31', 'DUE'),
    ),
  ];
  expect(await status('T0001', ADMIN)).toEqual(expected);
  expect(await status('T0902')).toEqual(expected);
  expect(await status('T0901', { 'x-reference': 'AU-1' })).toEqual(expected);
  expect(await status('T0001', ADMIN, 'FIN')).toEqual([BILLS]);
});

test('a clerk reads his own unit, and no other by naming it (OWN_UNIT); a college supplies nothing', async () => {
  expect(await status('T0401')).toEqual([BILLS]);
  expect(await status('T0402', {}, 'CYL')).toEqual([]);
  expect((await status('T0601')).map(({ office }) => office)).toEqual(['CYL', 'CYL', 'CYL', 'CYL']);
  expect(await status('T0110', ADMIN)).toEqual([]);
});

test('the operator reads technical fields alone (note 20)', async () => {
  const answer = await college.request('T0903', STATUS, { variables: { unit: 'FIN' } });
  expect(nodesOf(answer.data)).toEqual([
    {
      ...missing('FIN', 'FIN-001', '', ''),
      catalogueItem: null,
      dueOn: null,
      verdict: null,
      receivedOn: '2026-04-12',
      rows: 1,
    },
  ]);
  const refused = [
    'catalogueItem',
    'dueOn',
    'rejected',
    'changed',
    'state',
    'verdict',
    'errors',
  ].map((field) => ({
    message: expect.any(String),
    path: ['collectionStatus', 'nodes', 0, field],
    extensions: {
      code: 'FORBIDDEN_FIELD',
      group: 'COLLECTION',
      clause: 'FG41',
      rule: 'SYS_OPERATOR.FG41',
      masked: true,
    },
  }));
  expect(answer.errors).toEqual(refused);
});

test('an evaluator and a counsellor are refused', async () => {
  for (const [person, headers, rule] of [
    ['T0701', { 'x-case': 'EC-1' }, 'EV_AWARD.FG41'],
    ['T0101', ADMIN, 'COUNSELLOR.FG41'],
  ] as const)
    expect(
      await college.request(person, '{ collectionQuality(year: 2026) { timely } }', { headers }),
    ).toEqual({
      data: { collectionQuality: null },
      errors: [
        {
          message: expect.any(String),
          path: ['collectionQuality'],
          extensions: { code: 'FORBIDDEN_FIELD', group: 'COLLECTION', clause: 'FG41', rule },
        },
      ],
    });
});

test('pages follow one another, and their cursors serve one question alone', async () => {
  const PAGE = `query ($after: String, $unit: String) {
    collectionStatus(year: 2026, first: 10, after: $after, unit: $unit) {
      nodes { catalogueItem dueOn } pageInfo { hasNextPage endCursor } } }`;
  type Page = { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  const page = async (variables: object) => {
    const { data, errors } = await college.request('T0001', PAGE, {
      headers: ADMIN,
      variables: { ...variables },
    });
    return { page: data?.['collectionStatus'] as Page, errors };
  };
  const first = await page({});
  const { endCursor: after, hasNextPage } = first.page.pageInfo;
  const second = await page({ after });
  expect(hasNextPage).toBe(true);
  expect(second.page.pageInfo.hasNextPage).toBe(false);
  const all = await status('T0001', ADMIN);
  expect([...first.page.nodes, ...second.page.nodes]).toEqual(
    all.map(({ catalogueItem, dueOn }) => ({ catalogueItem, dueOn })),
  );
  const foreign = await page({ after, unit: 'FIN' });
  expect(foreign.errors?.[0]?.extensions['code']).toBe('VALIDATION');
});

test('a year that is none is not valid', async () => {
  for (const year of [-1, 2147483647]) {
    const query = `{ collectionQuality(year: ${year}) { timely } }`;
    const { data, errors } = await college.request('T0001', query, { headers: ADMIN });
    expect(data).toEqual({ collectionQuality: null });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'VALIDATION' }]);
  }
});

test('quality is reported in three rates, of all units or of the own one (Z2.4)', async () => {
  const QUALITY = `query ($unit: String) {
    collectionQuality(year: 2026, unit: $unit) { timely complete accurate } }`;
  const quality = async (person: string, headers = {}, unit?: string) =>
    (await college.request(person, QUALITY, { headers, variables: { unit } })).data;
  // Seven dues count: five missed in January, and two that came before their day. Five rows, one bad.
  expect(await quality('T0001', ADMIN)).toEqual({
    collectionQuality: { timely: 28, complete: 28, accurate: 80 },
  });
  expect(await quality('T0401')).toEqual({
    collectionQuality: { timely: 100, complete: 100, accurate: 50 },
  });
  expect(await quality('T0110', ADMIN)).toEqual({
    collectionQuality: { timely: null, complete: null, accurate: null },
  });
});

const tasksOf = async (person: string | null, headers = {}) => {
  const query = '{ myTasks { kind count dueOn ref } }';
  const { data } = await college.request(person, query, { headers });
  const tasks = (data?.['myTasks'] ?? []) as { readonly kind: string }[];
  const kinds = new Set(['DELIVER_LATE_ITEMS', 'COMPLETE_BATCHES']);
  return tasks.filter(({ kind }) => kinds.has(kind));
};
const late = (count: number) => [
  { kind: 'DELIVER_LATE_ITEMS', count, dueOn: '2026-07-15', ref: null },
];
const POST = { org: '社团', post: '部长', level: 'SCHOOL', fromOn: '2025-09-01' };
const BILL = {
  billNo: 'B-FORM',
  academicYear: '2025-2026',
  item: 'TUITION',
  amountFen: 1000,
  dueOn: '2025-10-31',
};

test('what is late or incomplete waits for the people of its unit, and for nobody else (W-09)', async () => {
  const now = college.clock.now();
  const incomplete = { kind: 'COMPLETE_BATCHES', count: 1, dueOn: '2026-10-31', ref: null };
  for (const person of ['T0401', 'T0402']) expect(await tasksOf(person)).toEqual([incomplete]);
  // On the last day nothing is late yet, and what was missed in January is of a period that is over.
  college.clock.set('2026-07-15T10:00:00+08:00');
  for (const person of ['T0301', 'T0601']) expect(await tasksOf(person)).toEqual([]);
  college.clock.set('2026-07-16T10:00:00+08:00');
  const expected: Readonly<Record<string, readonly unknown[]>> = {
    AAO_CLERK: late(3),
    AAO_REVIEWER: late(3),
    CYL_CLERK: late(1),
    CYL_REVIEWER: late(1),
    FIN_CLERK: [incomplete],
    FIN_REVIEWER: [incomplete],
  };
  for (const [role, person, headers] of CALLERS)
    expect([role, await tasksOf(person, headers)]).toEqual([role, expected[role] ?? []]);
  // One post or bill by form is no file: what is late stays late, and what is incomplete so.
  const byForm = async (person: string, name: string, noun: string, args: object) => {
    const { came, row } = await mutate(college, person, {
      name: `propose${name}`,
      noun,
      args: { ...args, studentNo: '2025020415' },
    });
    const approved = { name: `approve${name}`, noun, args: on(row) };
    const reviewer = person === 'T0601' ? 'T0602' : 'T0402';
    expect([came, (await mutate(college, reviewer, approved)).came]).toEqual(['OK', 'OK']);
    await college.settle();
  };
  const before = [await status('T0001', ADMIN, 'FIN'), await status('T0001', ADMIN, 'CYL')];
  await byForm('T0601', 'CadrePost', 'YouthleagueImportBatch', POST);
  await byForm('T0401', 'Bill', 'FinanceImportBatch', BILL);
  expect(await tasksOf('T0601')).toEqual(late(1));
  expect(await tasksOf('T0401')).toEqual([incomplete]);
  expect([await status('T0001', ADMIN, 'FIN'), await status('T0001', ADMIN, 'CYL')]).toEqual(
    before,
  );
  const { statements } = await countStatements(() => tasksOf('T0301'));
  expect(statements.filter(({ text }) => text.includes('collection_batch'))).toHaveLength(1);

  college.clock.set('2026-07-17T10:00:00+08:00');
  const whole = await billsFile('whole.csv', ['B-5,2025020415,2025-2026,其他,10.00,2025-10-31']);
  const again = await propose(running('finance'), bills, whole, authorizationOf(clerk));
  await approve(running('finance'), finance.imports, again.batchId, reviewer);
  await college.settle();
  expect(await tasksOf('T0401')).toEqual([]);
  // Months later the term is over: what did not come is no more to be delivered for it.
  college.clock.set('2026-08-01T10:00:00+08:00');
  expect(await tasksOf('T0301')).toEqual([]);
  college.clock.set(now.toISOString());
});

test('the archive is down during an import and up later: nothing is lost and nothing doubled', async () => {
  const feeds = running('archive').feeds;
  for (const feed of feeds) await feed.stop();
  const before = (await kept()).length;
  const file = await billsFile('later.csv', ['B-9,2025020415,2025-2026,其他,10.00,2025-10-31']);
  const { batchId } = await propose(running('finance'), bills, file, authorizationOf(clerk));
  await approve(running('finance'), finance.imports, batchId, reviewer);
  expect((await kept()).length).toBe(before);

  const reader = startFeedReader(readerParts(), {
    source: 'finance',
    address: () => college.started.addresses('finance'),
    handlers: { collection: batchesOf('finance') },
  });
  await reader.settle();
  await reader.settle();
  await reader.stop();
  const after = await kept();
  expect(after.length).toBe(before + 1);
  expect(after).toContainEqual({
    kind: 'bills',
    unit: 'FIN',
    item: 'FIN-001',
    rows: 1,
    rejected: 0,
    changed: 1,
    state: 'IN_FORCE',
    version: 2,
  });
  await publishAgain();
  expect(await kept()).toEqual(after);
});

test('an event that is not of the promised shape waits, and the feed goes on', async () => {
  const before = await kept();
  await forkOf(running('archive').orm).transactional((em) =>
    batchesOf('finance')(
      em as EntityManager,
      [{ topic: 'collection', key: 'no-number', version: 1, payload: { rows: 'many' } }],
      college.clock.now(),
    ),
  );
  expect(await kept()).toEqual(before);
  expect(
    await rows(college, `select key, reason from parked_event where topic = 'collection'`),
  ).toEqual([{ key: 'no-number', reason: 'MALFORMED' }]);
});

const SUBMITTED_FIELDS = `id version state catalogueItem periodFrom periodUntil dueOn isNil rows rejected
  submittedOn verdict verifiedOn availableActions`;
const handOver = (person: string, args: object) =>
  mutate(college, person, {
    name: 'submitBatch',
    noun: 'SubmittedBatch',
    args: { ...args },
    fields: SUBMITTED_FIELDS,
  });
const checking = (reference: string) => ({
  'x-role': 'SCHOOL_ADMIN',
  'x-purpose': 'COLLECTION',
  'x-reference': reference,
});
const verify = (
  person: string,
  { id, version: expectedVersion }: ChangedRow,
  args: object = {},
  headers: Record<string, string> = checking(id),
) => {
  const given = { id, expectedVersion, verdict: new EnumValue('COMPLETE'), ...args };
  const mutation = { name: 'verifyBatch', noun: 'SubmittedBatch', fields: SUBMITTED_FIELDS };
  return mutate(college, person, { ...mutation, args: given }, headers);
};
const qualityOf = async (unit: string) => {
  const query = `{ collectionQuality(year: 2026, unit: "${unit}") { timely complete accurate } }`;
  return (await college.request('T0001', query, { headers: ADMIN })).data?.['collectionQuality'];
};
/** Who may do what is looked up anew after five seconds (INV-21). */
const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 6000).toISOString());

describe('What an office hands over', () => {
  const HANDED = `{ collectionStatus(year: 2026, first: 100) { nodes {
    catalogueItem receivedOn rows verdict submission { state verdict } } } }`;
  const statusOf = async (item: string) => {
    const { data } = await college.request('T0001', HANDED, { headers: ADMIN });
    return nodesOf(data).filter(({ catalogueItem }) => catalogueItem === item);
  };

  test('counts the import runs in force of its period, once, and is checked by Student Affairs (G5.3)', async () => {
    const [{ good, bad }] = (await rows(
      college,
      `select sum(row_count)::int as good, sum(rejected_count)::int as bad from collection_batch
       where catalogue_item = 'FIN-001' and state = 'IN_FORCE'`,
    )) as [{ good: number; bad: number }];
    const wanted = { catalogueItem: 'FIN-001', periodOn: '2026-03-01' };
    const nil = await handOver('T0401', { ...wanted, isNil: true });
    expect(refusalsOf(nil, 'submitBatch')).toEqual(['VALIDATION isNil']);
    const { came, row } = await handOver('T0401', wanted);
    expect([came, row]).toEqual([
      'OK',
      {
        id: row.id,
        version: 1,
        state: 'SUBMITTED',
        catalogueItem: 'FIN-001',
        periodFrom: '2026-01-01',
        periodUntil: '2026-12-31',
        dueOn: '2026-10-31',
        isNil: false,
        rows: good,
        rejected: bad,
        submittedOn: '2026-04-12',
        verdict: null,
        verifiedOn: null,
        availableActions: [],
      },
    ]);
    expect((await handOver('T0401', { ...wanted, periodOn: '2026-11-30' })).came).toBe(
      'STATE_CONFLICT',
    );
    const done = await verify('T0001', row);
    expect([done.came, done.row.state, done.row['verdict'], done.row['verifiedOn']]).toEqual([
      'OK',
      'VERIFIED',
      'COMPLETE',
      '2026-04-12',
    ]);
    expect((await statusOf('FIN-001')).map(({ submission }) => submission)).toContainEqual({
      state: 'VERIFIED',
      verdict: 'COMPLETE',
    });
  });

  test.each([
    ['of another office', { catalogueItem: 'AAO-001', periodOn: '2026-03-01' }, 'catalogueItem'],
    ['that is none', { catalogueItem: 'FIN-999', periodOn: '2026-03-01' }, 'catalogueItem'],
    ['not begun yet', { catalogueItem: 'FIN-001', periodOn: '2027-01-01' }, 'periodOn'],
    ['of which nothing came', { catalogueItem: 'FIN-001', periodOn: '2024-03-01' }, 'isNil'],
  ])('is no item %s', async (_, args, path) => {
    expect(refusalsOf(await handOver('T0401', args), 'submitBatch')).toEqual([
      `VALIDATION ${path}`,
    ]);
  });

  test('a nil report counts as received, late where it is late, until it goes back (INV-18)', async () => {
    const TERM = { catalogueItem: 'CYL-001', periodOn: '2025-12-01', isNil: true };
    // Four dues of the unit: two are past, and one of the others came before its day.
    expect(await qualityOf('CYL')).toEqual({ timely: 33, complete: 33, accurate: 100 });
    const { came, row } = await handOver('T0601', TERM);
    expect([came, row['rows'], row['dueOn']]).toEqual(['OK', 0, '2026-01-15']);
    expect(await qualityOf('CYL')).toEqual({ timely: 33, complete: 66, accurate: 100 });
    expect((await statusOf('CYL-001'))[0]).toEqual({
      catalogueItem: 'CYL-001',
      receivedOn: '2026-04-12',
      rows: 0,
      verdict: 'LATE',
      submission: { state: 'SUBMITTED', verdict: null },
    });

    const back = await verify('T0001', row, { verdict: new EnumValue('INCOMPLETE') });
    expect([back.came, back.row.state]).toEqual(['OK', 'RETURNED']);
    expect(await qualityOf('CYL')).toEqual({ timely: 33, complete: 33, accurate: 100 });
    expect((await statusOf('CYL-001'))[0]).toEqual({
      catalogueItem: 'CYL-001',
      receivedOn: null,
      rows: null,
      verdict: 'MISSING',
      submission: { state: 'RETURNED', verdict: 'INCOMPLETE' },
    });
    expect((await handOver('T0601', TERM)).came).toBe('OK');
  });

  test('is read by its own office, and by those who see every unit (OWN_UNIT)', async () => {
    const LIST = '{ submittedBatches(first: 10) { nodes { office state } } }';
    const listed = async (person: string, headers = {}) => {
      const { data } = await college.request(person, LIST, { headers });
      const found = data?.['submittedBatches'] as { nodes: { office: string }[] } | null;
      return found?.nodes.map(({ office }) => office).toSorted();
    };
    expect(await listed('T0401')).toEqual(['FIN']);
    expect(await listed('T0001', ADMIN)).toEqual(['CYL', 'CYL', 'FIN']);
    expect(await listed('T0902')).toEqual(['CYL', 'CYL', 'FIN']);
    expect(await listed('T0110', ADMIN)).toEqual([]);
    expect(await listed('T0903')).toBeUndefined();
  });

  test('fulfils an item whose rows came by form, until it goes back (W-09)', async () => {
    const now = college.clock.now();
    college.clock.set('2026-07-16T10:00:00+08:00');
    expect(await tasksOf('T0601')).toEqual(late(1));
    const { row } = await handOver('T0601', { catalogueItem: 'CYL-001', periodOn: '2026-07-16' });
    expect(row).toMatchObject({ isNil: false, rows: 1 });
    expect(await tasksOf('T0601')).toEqual([]);
    const ofTerm = async () => (await statusOf('CYL-001')).at(-1);
    expect(await ofTerm()).toMatchObject({ receivedOn: '2026-07-16', rows: 1, verdict: 'LATE' });
    expect((await verify('T0001', row, { verdict: new EnumValue('INCOMPLETE') })).came).toBe('OK');
    expect(await tasksOf('T0601')).toEqual(late(1));
    expect(await ofTerm()).toMatchObject({ receivedOn: null, rows: null, verdict: 'MISSING' });
    college.clock.set(now.toISOString());
  });
});

describe('The purpose COLLECTION', () => {
  const READS = '{ collectionQuality(year: 2026, unit: "FIN") { complete } }';
  const codesOf = async (reference: string | undefined, query: string) => {
    const headers = { ...checking(reference ?? ''), ...(!reference && { 'x-reference': '' }) };
    const { errors = [] } = await college.request('T0001', query, { headers });
    return errors.map(({ extensions: { code } }) => code);
  };
  const waiting = async (periodOn: string) =>
    (await handOver('T0401', { catalogueItem: 'FIN-001', periodOn, isNil: true })).row;

  test('wants a batch that waits to be checked, and opens no student for it (3.1b)', async () => {
    const row = await waiting('2023-05-01');
    for (const none of [undefined, 'FIN-001', '00000000-0000-4000-8000-00000000dead'])
      expect(await codesOf(none, READS)).toEqual(['PURPOSE_REQUIRED']);
    expect(await codesOf(row.id, READS)).toEqual([]);
    expect(await codesOf(row.id, '{ student(studentNo: "2024010317") { name } }')).toEqual([
      'NOT_FOUND',
    ]);
    const { data } = await college.request(
      'T0001',
      '{ students(first: 5) { nodes { studentNo } } }',
      { headers: checking(row.id) },
    );
    expect(data).toEqual({ students: { nodes: [] } });
    expect((await verify('T0001', row)).came).toBe('OK');
    // Once it is decided it is open to him who did, for so long that he may request the same again.
    soon();
    expect(await codesOf(row.id, READS)).toEqual([]);
    college.clock.set(new Date(college.clock.now().getTime() + 300_000).toISOString());
    expect(await codesOf(row.id, READS)).toEqual(['PURPOSE_REQUIRED']);
  });

  test('opens the batch that it names, and no other', async () => {
    const [one, other] = [await waiting('2022-05-01'), await waiting('2021-05-01')];
    expect((await verify('T0001', one, {}, checking(other.id))).came).toBe('FORBIDDEN_ACTION');
    expect((await verify('T0001', one, {}, ADMIN)).came).toBe('PURPOSE_REQUIRED');
    expect((await verify('T0001', one)).came).toBe('OK');
  });

  test('whoever handed it over checks nothing of it, and neither does who brought in a run of it (INV-02)', async () => {
    const row = await waiting('2020-05-01');
    await put(college, 'archive', 'admin_grant', {
      staff_no: 'T0401',
      role: 'SCHOOL_ADMIN',
      org_code: 'SCHOOL',
      valid_from: '2026-01-01T00:00:00Z',
      state: 'ACTIVE',
      recorded_by: 'T0001',
      recorded_at: '2026-01-01T00:00:00Z',
      approved_by: 'T0002',
      approved_at: '2026-01-01T00:00:00Z',
    });
    soon();
    expect((await verify('T0401', row)).came).toBe('SOD_VIOLATION');

    const [{ run }] = (await rows(college, 'select gen_random_uuid()::text as run')) as [
      { run: string },
    ];
    await rows(
      college,
      `update submitted_batch set is_nil = false, import_runs = array['${run}']
       where id = '${row.id}'`,
    );
    await rows(
      college,
      `insert into operation_log (at, actor, role, action, target, target_type, target_id, request_id)
       values (now(), 'T0001', 'SCHOOL_ADMIN', 'student.import', '${run}', 'ImportBatch', '${run}', 'x')`,
    );
    expect((await verify('T0001', row)).came).toBe('SOD_VIOLATION');
    expect((await verify('T0002', row)).came).toBe('OK');
  });
});

describe('The overview of the archives', () => {
  const OVERVIEW = `{ archiveOverview(year: 2026) { asOf archives { state count }
    units { office catalogueItems due received importRuns importRunsWaiting lastReceivedOn submitted
      verified returned quality { timely complete accurate } } } }`;
  interface Overview {
    readonly asOf: string;
    readonly archives: readonly { readonly state: string; readonly count: number }[] | null;
    readonly units: readonly { readonly office: string; readonly quality: object }[];
  }
  const overview = async (person: string, headers = {}) => {
    const answer = await college.request(person, OVERVIEW, { headers });
    return { ...answer, shown: answer.data?.['archiveOverview'] as Overview };
  };

  test('has every unit of the catalogue with its rates, in one statement for any number of them (G5.1, Z2.4)', async () => {
    const { result, byOffice } = await countStatements(() => overview('T0001', ADMIN));
    const { shown, errors } = result;
    expect(errors).toBeUndefined();
    expect(shown.units.map(({ office }) => office)).toEqual(
      [...new Set(CATALOGUE.map(({ providerOffice }) => providerOffice))].toSorted(),
    );
    for (const { office, quality } of shown.units) expect(quality).toEqual(await qualityOf(office));
    expect(shown.units.find(({ office }) => office === 'CYL')).toEqual({
      office: 'CYL',
      catalogueItems: 3,
      due: 3,
      received: 2,
      importRuns: 1,
      importRunsWaiting: 0,
      lastReceivedOn: '2026-04-12',
      submitted: 1,
      verified: 0,
      returned: 2,
      quality: { timely: 33, complete: 66, accurate: 100 },
    });
    const own = await countStatements(() => overview('T0902'));
    expect(own.byOffice).toEqual(byOffice);
  });

  test('counts archives in full tens: nothing below ten is told from nothing (3.6)', async () => {
    const counts = (await rows(
      college,
      'select state, count(*)::int as count from archive group by state',
    )) as { state: string; count: number }[];
    const exact = new Map(counts.map(({ state, count }) => [state, count]));
    const { archives } = (await overview('T0902')).shown;
    expect(archives).toEqual(
      archives?.map(({ state }) => ({
        state,
        count: Math.floor((exact.get(state) ?? 0) / 10) * 10,
      })),
    );
    expect(archives?.map(({ count }) => count)).not.toEqual([...exact.values()]);
  });

  test('shows a unit itself alone, and no count of students; the operator and others have none', async () => {
    const { shown } = await overview('T0401', { 'x-role': 'FIN_CLERK' });
    expect([shown.units.map(({ office }) => office), shown.archives]).toEqual([['FIN'], null]);
    expect((await overview('T0110', ADMIN)).shown).toMatchObject({ units: [], archives: null });
    for (const person of ['T0903', '2024010317'])
      expect((await overview(person)).errors?.map(({ extensions }) => extensions['code'])).toEqual([
        'FORBIDDEN_FIELD',
      ]);
  });
});
