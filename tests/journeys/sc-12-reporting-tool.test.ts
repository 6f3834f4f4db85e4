/** SC-12: what a reporting tool gets of a locked run, and what it does not (DOMAIN 3.6). */
import { releaseStatistics } from '@chengxin/archive/statistics/write-statistics';
import { forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { aRun, snapshotsOf, type Graded } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';
import { studentRows } from '../support/student-rows.js';

/** Students of each major by grade: of the first, three have a D. */
const MAJORS = [
  { college: 'C01', classCode: '20240103', major: 'M0101', grades: { A: 30, B: 20, C: 12, D: 3 } },
  { college: 'C01', classCode: '20230102', major: 'M0102', grades: { A: 25, B: 15, C: 11, D: 14 } },
  { college: 'C02', classCode: '20240201', major: 'M0201', grades: { A: 40, B: 12, C: 10, D: 11 } },
] as const;

let college: TestCollege;
/** Everybody who was graded, by number. */
const graded: Graded[] = [];
beforeAll(async () => {
  college = await startCollege({ at: '2026-07-31T23:00:00+08:00' });
  for (const { grades, ...place } of MAJORS) {
    const all = Object.entries(grades).flatMap(([grade, count]) => Array(count).fill(grade));
    const rows = studentRows(all.length, place);
    await college.bring('archive', 'students', rows);
    graded.push(...rows.map((row, i) => ({ studentNo: row['学号'] ?? '', grade: all[i] })));
  }
  await aRun(college, { runId: '2026H1', cutOffAt: '2026-07-31T23:59:59+08:00' });
  await snapshotsOf(college, '2026H1', graded);
  await aRun(college, {
    runId: '2026H2',
    cutOffAt: '2027-01-31T23:59:59+08:00',
    state: 'CONFIRMED',
  });
});
afterAll(() => college.stop());

const em = () => {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('The archive is not running.');
  return forkOf(archive.orm);
};

const figures = (groupBy: string, run = '2026H1', metric = 'GRADE_COUNT') =>
  `{ stats(metric: ${metric}, groupBy: [${groupBy}], run: "${run}") {
    keys { value } value suppressed } }`;

interface Cell {
  readonly keys: readonly { value: string }[];
  readonly value: number | null;
  readonly suppressed: string | null;
}
/** Cells by name: `C01 M0101 D`; the total of a line by the name of the line. */
async function table(person: string | null, groupBy: string, metric?: string) {
  const { data, errors } = await college.request(person, figures(groupBy, '2026H1', metric));
  expect(errors).toBeUndefined();
  const cells = data?.['stats'] as Cell[];
  return Object.fromEntries(
    cells.map(({ keys, value, suppressed }) => [
      keys.map((key) => key.value).join(' '),
      suppressed ?? value,
    ]),
  );
}
const HIDDEN = 'K_ANON_SUPPRESSED';

test('nothing is published of a run before its tables are released, nor of one that is not locked', async () => {
  const refused = (of: string) => ({
    data: { stats: null },
    errors: [
      {
        message: expect.stringContaining(of),
        path: ['stats'],
        extensions: { code: 'VALIDATION' },
      },
    ],
  });
  expect(await college.request('report-svc', figures('COLLEGE'))).toEqual(refused('groupBy'));
  expect(await college.request('report-svc', figures('COLLEGE', '2026H2'))).toEqual(refused('run'));
  expect(await college.request('report-svc', figures('COLLEGE', '2019H1'))).toEqual(refused('run'));
  await expect(releaseStatistics(em(), '2026H2')).rejects.toMatchObject({
    extensions: { code: 'VALIDATION' },
  });
  expect(await asOwner(college, 'archive', 'select 1 from released_statistic')).toEqual([]);
});

test('a major with three D is suppressed there, and so are the cells that would disclose it', async () => {
  await releaseStatistics(em(), '2026H1');
  expect(await table('report-svc', 'COLLEGE, MAJOR')).toEqual({
    'C01 M0101 A': 30,
    'C01 M0101 B': 20,
    'C01 M0101 C': HIDDEN,
    'C01 M0101 D': HIDDEN,
    'C01 M0101': 65,
    'C01 M0102 A': 25,
    'C01 M0102 B': 15,
    'C01 M0102 C': HIDDEN,
    'C01 M0102 D': HIDDEN,
    'C01 M0102': 65,
    'C02 M0201 A': 40,
    'C02 M0201 B': 12,
    'C02 M0201 C': 10,
    'C02 M0201 D': 11,
    'C02 M0201': 73,
  });
  expect(await table('report-svc', 'COLLEGE')).toEqual({
    'C01 A': 55,
    'C01 B': 35,
    'C01 C': 23,
    'C01 D': 17,
    C01: 130,
    'C02 A': 40,
    'C02 B': 12,
    'C02 C': 10,
    'C02 D': 11,
    C02: 73,
  });
  expect(await table('report-svc', '')).toEqual({ A: 95, B: 47, C: 33, D: 28, '': 203 });
});

test('shares are whole percents of what is released', async () => {
  expect(await table('report-svc', 'MAJOR, COLLEGE', 'GRADE_SHARE')).toEqual({
    'C01 M0101 A': 46,
    'C01 M0101 B': 31,
    'C01 M0101 C': HIDDEN,
    'C01 M0101 D': HIDDEN,
    'C01 M0102 A': 38,
    'C01 M0102 B': 23,
    'C01 M0102 C': HIDDEN,
    'C01 M0102 D': HIDDEN,
    'C02 M0201 A': 55,
    'C02 M0201 B': 16,
    'C02 M0201 C': 14,
    'C02 M0201 D': 15,
  });
});

test('every caller gets the same figures, with a token or without', async () => {
  const ofService = await table('report-svc', 'COLLEGE, MAJOR');
  for (const person of [null, '2024010317', 'T0401', 'T0902', 'T0903', 'province-conn'])
    expect(await table(person, 'COLLEGE, MAJOR')).toEqual(ofService);
});

test('figures cannot be grouped by what is sensitive, nor by a table that is not released', async () => {
  const ethnic = await college.request('report-svc', figures('ETHNIC'));
  expect(ethnic.data).toBeUndefined();
  expect(ethnic.errors?.map(({ extensions }) => extensions['code'])).toEqual(['VALIDATION']);
  const major = await college.request('report-svc', figures('MAJOR'));
  expect(major).toEqual({
    data: { stats: null },
    errors: [
      {
        message: expect.stringContaining('groupBy'),
        path: ['stats'],
        extensions: { code: 'VALIDATION' },
      },
    ],
  });
});

test('the service account reaches no student', async () => {
  expect(
    await college.request('report-svc', '{ student(studentNo: "2024010317") { name } }'),
  ).toEqual({
    data: { student: null },
    errors: [errorOf('NOT_FOUND', ['student'])],
  });
});

test('tables are computed once: what changes afterwards changes no figure (SC-09)', async () => {
  const before = await table(null, 'COLLEGE, MAJOR');
  await expect(releaseStatistics(em(), '2026H1')).rejects.toMatchObject({
    extensions: { code: 'STATE_CONFLICT' },
  });
  const [first] = graded;
  await asOwner(
    college,
    'archive',
    `update student set major_code = 'M0102' where student_no = $1`,
    [first?.studentNo],
  );
  expect(await table(null, 'COLLEGE, MAJOR')).toEqual(before);
});

test('a cell that moved by a few since a table of the last 12 months is not published again (3.6)', async () => {
  // One student of C02 rose from B to A; nobody else changed.
  const risen = graded.find(
    ({ studentNo, grade }) => studentNo.startsWith('202402') && grade === 'B',
  );
  const now = graded.map((one) => (one === risen ? { ...one, grade: 'A' } : one));
  await asOwner(
    college,
    'archive',
    `update student set major_code = 'M0101' where student_no = $1`,
    [graded[0]?.studentNo],
  );
  await aRun(college, { runId: '2026H2b', cutOffAt: '2027-01-31T23:59:59+08:00' });
  await snapshotsOf(college, '2026H2b', now);
  await releaseStatistics(em(), '2026H2b');
  const { data } = await college.request(null, figures('', '2026H2b'));
  const cells = data?.['stats'] as Cell[] | undefined;
  expect(cells?.map(({ value, suppressed }) => suppressed ?? value)).toEqual([
    HIDDEN,
    HIDDEN,
    33,
    28,
    203,
  ]);
});
