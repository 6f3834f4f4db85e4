/** The demo college: files of every office, brought in as the offices' own people would. */
import { followRecords } from '@chengxin/archive/conduct/follow';
import type { Line } from '@chengxin/archive/credit/credit-record';
import { readRuleSet } from '@chengxin/archive/credit/rule-set';
import type { DemoFile } from '@chengxin/college/demo/file';
import { generateCollege } from '@chengxin/college/demo/generate';
import { putDemoRun } from '@chengxin/college/demo-statistics';
import { loadOffices } from '@chengxin/college/office-list';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Identity } from '@chengxin/kit/call/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { explainedPoints } from '../support/explained.js';
import { importer } from '../support/imports.js';
import { runJob } from '../support/jobs.js';
import { asOwner } from '../support/sql.js';

const AT = '2026-04-15T10:00:00+08:00';
/** So many that a frozen release has more than one group. */
const STUDENTS = 1000;
const MINUTES = 60_000;

/** Who brings in what is not brought in by the office's own pair. */
const BY: Readonly<Record<string, Identity>> = {
  T0001: importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']),
  'telecom-t-01': importer('telecom-t-01', 'TPC_INST', ['91990000MA0000002E']),
  'bank-b-01': importer('bank-b-01', 'TPC_INST', ['91990000MA0000001B']),
};

async function bringAll(into: TestCollege, all: readonly DemoFile[]): Promise<void> {
  for (const { office, kind, rows, by: [clerk = ''] = [] } of all)
    await into.bring(office, kind, rows, BY[clerk]);
}

let college: TestCollege;
let files: DemoFile[];
beforeAll(async () => {
  college = await startCollege({ at: AT });
  files = generateCollege(STUDENTS, college.clock.now());
  await bringAll(college, files);
}, 3 * MINUTES);
afterAll(() => college.stop());

const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return forkOf(running.orm);
};
const rowsOf = <Row>(sql: string) => execute<Row>(archive(), sql);

test('the same instant and size give the same files', () => {
  expect(generateCollege(STUDENTS, new Date(AT))).toEqual(files);
});

test('every kind that an office imports is used, but repayment after graduation (T-05)', async () => {
  const offices = await loadOffices();
  const kinds = offices.flatMap(({ name, imports }) =>
    imports.map(({ kind }) => `${name}/${kind.name}`),
  );
  const used = files.filter(({ rows }) => rows.length).map((file) => `${file.office}/${file.kind}`);
  expect(used.toSorted()).toEqual(
    // Nobody in it has graduated.
    kinds.filter((kind) => kind !== 'thirdparty/loanPerformance').toSorted(),
  );
});

test(
  'a college of any size has no file without rows, and a small one is brought in whole',
  async () => {
    for (const students of [0, 1, 7, 50, 60])
      expect(generateCollege(students, new Date(AT)).filter(({ rows }) => !rows.length)).toEqual(
        [],
      );
    const small = await startCollege({ at: AT });
    try {
      await bringAll(small, generateCollege(50, small.clock.now()));
    } finally {
      await small.stop();
    }
  },
  3 * MINUTES,
);

interface Count {
  readonly name: string;
  readonly count: number;
}
const counted = async (sql: string): Promise<Record<string, number>> =>
  Object.fromEntries((await rowsOf<Count>(sql)).map(({ name, count }) => [name, count]));

test('between 6 and 10 of 100 students have a bad record that counts, most of them a minor one', async () => {
  const [share] = await rowsOf<{ percent: number }>(`
    select 100.0 * count(distinct c.student_no)::int / (select count(*) from student)::int as percent
    from conduct_record c where c.state in ('ACTIVE', 'MITIGATED')`);
  const percent = Number(share?.percent);
  expect(percent).toBeGreaterThanOrEqual(6);
  expect(percent).toBeLessThanOrEqual(10);
  const bySeverity = await counted(`
    select severity as name, count(*)::int as count from conduct_record
    where state = 'ACTIVE' group by severity`);
  const all = Object.values(bySeverity).reduce((sum, count) => sum + count, 0);
  expect((bySeverity['S1'] ?? 0) / all).toBeGreaterThan(0.5);
});

test('some were found by other offices and accepted, some wait, some are the archive’s own', async () => {
  const bySource = await counted(`
    select source_subgraph || ' ' || state as name, count(*)::int as count
    from conduct_record group by 1`);
  const lacking = [
    'archive ACTIVE',
    'archive PROPOSED',
    'academics ACTIVE',
    'security ACTIVE',
  ].filter((name) => !bySource[name]);
  expect(lacking).toEqual([]);
});

test('entries of all ten kinds, aid, loans and good records stand in the archive', async () => {
  const kinds = await rowsOf('select distinct kind from self_entry');
  expect(kinds).toHaveLength(10);
  const codes = await counted(`
    select indicator_code as name, count(*)::int as count from good_record
    where source_subgraph = 'archive' group by 1`);
  expect(Object.keys(codes).toSorted()).toEqual(['P-01', 'P-02', 'P-03', 'P-04', 'P-08']);
  const [round] = await rowsOf(
    `select state from aid_round where round_id = 'AR-DEMO-1' and opens_at <= '${AT}' and closes_at > '${AT}'`,
  );
  expect(round).toEqual({ state: 'OPEN' });
});

test('some owe after the due day, and grades stand term by term', async () => {
  const arrears = `{ arrearsList { nodes { daysOverdue category } } }`;
  const { data } = await college.request('T0401', arrears);
  const { nodes } = (data as { arrearsList: { nodes: { daysOverdue: number }[] } }).arrearsList;
  expect(nodes.every(({ daysOverdue }) => daysOverdue > 0)).toBe(true);
  expect(nodes.length).toBeGreaterThan(0);
  const terms = files
    .filter(({ kind }) => kind === 'grades')
    .flatMap(({ rows }) => rows.map((row) => row['学期'] ?? ''));
  expect([...new Set(terms)].toSorted()).toEqual([
    '2023-1',
    '2023-2',
    '2024-1',
    '2024-2',
    '2025-1',
  ]);
});

test('brought in once more, the same files change nothing', async () => {
  const again = files.filter(({ office }) => office === 'archive');
  for (const { office, kind, rows } of again)
    expect(await college.bring(office, kind, rows)).toMatchObject({ kind, changed: 0 });
});

test('every latest snapshot is what a recomputation of all students gives', async () => {
  const students = await rowsOf<{ no: string }>('select student_no as no from student');
  const count = async () => (await rowsOf('select 1 from credit_snapshot')).length;
  const before = await count();
  await followRecords(
    archive(),
    college.clock.now(),
    students.map(({ no }) => no),
  );
  expect(await count()).toBe(before);
});

test('the words of every stored line come to its points (4.8)', async () => {
  const views = await rowsOf<{ lines: Line[] }>(
    `select full_view->'lines' as lines from credit_snapshot`,
  );
  const severities = await rowsOf<{ id: string; severity: string }>(
    'select id, severity from conduct_record',
  );
  const severityOf = new Map(severities.map(({ id, severity }) => [id, severity]));
  const rules = readRuleSet('CR-2026.1');
  const all = views.flatMap(({ lines }) =>
    explainedPoints(rules, lines, (id) => severityOf.get(id)),
  );
  expect(all.filter(({ points, explained }) => points !== explained)).toEqual([]);
  expect(all.length).toBeGreaterThan(0);
});

test('columns of the first frozen release tell students apart (3.6)', async () => {
  await putDemoRun(college.started, college.clock.now());
  await runJob(college, 'archive', 'freezeCreditViews');
  const late = `select 1 from academic_summary where approved_at >= '2026-02-01T00:00:00+08:00'`;
  expect(await asOwner(college, 'academics', late)).toEqual([]);
  const bandsOf = async (column: string) => {
    const rows = await rowsOf<{ band: string }>(
      `select distinct ${column} as band from credit_view`,
    );
    return rows.map(({ band }) => band);
  };
  const columns = ['gpa_band', 'exam_violation_band', 'practice_hours_band', 'cadre_level'];
  const all = await Promise.all(columns.map(bandsOf));
  expect(all.filter((bands) => bands.length > 1)).not.toEqual([]);
});
