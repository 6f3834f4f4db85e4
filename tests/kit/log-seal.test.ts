/** Logs are sealed, and whoever changes one afterwards is found (G19.2, INV-13). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditCommand } from '@chengxin/kit/command/audit';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { finalId } from '@chengxin/kit/seal/final-rows';
import { leafOf, rootOf } from '@chengxin/kit/seal/merkle.rules';
import { sealLogs } from '@chengxin/kit/seal/seal-logs.job';
import { logsOf, OPERATION_LOG, type Run, type SealedLog } from '@chengxin/kit/seal/sealed-log';
import { verifyLog, type Anchor, type Verified } from '@chengxin/kit/seal/verify-logs';
import type { RunningOffice } from '@chengxin/kit/server/office';
import { office as archiveOffice } from '@chengxin/archive/office';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bill } from '../support/bill.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner, ownerOf } from '../support/sql.js';

const STUDENT = '2024010317';
const AT = new Date('2026-04-12T02:00:00Z');

describe('the tree', () => {
  // Of RFC 6962's reference implementation (merkletree_test): inputs in hex, roots after 1, 2, 3, 8.
  const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'];
  const LAST = '606162636465666768696a6b6c6d6e6f';
  test.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of %i leaves has the root of the reference implementation', (count, root) => {
    const leaves = [...INPUTS, LAST]
      .slice(0, count)
      .map((hex) => leafOf(Buffer.from(hex, 'hex').toString('latin1')));
    expect(Buffer.from(rootOf(leaves), 'base64url').toString('hex')).toBe(root);
  });
});

let college: TestCollege;
let finance: RunningOffice;
let archive: RunningOffice;
const runOn =
  ({ orm }: RunningOffice): Run =>
  (sql, parameters) =>
    execute(forkOf(orm), sql, parameters);
const onFinance = (sql: string, parameters: readonly unknown[] = []) =>
  asOwner(college, 'finance', sql, parameters);

const WRITE = `
  insert into operation_log (at, actor, role, action, target, request_id)
  select $1, 'T3001', 'FIN_CLERK', 'bill.propose', 'bill ' || n, gen_random_uuid()
  from generate_series(1, $2::int) n`;
const write = (rows: number) => onFinance(WRITE, [AT, rows]);
const seal = () => sealLogs(finance, [OPERATION_LOG], AT);
const verify = (anchors: readonly Anchor[] = [], log: SealedLog = OPERATION_LOG) =>
  verifyLog({ run: runOn(finance), keyring: finance.config.keyring, anchors }, log);
const anchorOf = ({ anchor }: Verified): Anchor => {
  if (!anchor) throw new Error('It was never sealed.');
  return anchor;
};
/** Numbers of the log, ascending. */
const ids = async (): Promise<string[]> => {
  const rows = await asOwner<{ id: string }>(
    college,
    'finance',
    'select id::text as id from operation_log order by operation_log.id',
  );
  return rows.map(({ id }) => id);
};

beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  const found = (name: string): RunningOffice => {
    const office = college.started.offices.get(name);
    if (!office) throw new Error(`There is no ${name}.`);
    return office;
  };
  finance = found('finance');
  archive = found('archive');
});
beforeEach(async () => {
  await onFinance('delete from log_seal');
  await onFinance('delete from operation_log');
  await write(5);
  await seal();
  await write(6);
  await seal();
});
afterAll(() => college.stop());

test('what nobody touched is whole, and what is not sealed yet is counted', async () => {
  await write(2);

  expect(await verify()).toEqual({
    log: 'operation_log',
    seals: 2,
    rows: 11,
    unsealed: 2,
    findings: [],
    anchor: { office: 'finance', log: 'operation_log', seal: '2', digest: expect.any(String) },
  });
});

test('with nothing new nothing is sealed', async () => {
  await seal();
  expect(await verify()).toMatchObject({ seals: 2, unsealed: 0 });
});

test.each<
  [string, (row: readonly string[]) => Promise<unknown>, (row: readonly string[]) => object[]]
>([
  [
    'altered',
    ([, , third]) => onFinance(`update operation_log set reason = 'other' where id = $1`, [third]),
    ([, , id]) => [{ seal: '1', what: 'ALTERED', id }],
  ],
  [
    'removed',
    ([, second]) => onFinance('delete from operation_log where id = $1', [second]),
    ([, id]) => [{ seal: '1', what: 'REMOVED', id }],
  ],
  [
    'replaced',
    async ([, second = '']) => {
      await onFinance('delete from operation_log where id = $1', [second]);
      await onFinance(
        `insert into operation_log (id, at, actor, role, action, target, request_id)
         overriding system value
         values ($1, $2, 'T3001', 'FIN_CLERK', 'bill.propose', 'bill 2', gen_random_uuid())`,
        [second, AT],
      );
    },
    ([, id]) => [{ seal: '1', what: 'ALTERED', id }],
  ],
  [
    're-ordered',
    async ([, , , fourth, fifth]) => {
      await onFinance('alter table operation_log alter column id drop identity');
      await onFinance(`update operation_log set id = -1 where id = $1`, [fourth]);
      await onFinance(`update operation_log set id = $1 where id = $2`, [fourth, fifth]);
      await onFinance(`update operation_log set id = $1 where id = -1`, [fifth]);
      await onFinance(
        `alter table operation_log alter column id add generated always as identity (start 100000)`,
      );
    },
    ([, , , fourth, fifth]) => [
      { seal: '1', what: 'REORDERED', id: fourth },
      { seal: '1', what: 'REORDERED', id: fifth },
    ],
  ],
])('a row that is %s is named', async (_, alter, findings) => {
  const before = await ids();
  await alter(before);

  const verified = await verify();
  expect(verified.findings).toEqual(
    findings(before).map((one) => ({ log: 'operation_log', ...one })),
  );
});

test('a row that is inserted between two seals, where a number was left out, is named', async () => {
  // A transaction that was taken back has used up a number.
  await onFinance(`do $$ begin
    insert into operation_log (at, actor, role, action, target, request_id)
      values (now(), 'x', 'x', 'x', 'x', gen_random_uuid());
    raise exception 'taken back'; exception when others then null; end $$`);
  await write(1);
  await seal();
  const all = await ids();
  const left = String(BigInt(all.at(-1) ?? '') - 1n);
  expect(all).not.toContain(left);

  await onFinance(
    `insert into operation_log (id, at, actor, role, action, target, request_id)
     overriding system value values ($1, $2, 'T3002', 'FIN_REVIEWER', 'x', 'x', gen_random_uuid())`,
    [left, AT],
  );
  expect((await verify()).findings).toEqual([
    { log: 'operation_log', seal: '3', what: 'INSERTED', id: left },
  ]);
});

test.each([
  ['leaves', `set leaves = set_byte(leaves, 3, 1 - sign(get_byte(leaves, 3))::int)`],
  ['root', `set root = reverse(root)`],
  ['instant', `set sealed_at = sealed_at - interval '1 day'`],
  ['signature', `set signature = reverse(signature)`],
])('a seal with other %s is no seal', async (_, change) => {
  await onFinance(`update log_seal ${change} where number = 2`);
  expect((await verify()).findings).toEqual([
    { log: 'operation_log', seal: '2', what: 'SEAL_ALTERED' },
  ]);
});

test('a seal that is taken away is missed by the one that follows', async () => {
  await onFinance('delete from log_seal where number = 1');
  expect((await verify()).findings).toEqual([
    { log: 'operation_log', seal: '2', what: 'SEAL_MISSING' },
  ]);
});

test('a key that nobody has published seals nothing', async () => {
  await onFinance(`update log_seal set key_id = 'finance-9' where number = 2`);
  expect((await verify()).findings).toEqual([
    { log: 'operation_log', seal: '2', what: 'SEAL_UNKNOWN_KEY' },
  ]);
});

test('whoever may do all in the database is found by what was kept elsewhere', async () => {
  const kept = anchorOf(await verify());
  // Rows and seals of the end are taken away, and the office goes on.
  await onFinance(
    `delete from operation_log where id > (select last_id from log_seal where number = 1)`,
  );
  await onFinance('delete from log_seal where number = 2');
  await write(1);
  await seal();

  expect((await verify()).findings).toEqual([]);
  expect((await verify([kept])).findings).toEqual([
    { log: 'operation_log', seal: '2', what: 'ANCHOR_BROKEN' },
  ]);
});

test('an older anchor holds while the log grows', async () => {
  const kept = anchorOf(await verify());
  await write(3);
  await seal();
  expect((await verify([kept, { ...kept, office: 'security' }])).findings).toEqual([]);
});

test('the run-time role changes no seal and takes none away', async () => {
  for (const sql of [`update log_seal set root = ''`, 'delete from log_seal'])
    await expect(execute(forkOf(finance.orm), sql)).rejects.toThrow('permission denied');
});

test('a row of a transaction that goes on is waited for: its number is lower than that of later ones', async () => {
  const owner = await ownerOf(college, 'finance');
  try {
    await owner.query('begin');
    await owner.query(WRITE, [AT, 1]);
    await write(1);
    const later = (await ids()).at(-1) ?? '';

    let looks = 0;
    const run: Run = async (sql, parameters) => {
      // Somebody else writes meanwhile, and the first one ends when he was seen twice.
      if (sql.includes('pg_locks') && ++looks === 3) {
        await write(1);
        await owner.query('commit');
      }
      return execute(forkOf(finance.orm), sql, parameters);
    };
    expect(await finalId(run, OPERATION_LOG)).toBe(later);
    expect(looks).toBeGreaterThanOrEqual(3);
  } finally {
    await owner.end();
  }
  await seal();
  expect(await verify()).toMatchObject({ rows: 14, unsealed: 0, findings: [] });
});

test('access events and calls are sealed too: who was called about, and what was disclosed', async () => {
  await college.bring('finance', 'bills', [bill('B-1', STUDENT)]);
  const headers = { 'x-purpose': 'ADMIN_REVIEW' };
  const query = `{ student(studentNo: "${STUDENT}") { name bills { billNo } } }`;
  expect((await college.request('T0001', query, { headers })).errors).toBeUndefined();
  const logs = logsOf(archiveOffice);
  expect(logs.map(({ table }) => table)).toEqual(['operation_log', 'access_event', 'access_call']);
  await sealLogs(archive, logs, AT);

  const verifyAll = async () => {
    const { keyring } = archive.config;
    const all: Verified[] = [];
    for (const log of logs)
      all.push(await verifyLog({ run: runOn(archive), keyring, anchors: [] }, log));
    return all.map(({ seals, findings }) => [seals, findings.map(({ what }) => what)]);
  };
  expect(await verifyAll()).toEqual([
    [1, []],
    [1, []],
    [1, []],
  ]);
  await asOwner(
    college,
    'archive',
    `update access_event set actor = 'T0009' where student_no = $1`,
    [STUDENT],
  );
  await asOwner(
    college,
    'archive',
    `update access_call set allowed = '{}' where student_nos = array[$1]`,
    [STUDENT],
  );
  expect(await verifyAll()).toEqual([
    [1, []],
    [1, ['ALTERED']],
    [1, ['ALTERED']],
  ]);
});

describe('the command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chengxin-audit-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  /** What it writes, and its exit code. */
  async function audit(...args: string[]) {
    vi.stubEnv('FINANCE_DATABASE_URL', finance.config.databaseUrl);
    vi.stubEnv('CHENGXIN_KEYS', college.keys);
    const written = { out: '', err: '' };
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.err += String(text);
      return true;
    });
    try {
      return { code: await auditCommand({ name: 'finance' }, args), ...written };
    } finally {
      vi.restoreAllMocks();
    }
  }

  test('says that all is whole, and writes what is to be kept elsewhere', async () => {
    const { code, out, err } = await audit();
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(anchorOf(await verify()));
    expect(err).toBe(
      'finance operation_log: 封存 seals 2, 行 rows 11, 未封存 not sealed yet 0, 不符 findings 0\n',
    );

    const file = join(folder, 'anchors.jsonl');
    await writeFile(file, out);
    expect((await audit('--anchors', file)).code).toBe(0);
  });

  test('names what is wrong, and ends with 1', async () => {
    const [first] = await ids();
    await onFinance(`update operation_log set actor = 'T3009' where id = $1`, [first]);
    const { code, err } = await audit();
    expect(code).toBe(1);
    expect(err).toContain(`  operation_log, 封存 seal 1, 行 row ${first}: 内容被改 altered\n`);
  });

  test('a file of anchors that holds something else is refused by its line', async () => {
    const file = join(folder, 'other.jsonl');
    await writeFile(file, '\n{"office":"finance"}\n');
    await expect(audit('--anchors', file)).rejects.toThrow(
      'other.jsonl, line 2: this is no anchor.',
    );
  });
});
