/** SC-12: the figures of a locked run that everybody gets, and what nobody does (DOMAIN 3.6). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { K } from '@chengxin/archive/statistics/release.rules';
import { TABLES } from '@chengxin/archive/statistics/tables';
import { exactCounts } from '@chengxin/archive/statistics/write-release';
import { OPERATIONS_FOLDER } from '@chengxin/gateway/limits/known-operations';
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { startGateway } from '@chengxin/gateway/server';
import { loadOffices } from '@chengxin/college/office-list';
import { forkOf } from '@chengxin/kit/database/orm';
import { startOffice } from '@chengxin/kit/server/office';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringReferences, CALLERS, requestAs } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { publishText } from '../support/entry.js';
import { mutate as request, refusalsOf } from '../support/mutate.js';
import { besideIt } from '../support/gateway-beside.js';
import { startTestIssuer } from '../support/issuer.js';
import { stepsOf, walk } from '../support/operation-page.js';
import { post } from '../support/post.js';
import { put } from '../support/put.js';
import { aRun, snapshotsOf, type Graded } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { errorOf } from '../support/straight.js';
import { studentRows } from '../support/student-rows.js';

/** Students of each major by grade: of the first, three have a D. */
const MAJORS = [
  { college: 'C01', classCode: '20240103', major: 'M0101', grades: { A: 30, B: 20, C: 12, D: 3 } },
  { college: 'C01', classCode: '20230102', major: 'M0102', grades: { A: 25, B: 15, C: 11, D: 14 } },
  { college: 'C02', classCode: '20240201', major: 'M0201', grades: { A: 40, B: 12, C: 10, D: 11 } },
] as const;
/** Majors of the organisation's list, of which one has no student of the run. */
const LISTED = ['C01 M0101', 'C01 M0102', 'C02 M0201', 'C02 M0202'];
const RUN = '2025H2';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
/** Everybody who was graded, by number. */
const graded: Graded[] = [];
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await bringReferences(college);
  for (const { grades, ...place } of MAJORS) {
    const all = Object.entries(grades).flatMap(([grade, count]) => Array(count).fill(grade));
    const rows = studentRows(all.length, place);
    await college.bring('archive', 'students', rows);
    graded.push(...rows.map((row, i) => ({ studentNo: row['学号'] ?? '', grade: all[i] })));
  }
  await aRun(college, { runId: RUN, cutOffAt: '2026-01-31T23:59:59+08:00' });
  await snapshotsOf(college, RUN, graded);
  await aRun(college, {
    runId: '2026H1',
    cutOffAt: '2026-04-01T00:00:00+08:00',
    state: 'CONFIRMED',
  });
});
afterAll(() => college.stop());

const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return running;
};

const FIELDS = 'metric keys { name value } value suppressed halfWidth epsilon yearlyEpsilon';
const stats = (groupBy: string, run = RUN, metric = 'GRADE_COUNT') =>
  `stats(metric: ${metric}, groupBy: [${groupBy}], run: "${run}") { ${FIELDS} }`;
const figures = (groupBy: string, run?: string, metric?: string) =>
  `{ ${stats(groupBy, run, metric)} }`;

interface Cell {
  readonly keys: readonly { value: string }[];
  readonly value: number | null;
  readonly suppressed: string | null;
  readonly halfWidth: number | null;
}
const HIDDEN = 'K_ANON_SUPPRESSED';
async function cellsOf(groupBy: string, metric?: string): Promise<Cell[]> {
  const { data, errors } = await college.request('report-svc', figures(groupBy, RUN, metric));
  expect(errors).toBeUndefined();
  return data?.['stats'] as Cell[];
}
const nameOf = ({ keys }: Cell) => keys.map(({ value }) => value).join(' ');

const prepare = (person: string, run: string) =>
  request(
    college,
    person,
    {
      name: 'prepareStatistics',
      noun: 'StatisticRelease',
      args: { run },
      fields: 'runId state version availableActions',
    },
    REVIEW,
  );
const release = (person: string, run: string, expectedVersion = 1) =>
  request(
    college,
    person,
    {
      name: 'releaseStatistics',
      noun: 'StatisticRelease',
      args: { id: run, expectedVersion },
      fields: 'runId state releasedAt version',
    },
    REVIEW,
  );
const RELEASES = '{ statisticReleases(first: 20) { nodes { runId state availableActions } } }';
const releasesTo = async (person: string, headers = {}) =>
  (await college.request(person, RELEASES, { headers })).data?.['statisticReleases'];
const stored = (table: string) =>
  asOwner(college, 'archive', `select * from ${table} order by run_id, table_name`);

test('of a run that is not locked nothing is prepared, and of none is anything published unreleased', async () => {
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
  expect(await college.request('report-svc', figures('COLLEGE'))).toEqual(refused('run'));
  expect(await college.request('report-svc', figures('COLLEGE', '2026H1'))).toEqual(refused('run'));
  expect(await college.request('report-svc', figures('COLLEGE', '2019H1'))).toEqual(refused('run'));
  for (const run of ['2026H1', '2019H1'])
    expect(refusalsOf(await prepare(FIRST, run), 'prepareStatistics')).toEqual(['VALIDATION run']);
  expect(await asOwner(college, 'archive', 'select 1 from statistic_release')).toEqual([]);
});

test('a second person releases what the first has prepared; until then nothing is computed (INV-02)', async () => {
  const prepared = await prepare(FIRST, RUN);
  expect([prepared.came, prepared.row]).toEqual([
    'OK',
    { runId: RUN, state: 'PREPARED', version: 1, availableActions: [] },
  ]);
  expect(await stored('released_statistic')).toEqual([]);
  // What waits is visible to Student Affairs alone.
  const waiting = {
    nodes: [{ runId: RUN, state: 'PREPARED', availableActions: ['statistics.release'] }],
  };
  expect(await releasesTo(SECOND, REVIEW)).toEqual(waiting);
  for (const person of ['report-svc', 'T0902', '2024010317'])
    expect(await releasesTo(person)).toEqual({ nodes: [] });
  expect((await college.request('report-svc', figures(''))).data).toEqual({ stats: null });

  expect((await release(FIRST, RUN)).came).toBe('SOD_VIOLATION');
  expect(await stored('privacy_spending')).toEqual([]);
  const released = await release(SECOND, RUN);
  expect([released.came, released.row]).toEqual([
    'OK',
    { runId: RUN, state: 'RELEASED', releasedAt: '2026-04-12T02:00:00.000Z', version: 2 },
  ]);
  expect(await releasesTo('report-svc')).toEqual({
    nodes: [{ runId: RUN, state: 'RELEASED', availableActions: [] }],
  });
});

test('each table has the cells of the lists, its error and what it spent', async () => {
  const lines = (places: readonly string[]) =>
    places.flatMap((place) => [...['A', 'B', 'C', 'D'].map((grade) => `${place} ${grade}`), place]);
  const cells = await cellsOf('COLLEGE, MAJOR');
  // Each college has a line for students whose major is not on the list.
  const expected = lines([...LISTED.slice(0, 2), 'C01', ...LISTED.slice(2), 'C02']);
  expect(cells.map(nameOf)).toEqual(expected);
  expect((await cellsOf('COLLEGE')).map(nameOf)).toEqual(lines(['C01', 'C02']));
  expect((await cellsOf('')).map(nameOf)).toEqual(['A', 'B', 'C', 'D', '']);
  expect(
    cells.map(({ value, suppressed, keys: _, ...rest }) => {
      return { ...rest, isHidden: value === null, isSmall: suppressed === HIDDEN };
    }),
  ).toEqual(
    cells.map(({ value, keys }) => ({
      metric: 'GRADE_COUNT',
      epsilon: 100,
      yearlyEpsilon: 400,
      halfWidth: keys.at(-1)?.value.length === 1 ? 6 : 12,
      isHidden: value === null,
      isSmall: value === null,
    })),
  );
  expect(cells.every(({ value }) => value === null || value >= K)).toBe(true);

  const dimensions = await cellsOf('COLLEGE', 'DIMENSION_COUNT');
  expect(dimensions).toHaveLength(2 * 6 * (3 + 1));
  expect(dimensions[0]?.keys.map(({ value }) => value)).toEqual(['C01', 'D1', '100']);
  for (const [metric, names] of [
    ['COMMITMENT_COUNT', ['KEPT', 'BROKEN', 'UNDECIDED', '']],
    ['WARNING_COUNT', ['NONE', 'YELLOW', 'ORANGE', 'RED', '']],
  ] as const)
    expect((await cellsOf('', metric)).map(nameOf)).toEqual(names);
});

test('values lie near the true ones, and add up', async () => {
  // Beyond ten times the width the noise is once in more than 10^9 colleges.
  const near = (cell: Cell | undefined, exact: number) =>
    Math.abs((cell?.value ?? exact) - exact) <= 10 * (cell?.halfWidth ?? 0);
  const school = await cellsOf('');
  const colleges = await cellsOf('COLLEGE');
  const exact = { A: 95, B: 47, C: 33, D: 28, '': 203 };
  for (const [name, count] of Object.entries(exact)) {
    const whole = school.find((cell) => nameOf(cell) === name);
    expect(near(whole, count)).toBe(true);
    const parts = colleges.filter(
      (cell) =>
        nameOf(cell) === (name ? `C01 ${name}` : 'C01') ||
        nameOf(cell) === (name ? `C02 ${name}` : 'C02'),
    );
    const isWhole = parts.every(({ value }) => value !== null);
    const sum = parts.reduce((total, { value }) => total + (value ?? 0), 0);
    expect(isWhole ? sum : whole?.value).toBe(whole?.value);
  }
});

test('a table has one value for every caller, however often and beside whatever it is selected', async () => {
  const first = await college.request('report-svc', figures('COLLEGE, MAJOR'));
  for (const [role] of CALLERS)
    expect([role, await requestAs(college, role, figures('COLLEGE, MAJOR'))]).toEqual([
      role,
      first,
    ]);
  const names = ['a', 'b', 'c'];
  const again = `{ ${names.map((name) => `${name}: ${stats('MAJOR, COLLEGE')}`).join(' ')} }`;
  const { data } = await college.request('report-svc', again);
  for (const name of names) expect(data?.[name]).toEqual(first.data?.['stats']);
});

test('the shipped and the documented operation pass for whoever has no login, by the usual limits (3.1)', async () => {
  const shipped = readFileSync(join(OPERATIONS_FOLDER, 'grade-statistics.graphql'), 'utf8');
  const documented = stepsOf('statistics.md').find(({ name }) => name === 'GradesByMajor')?.text;
  const issuer = await startTestIssuer(college.clock);
  const usual = await startGateway(
    await besideIt(college, issuer, { limits: LIMITS_OF_ONE_CALLER }),
  );
  const requested = async (query = '') =>
    (await post(usual.url, JSON.stringify({ query, variables: { run: RUN } }))).body as Answer;
  try {
    const values = (await cellsOf('COLLEGE, MAJOR')).map(({ value }) => value);
    for (const query of [shipped, documented]) {
      const { data, errors } = await requested(query);
      expect(errors).toBeUndefined();
      expect(((data?.['stats'] ?? []) as Cell[]).map(({ value }) => value)).toEqual(values);
    }
    // Two whole tables, or many small ones; not all that an alias can ask for.
    const times = (count: number, groupBy: string) =>
      `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${stats(groupBy)}`).join(' ')} }`;
    const costs = async (query: string) =>
      (await requested(query)).errors?.map(({ extensions }) => extensions['limit']);
    expect(await costs(times(2, 'COLLEGE, MAJOR'))).toBeUndefined();
    expect(await costs(times(3, 'COLLEGE, MAJOR'))).toEqual(['officeCost']);
    expect(await costs(times(20, ''))).toBeUndefined();
  } finally {
    await usual.stop();
    await issuer.stop();
  }
});

test('two servers have the same values, and so has one that is started anew', async () => {
  const before = await college.request(null, figures('COLLEGE, MAJOR'));
  const definition = (await loadOffices()).find(({ name }) => name === 'archive');
  if (!definition) throw new Error('There is no archive.');
  const other = await startOffice(definition, { ...archive().config, port: 0 });
  college.divert('archive', other.url);
  expect(await college.request(null, figures('COLLEGE, MAJOR'))).toEqual(before);
  college.divert('archive');
  await other.stop();
  expect(await college.request(null, figures('COLLEGE, MAJOR'))).toEqual(before);
});

test('shares are whole percents of what is published', async () => {
  const counts = await cellsOf('COLLEGE');
  const shares = await cellsOf('COLLEGE', 'GRADE_SHARE');
  const totalOf = (name: string) => counts.find((cell) => nameOf(cell) === name.slice(0, 3))?.value;
  expect(shares.map((cell) => [nameOf(cell), cell.value])).toEqual(
    counts
      .filter(({ keys }) => keys.length === 2)
      .map((cell) => {
        const total = totalOf(nameOf(cell)) ?? 0;
        return [nameOf(cell), cell.value && Math.round((cell.value * 100) / total)];
      }),
  );
});

test('as many statements for a table of one line as for one of many', async () => {
  const count = async (groupBy: string) =>
    (await countStatements(() => college.request('report-svc', figures(groupBy)))).byOffice;
  await count('');
  expect(await count('COLLEGE, MAJOR')).toEqual(await count(''));
});

test('figures cannot be grouped by what is sensitive, nor by a table that is not released', async () => {
  const ethnic = await college.request('report-svc', figures('ETHNIC'));
  expect(ethnic.data).toBeUndefined();
  expect(ethnic.errors?.map(({ extensions }) => extensions['code'])).toEqual(['VALIDATION']);
  for (const [groupBy, metric] of [
    ['MAJOR', 'GRADE_COUNT'],
    ['COLLEGE, COLLEGE', 'GRADE_COUNT'],
    ['COLLEGE, MAJOR', 'DIMENSION_COUNT'],
  ])
    expect(await college.request('report-svc', figures(groupBy ?? '', RUN, metric))).toEqual({
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

test('a release is made once: what changes afterwards changes no figure (SC-09)', async () => {
  const before = await cellsOf('COLLEGE, MAJOR');
  expect((await release(SECOND, RUN, 2)).came).toBe('STATE_CONFLICT');
  expect(refusalsOf(await prepare(FIRST, RUN), 'prepareStatistics')).toEqual(['VALIDATION run']);
  await asOwner(
    college,
    'archive',
    `update student set major_code = 'M0102' where student_no = $1`,
    [graded[0]?.studentNo],
  );
  expect(await cellsOf('COLLEGE, MAJOR')).toEqual(before);
});

/** Exact counts of a table by place and value, which no caller reads. */
async function exactOf(table: string) {
  const [of] = TABLES.filter(({ name }) => name === table);
  const counts = await exactCounts(forkOf(archive().orm), of!, RUN);
  return Object.fromEntries(
    counts.map(({ college: place, major, part, value, count }) => [
      `${place} ${major} ${part} ${value}`,
      count,
    ]),
  );
}

test('a student counts once in each part of a table, whatever his records are', async () => {
  const inMajor = graded.filter(({ studentNo }) => studentNo.startsWith('2024020'));
  const [one, two, three, four] = inMajor.map(({ studentNo }) => studentNo);
  const warn = (studentNo: string | undefined, colour: string, more = {}) =>
    put(college, 'archive', 'warning', {
      student_no: studentNo!,
      code: 'W-01',
      colour,
      trigger_rule: 'PLANTED',
      trigger_groups: ['BAD_CONDUCT'],
      raised_at: '2025-12-01T00:00:00Z',
      handler_office: 'SAO',
      state: 'NOTIFIED',
      ...more,
    });
  for (const colour of ['YELLOW', 'RED', 'ORANGE', 'YELLOW']) await warn(one, colour);
  await warn(two, 'YELLOW');
  // Before its notice, of third parties, not proven, of another half-year, after the cut-off: none counts.
  await warn(three, 'RED', { state: 'RAISED' });
  await warn(three, 'RED', { trigger_groups: ['PHONE_BILLS'] });
  await warn(three, 'RED', { trigger_groups: ['COMMITMENTS', 'PENDING_CONDUCT'] });
  await warn(three, 'RED', { raised_at: '2025-06-01T00:00:00Z' });
  await warn(three, 'RED', { raised_at: '2026-02-01T00:00:00Z' });
  await publishText(college, ['COMMITMENT', 'AWARD', 'E-2026.1', 'SAO']);
  const promise = (studentNo: string | undefined, state: string, businessRef: string) =>
    put(college, 'archive', 'commitment', {
      student_no: studentNo!,
      matter: 'AWARD',
      template_version: 'E-2026.1',
      owner_office: 'SAO',
      business_ref: businessRef,
      signed_at: '2025-12-01T00:00:00Z',
      signature_hash: 'a'.repeat(64),
      state,
      recorded_by: FIRST,
      recorded_at: '2025-12-01T00:00:00Z',
    });
  for (const [at, state] of ['FULFILLED', 'BREACHED', 'FULFILLED', 'IN_FORCE'].entries())
    await promise(one, state, `AW-${at}`);
  await promise(two, 'FULFILLED', 'AW-0');
  await promise(three, 'IN_FORCE', 'AW-0');

  const ofC02 = inMajor.length;
  expect(await exactOf('WARNING')).toMatchObject({
    'C02 M0201 0 RED': 1,
    'C02 M0201 0 YELLOW': 1,
    'C02 M0201 0 NONE': ofC02 - 2,
  });
  expect(await exactOf('COMMITMENT')).toMatchObject({
    'C02 M0201 0 BROKEN': 1,
    'C02 M0201 0 KEPT': 1,
    'C02 M0201 0 UNDECIDED': ofC02 - 2,
  });
  const dimensions = Object.entries(await exactOf('DIMENSION'));
  const inPart = (part: number) =>
    dimensions.reduce(
      (sum, [name, count]) => sum + (name.split(' ')[2] === String(part) ? count : 0),
      0,
    );
  expect([0, 1, 2, 3, 4, 5, 6].map(inPart)).toEqual([...Array(6).fill(graded.length), 0]);

  // Whose major is not on the list of his college is counted there, and in no major.
  await asOwner(
    college,
    'archive',
    `update student set major_code = 'M0101' where student_no = $1`,
    [four],
  );
  const grades = await exactOf('GRADE');
  expect(Object.entries(grades).filter(([name]) => name.startsWith('C02 null'))).toEqual([
    [`C02 null 0 ${inMajor[3]?.grade}`, 1],
  ]);
});

test('twelve months allow four releases of a table; of two for the last one is refused', async () => {
  const runs = ['2025H2b', '2025H2c', '2025H2d', '2025H2e'];
  for (const runId of runs) await aRun(college, { runId, cutOffAt: '2026-02-28T00:00:00Z' });
  // The first by the operations of docs/statistics.md, as they stand there.
  const people = new Map([
    ['first', FIRST],
    ['second', SECOND],
    ['anybody', 'report-svc'],
  ]);
  const walked = await walk(college, 'statistics.md', people, { run: '2025H2b' });
  expect(walked.map(([name, errors]) => [name, errors])).toEqual([
    ['PrepareStatistics', undefined],
    ['ReleaseStatistics', undefined],
    ['GradesByMajor', undefined],
  ]);
  for (const runId of runs.slice(1)) expect((await prepare(FIRST, runId)).came).toBe('OK');
  expect((await release(SECOND, '2025H2c')).came).toBe('OK');
  const came = await Promise.all([release(SECOND, '2025H2d'), release(SECOND, '2025H2e')]);
  expect(came.map((one) => one.came).toSorted()).toEqual(['OK', 'STATE_CONFLICT']);
  expect(came.map(({ row }) => String(row.state)).toSorted()).toEqual(['PREPARED', 'RELEASED']);
  const late = came.find((one) => one.came !== 'OK')?.row['runId'] as string;
  const spent = await asOwner(
    college,
    'archive',
    'select table_name, sum(epsilon)::integer as spent from privacy_spending group by 1 order by 1',
  );
  expect(spent).toEqual(
    ['COMMITMENT', 'DIMENSION', 'GRADE', 'WARNING'].map((name) => ({
      table_name: name,
      spent: 400,
    })),
  );
  expect((await college.request(null, figures('', late))).data).toEqual({ stats: null });

  // The next calendar year brings nothing, twelve months do.
  college.clock.set('2027-04-12T09:59:59+08:00');
  expect((await release(SECOND, late)).came).toBe('STATE_CONFLICT');
  college.clock.set('2027-04-12T10:00:00+08:00');
  expect((await release(SECOND, late)).came).toBe('OK');
});

test('the run-time role spends nothing past the budget, and changes nothing that was released', async () => {
  const client = new pg.Client({ connectionString: archive().config.databaseUrl });
  await client.connect();
  const refusal = async (sql: string) =>
    client.query(sql).then(
      () => 'done',
      (error: pg.DatabaseError) => error.constraint ?? error.code,
    );
  try {
    await aRun(college, { runId: '2026H2', cutOffAt: '2027-01-31T00:00:00Z' });
    await aRun(college, { runId: '2026H2b', cutOffAt: '2027-01-31T00:00:00Z' });
    for (const [run, state] of [
      ['2026H2', 'PREPARED'],
      ['2026H2b', 'RELEASED'],
    ] as const)
      await put(college, 'archive', 'statistic_release', {
        run_id: run,
        state,
        recorded_by: FIRST,
        recorded_at: '2027-02-01T00:00:00Z',
        ...(state === 'RELEASED' && { approved_by: SECOND, approved_at: '2027-02-01T00:00:00Z' }),
      });
    const spend = (run: string, epsilon: number) =>
      `insert into privacy_spending values ('${run}', 'GRADE', ${epsilon}, '2027-04-12T03:00:00Z')`;
    const cell = (run: string) =>
      `insert into released_statistic values ('${run}', 'GRADE', '', 99, '[]', 12, 6)`;
    expect({
      unreleased: await refusal(spend('2026H2', 1)),
      tooMuch: await refusal(spend('2026H2b', 400)),
      unspent: await refusal(cell('2026H2b')),
      more: await refusal('update privacy_budget set yearly_epsilon = 9999'),
      another: await refusal(`insert into privacy_budget values ('OTHER', 9999)`),
      back: await refusal('delete from privacy_spending'),
      less: await refusal('update privacy_spending set epsilon = 1'),
      anew: await refusal('update released_statistic set value = 11'),
      gone: await refusal('delete from released_statistic'),
    }).toEqual({
      unreleased: 'privacy_spending_released',
      tooMuch: 'privacy_budget_not_overspent',
      unspent: 'released_statistic_run_id_table_name_fkey',
      more: '42501',
      another: '42501',
      back: '42501',
      less: '42501',
      anew: '42501',
      gone: '42501',
    });
  } finally {
    await client.end();
  }
});

test('a run that takes the place of another changes no figure of it (SC-09)', async () => {
  const before = await cellsOf('COLLEGE, MAJOR');
  await asOwner(
    college,
    'archive',
    `update evaluation_run set state = 'SUPERSEDED', superseded_at = '2026-04-12T00:00:00Z'
     where run_id = $1`,
    [RUN],
  );
  expect(await cellsOf('COLLEGE, MAJOR')).toEqual(before);
});
