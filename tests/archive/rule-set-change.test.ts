/** How the numbers of the evaluation change: drafted, commented on, resolved, tested, activated (4.8, INV-16). */
import { backTestRuleSets } from '@chengxin/archive/rule-set/back-test.job';
import { followRecords } from '@chengxin/archive/conduct/follow';
import { forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftedNumbers, resolvedAt } from '../change/rule-set.plan.js';
import { bringReferences, CALLERS, requestAs, STUDENT } from '../support/callers.js';
import { useArchive } from '../support/archive-in-use.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import { mutate, refusalsOf, type Outcome } from '../support/mutate.js';
import { newStudent } from '../support/new-student.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { StudentRows } from './procedure-rows.js';

const START = '2026-04-13T10:00:00+08:00';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const FIRST = 'T0001';
const SECOND = 'T0002';
const LEADER = 'T0902';
const OTHER = '2024010305';
const THIRD = '2024020111';

/** Graver for a general record (S2), milder for a serious one (S3). */
const NUMBERS = {
  base: { S1: 300, S2: 1500, S3: 1600, S4: 4000 },
  indicators: { 'P-01': { points: 150 } },
};

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);
const others = new StudentRows(() => college, OTHER);
const third = new StudentRows(() => college, THIRD);
const sql = <Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
  asOwner<Row>(college, 'archive', text, values);
const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return running;
};
const compute = () =>
  followRecords(forkOf(archive().orm), college.clock.now(), [STUDENT, OTHER, THIRD]);
const backTest = () => backTestRuleSets.run(archive(), college.clock.now());

const act = (person: string, name: string, args: object): Promise<Outcome> =>
  mutate(
    college,
    person,
    {
      name,
      noun: 'RuleSet',
      fields: 'id revision version state sha256 commentFrom commentUntil effectiveFrom',
      args: { ...args },
    },
    person === LEADER ? {} : REVIEW,
  );
const draft = (more: object = {}, person = FIRST) =>
  act(person, 'draftRuleSet', {
    ruleSetVersion: 'CR-2026.2',
    parameters: draftedNumbers(NUMBERS),
    ...more,
  });
const stored = async (version = 'CR-2026.2') => {
  const [row] = await sql<{ id: string; expectedVersion: number; state: string }>(
    `select id, revision as "expectedVersion", state from rule_set where version = $1`,
    [version],
  );
  if (!row) throw new Error(`There is no ${version}.`);
  return { id: row.id, expectedVersion: row.expectedVersion };
};
const everything = () =>
  sql(`select (select jsonb_agg(r order by r.version) from rule_set r) as sets,
    (select count(*)::int from operation_log) as log, (select count(*)::int from change_key) as keys`);
async function refused(work: () => Promise<Outcome>): Promise<Outcome> {
  const before = await everything();
  const outcome = await work();
  expect(await everything()).toEqual(before);
  return outcome;
}
const latestTest = async () => {
  const [row] = await sql<{ id: string }>(
    'select id from rule_set_back_test order by computed_at desc limit 1',
  );
  return row?.id ?? '';
};
const scoreOf = async (person: string) => {
  const { data } = await college.request(
    person,
    `{ student(studentNo: "${person}") { credit { score grade ruleSetVersion } } }`,
  );
  return (data?.['student'] as { credit: object } | null)?.credit;
};

const found = { occurred_on: '2026-03-02', found_on: '2026-03-02', finding_on: '2026-03-02' };
beforeAll(async () => {
  college = await startCollege({ at: START });
  await bringReferences(college);
  // S3 with weight 1.0: 80.00 by the set in force, 84.00 by the other.
  await rows.record('GRAVE', 'D3-01', 'BAD_CONDUCT', 'SAO', 'ACTIVE', found);
  // S2: 92.00 by the set in force, and no less by the other, for it was found before.
  await others.record('OLD', 'D3-01', 'BAD_CONDUCT', 'SAO', 'ACTIVE', { ...found, severity: 'S2' });
  // 77.00 C by the set in force, 81.00 B by the other.
  await third.record('MAJOR', 'D3-01', 'BAD_CONDUCT', 'SAO', 'ACTIVE', found);
  const minor = { ...found, severity: 'S1' };
  await third.record('MINOR', 'D1-04', 'ACADEMIC_MISCONDUCT', 'AAO', 'ACTIVE', minor);
  await compute();
});
afterAll(() => college.stop());

describe('Drafted by Student Affairs', () => {
  test.each([
    ['no version of that form', { ruleSetVersion: 'new' }, 'ruleSetVersion'],
    ['no JSON', { parameters: '{' }, 'parameters'],
    ['a number that is missing', { parameters: '{}' }, 'parameters.start'],
    [
      'a number that there is not',
      { parameters: draftedNumbers({ bonus: 1 }) },
      'parameters.bonus',
    ],
    ['another start', { parameters: draftedNumbers({ start: 9000 }) }, 'start'],
    [
      'a graver record for less',
      { parameters: draftedNumbers({ base: { S1: 900, S2: 800, S3: 2000, S4: 4000 } }) },
      'base',
    ],
    [
      'what fades back',
      {
        parameters: draftedNumbers({
          fading: {
            S1: [
              { throughDay: 9, percent: 50 },
              { throughDay: 20, percent: 90 },
            ],
          },
        }),
      },
      'fading.S2',
    ],
    [
      'more for third parties (T-04)',
      {
        parameters: draftedNumbers({
          thirdParty: { deductionCap: 301, floors: [9500, 8000, 6000] },
        }),
      },
      'thirdParty.deductionCap',
    ],
    [
      'other floors (INV-20)',
      {
        parameters: draftedNumbers({
          thirdParty: { deductionCap: 300, floors: [9000, 8000, 6000] },
        }),
      },
      'thirdParty.floors',
    ],
    [
      'what scores after graduation (T-05)',
      { parameters: draftedNumbers({ neverScored: [] }) },
      'neverScored',
    ],
    [
      'a state that closes and counts (INV-06)',
      {
        parameters: draftedNumbers({ repairPercent: { ACTIVE: 100, MITIGATED: 50, REPAIRED: 10 } }),
      },
      'repairPercent.REPAIRED',
    ],
    [
      'an unknown indicator',
      { parameters: draftedNumbers({ indicators: { 'D9-01': { weightTenths: 1 } } }) },
      'indicators.D9-01',
    ],
    [
      'a weight beyond all',
      { parameters: draftedNumbers({ indicators: { 'D3-01': { weightTenths: 101 } } }) },
      'indicators.D3-01.weightTenths',
    ],
  ])('%s is refused, by its place', async (_, args, place) => {
    const outcome = await refused(() => draft(args));
    expect(refusalsOf(outcome, 'draftRuleSet').map((one) => one.split(' ')[0])).toEqual([
      'VALIDATION',
    ]);
    expect(JSON.stringify(outcome)).toContain(place);
  });

  test('with a digest of its numbers, whatever their order; nobody else sees it', async () => {
    const { came, row } = await draft();
    expect([came, row]).toEqual([
      'OK',
      {
        id: expect.any(String),
        revision: 1,
        version: 'CR-2026.2',
        state: 'DRAFT',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        commentFrom: null,
        commentUntil: null,
        effectiveFrom: null,
      },
    ]);
    const turned = JSON.stringify(
      Object.fromEntries(
        Object.entries(JSON.parse(draftedNumbers(NUMBERS)) as object).toReversed(),
      ),
    );
    const again = await draft({ ruleSetVersion: 'CR-2026.3', parameters: turned });
    expect(again.row['sha256']).toBe(row['sha256']);
    expect((await refused(() => draft())).came).toBe('VALIDATION');
    // What is served of the set in force is a draft as it stands: its version alone is taken.
    const { data: open } = await college.request(null, '{ ruleSets { parameters } }');
    const [served] = (open?.['ruleSets'] ?? []) as { parameters: string }[];
    const copy = { parameters: served?.parameters };
    expect(refusalsOf(await refused(() => draft(copy)), 'draftRuleSet')).toEqual([
      'VALIDATION ruleSetVersion',
    ]);
    const versions = async (person: string | null, headers = {}) => {
      const { data } = await college.request(person, '{ ruleSets { version } }', { headers });
      const sets = (data?.['ruleSets'] ?? []) as { version: string }[];
      return sets.map(({ version }) => version);
    };
    expect(await versions(FIRST, REVIEW)).toEqual(['CR-2026.1', 'CR-2026.2', 'CR-2026.3']);
    expect(await versions(LEADER)).toEqual(['CR-2026.1', 'CR-2026.2', 'CR-2026.3']);
    expect(await versions(null)).toEqual(['CR-2026.1']);
    expect(await versions(STUDENT)).toEqual(['CR-2026.1']);
  });

  test('its indicators have its own numbers, for who reads the draft and nobody else (L-18)', async () => {
    const own = { indicators: { 'D3-01': { weightTenths: 7 }, 'P-01': { points: 150, cap: 300 } } };
    const parameters = draftedNumbers({ ...own, dimensionCaps: { D3: 4500 } });
    expect((await draft({ ruleSetVersion: 'CR-2026.4', parameters })).came).toBe('OK');
    const query = `{ ruleSets { version indicators {
      code weight points cap dimension { code deductionCap } } } }`;
    type Listed = { readonly version: string; readonly indicators: readonly { code: string }[] };
    const indicatorsFor = async (person: string | null, headers = {}) => {
      const { data } = await college.request(person, query, { headers });
      const sets = (data?.['ruleSets'] ?? []) as Listed[];
      return new Map(sets.map(({ version, indicators }) => [version, indicators]));
    };
    const [installed, drafted] = ['CR-2026.1', 'CR-2026.4'] as const;
    const seen = await indicatorsFor(LEADER);
    const before = seen.get(installed) ?? [];
    expect(before).toHaveLength(51);
    const changed = (seen.get(drafted) ?? []).filter(
      (one, i) => JSON.stringify(one) !== JSON.stringify(before[i]),
    );
    expect(changed.filter(({ code }) => ['D3-01', 'D3-02', 'P-01'].includes(code))).toEqual([
      {
        code: 'D3-01',
        weight: '0.7',
        points: null,
        cap: null,
        dimension: { code: 'D3', deductionCap: 4500 },
      },
      {
        ...before.find(({ code }) => code === 'D3-02'),
        dimension: { code: 'D3', deductionCap: 4500 },
      },
      { code: 'P-01', weight: null, points: 150, cap: 300, dimension: null },
    ]);
    expect(changed.filter(({ code }) => !code.startsWith('D3') && code !== 'P-01')).toEqual([]);
    expect(await indicatorsFor(FIRST, REVIEW)).toEqual(seen);
    // The same by its version, for the same people.
    const byVersion = `{ indicators(version: "${drafted}") {
      code weight points cap dimension { code deductionCap } } }`;
    for (const [role] of CALLERS) {
      const { data, errors = [] } = await requestAs(college, role, byVersion);
      const isReader = role === 'SCHOOL_ADMIN' || role === 'LEADING_GROUP';
      expect([role, data?.['indicators']]).toEqual([role, isReader ? seen.get(drafted) : null]);
      const codes = errors.map(({ extensions }) => extensions['code']);
      expect([role, codes]).toEqual([role, isReader ? [] : ['NOT_FOUND']]);
    }
    for (const [role] of CALLERS) {
      if (role === 'SCHOOL_ADMIN' || role === 'LEADING_GROUP') continue;
      const { data } = await requestAs(college, role, query);
      const sets = (data?.['ruleSets'] ?? []) as Listed[];
      expect([role, sets.map(({ version }) => version)]).toEqual([role, [installed]]);
    }
  });

  test('what is drafted never changes, and is not deleted', async () => {
    for (const change of [
      `update rule_set set parameters = '{}' where version = 'CR-2026.2'`,
      `update rule_set set sha256 = repeat('0', 64) where version = 'CR-2026.2'`,
      `delete from rule_set where version = 'CR-2026.2'`,
    ])
      await expect(sql(change)).rejects.toThrow('a rule set does not change');
  });
});

describe('Commented on, and resolved by the leading group', () => {
  test('ten working days at least', async () => {
    const tooShort = await refused(async () =>
      act(SECOND, 'openRuleSetComment', { ...(await stored()), until: '2026-04-24' }),
    );
    expect(refusalsOf(tooShort, 'openRuleSetComment')).toEqual(['VALIDATION until']);
    const { came, row } = await act(SECOND, 'openRuleSetComment', await stored());
    expect([came, row['state'], row['commentFrom'], row['commentUntil']]).toEqual([
      'OK',
      'REVIEW',
      '2026-04-13',
      '2026-04-27',
    ]);
    const { data } = await college.request(null, '{ ruleSets { version state parameters } }');
    expect(data).toEqual({
      ruleSets: [
        expect.objectContaining({ version: 'CR-2026.1' }),
        {
          version: 'CR-2026.2',
          state: 'REVIEW',
          parameters: expect.stringContaining('"S2":1500'),
        },
      ],
    });
  });

  test('not before the comments end, nor by a resolution of before', async () => {
    const early = await resolvedAt(college, '2026-04-20');
    const approve = async (resolutionNo: string) =>
      act(LEADER, 'approveRuleSet', { ...(await stored()), resolutionNo, reason: '会议决议' });
    expect((await refused(() => approve(early))).came).toBe('STATE_CONFLICT');
    college.clock.set('2026-04-30T10:00:00+08:00');
    for (const no of [early, 'none'])
      expect(refusalsOf(await refused(() => approve(no)), 'approveRuleSet')).toEqual([
        'VALIDATION resolutionNo',
      ]);
    const passed = await resolvedAt(college, '2026-04-29');
    const { came, row } = await approve(passed);
    expect([came, row['state']]).toEqual(['OK', 'APPROVED']);
    await expect(
      sql(`update rule_set set resolution_no = $1 where version = 'CR-2026.2'`, [early]),
    ).rejects.toThrow('a rule set does not change');
  });
});

describe('Tested on every stored record', () => {
  test('once a day, as a stored result; what is small is hidden', async () => {
    await backTest();
    await backTest();
    const { data } = await college.request(
      LEADER,
      `{ ruleSetBackTests(version: "CR-2026.2") {
        ruleSetVersion comparedWith onDay students spread { by grade before after } } }`,
    );
    const tests = data?.['ruleSetBackTests'] as {
      spread: { by: string; grade: string; before: number | null }[];
    }[];
    expect(tests).toEqual([
      {
        ruleSetVersion: 'CR-2026.2',
        comparedWith: 'CR-2026.1',
        onDay: '2026-04-30',
        students: 9,
        spread: expect.any(Array),
      },
    ]);
    // Nine students: no number of them is told.
    expect(tests[0]?.spread.filter(({ before }) => before !== null)).toEqual([]);
  });

  test('every student whose grade changes stands in it, for who reads his grade', async () => {
    const id = await latestTest();
    const query = `{ ruleSetGradeChanges(backTestId: "${id}", first: 10) {
      nodes { studentNo gradeBefore gradeAfter } } }`;
    // Nobody's grade falls, for what is stored was found before (INV-16).
    const change = { studentNo: THIRD, gradeBefore: 'C', gradeAfter: 'B' };
    expect((await requestAs(college, 'SCHOOL_ADMIN', query)).data).toEqual({
      ruleSetGradeChanges: { nodes: [change] },
    });
    for (const [role] of CALLERS) {
      if (role === 'SCHOOL_ADMIN') continue;
      const { data } = await requestAs(college, role, query);
      const list = data?.['ruleSetGradeChanges'] as { nodes: unknown[] } | null | undefined;
      expect([role, list?.nodes ?? []]).toEqual([role, []]);
    }
    // A student whose credit was computed anew since is left out: what has closed leaves no trace.
    college.clock.set('2026-04-30T11:00:00+08:00');
    await sql(`update conduct_record set state = 'REPAIRED' where id = $1`, [third.id('MINOR')]);
    await compute();
    expect((await requestAs(college, 'SCHOOL_ADMIN', query)).data).toEqual({
      ruleSetGradeChanges: { nodes: [] },
    });
  });

  test('as many statements for a college as for one student', async () => {
    const count = async () => {
      await sql(`delete from rule_set_grade_change`);
      await sql(`delete from rule_set_back_test`);
      return (await countStatements(backTest)).byOffice;
    };
    const one = await count();
    for (let more = 0; more < 5; more += 1) await newStudent(college);
    const all = await count();
    expect(all).toEqual(one);
    expect(await sql('select students from rule_set_back_test')).toEqual([{ students: 14 }]);
  });
});

describe('Activated on a day', () => {
  const activate = async (more: object = {}, person = SECOND) =>
    act(person, 'activateRuleSet', {
      ...(await stored()),
      backTestId: await latestTest(),
      effectiveFrom: '2026-05-06',
      reason: '领导小组决议',
      ...more,
    });

  test('by another than who drafted it, with its back-test, and not in the past', async () => {
    expect((await refused(() => activate({}, FIRST))).came).toBe('SOD_VIOLATION');
    const wrong = { backTestId: '00000000-0000-4000-8000-000000000000' };
    expect(refusalsOf(await refused(() => activate(wrong)), 'activateRuleSet')).toEqual([
      'VALIDATION backTestId',
    ]);
    const past = { effectiveFrom: '2026-04-29' };
    expect(refusalsOf(await refused(() => activate(past)), 'activateRuleSet')).toEqual([
      'VALIDATION effectiveFrom',
    ]);
  });

  const plan = (period: string, cutOffOn: string) =>
    mutate(
      college,
      FIRST,
      {
        name: 'planRun',
        noun: 'EvaluationRun',
        args: { period, cutOffOn, reason: '学期评价' },
        fields: 'id: runId ruleSetVersion ruleSetSha256',
      },
      REVIEW,
    );

  test('a run that is planned before is of the set in force on its day (4.8)', async () => {
    const planned = { ruleSetVersion: 'CR-2026.1', ruleSetSha256: null };
    expect((await plan('2026H1', '2026-05-05')).row).toMatchObject({ id: '2026H1', ...planned });
    expect((await plan('2026H1', '2026-05-06')).row).toMatchObject({ id: '2026H1-2', ...planned });
  });

  test('from that day on it scores; of what was found before, the milder rule (INV-16)', async () => {
    const { came, row } = await activate();
    expect([came, row['state'], row['effectiveFrom']]).toEqual(['OK', 'ACTIVE', '2026-05-06']);
    const states = await sql('select version, state from rule_set order by version');
    expect(states).toEqual([
      { version: 'CR-2026.1', state: 'RETIRED' },
      { version: 'CR-2026.2', state: 'ACTIVE' },
      { version: 'CR-2026.3', state: 'DRAFT' },
      { version: 'CR-2026.4', state: 'DRAFT' },
    ]);
    const pointsInForce = async () => {
      const { data } = await college.request(null, '{ indicators { code points } }');
      const all = data?.['indicators'] as { code: string; points: number | null }[];
      return all.find(({ code }) => code === 'P-01')?.points;
    };
    college.clock.set('2026-05-05T10:00:00+08:00');
    expect(await pointsInForce()).toBe(200);
    await compute();
    expect([await scoreOf(STUDENT), await scoreOf(OTHER)]).toEqual([
      { score: 8000, grade: 'B', ruleSetVersion: 'CR-2026.1' },
      { score: 9200, grade: 'B', ruleSetVersion: 'CR-2026.1' },
    ]);
    college.clock.set('2026-05-06T10:00:00+08:00');
    expect(await pointsInForce()).toBe(150);
    await compute();
    expect([await scoreOf(STUDENT), await scoreOf(OTHER)]).toEqual([
      { score: 8400, grade: 'B', ruleSetVersion: 'CR-2026.2' },
      { score: 9200, grade: 'B', ruleSetVersion: 'CR-2026.2' },
    ]);
  });

  test('an explanation says by which rule set a record is scored', async () => {
    await others.record('NEW', 'D1-04', 'ACADEMIC_MISCONDUCT', 'AAO', 'ACTIVE', {
      occurred_on: '2026-05-06',
      found_on: '2026-05-06',
      finding_on: '2026-05-06',
      severity: 'S2',
    });
    college.clock.set('2026-05-06T11:00:00+08:00');
    await compute();
    const { data } = await college.request(
      OTHER,
      `{ student(studentNo: "${OTHER}") { credit { snapshotId } } }`,
    );
    const own = data?.['student'] as { credit: { snapshotId: string } } | undefined;
    const answer = await college.request(
      OTHER,
      `{ explainScore(snapshotId: "${own?.credit.snapshotId}") {
        lines { points indicatorCode ruleSetVersion } } }`,
    );
    expect(answer.data?.['explainScore']).toEqual({
      lines: expect.arrayContaining([
        { points: -800, indicatorCode: 'D3-01', ruleSetVersion: 'CR-2026.1' },
        { points: -1500, indicatorCode: 'D1-04', ruleSetVersion: 'CR-2026.2' },
      ]),
    });
  });

  test('a run that was planned before takes the set of its day as it begins, and the milder rule (INV-16)', async () => {
    await useArchive(college, STUDENT);
    college.clock.set('2026-05-07T10:00:00+08:00');
    for (const job of ['startRun', 'computeRun']) await runJob(college, 'archive', job);
    const computed = await sql(
      `select run_id as run, r.rule_set as rules, s.rule_set as scored,
         r.rule_set_sha256 = s.rule_set_sha256 as pinned, (school_view->>'score')::int as score
       from evaluation_run r join credit_snapshot s using (run_id)
       where s.student_no = $1 order by run_id`,
      [STUDENT],
    );
    const [old, now] = ['CR-2026.1', 'CR-2026.2'];
    expect(computed).toEqual([
      { run: '2026H1', rules: old, scored: old, pinned: true, score: 8000 },
      { run: '2026H1-2', rules: now, scored: now, pinned: true, score: 8400 },
    ]);
    const later = `update evaluation_run set rule_set = 'CR-2026.1' where run_id = '2026H1-2'`;
    await expect(sql(later)).rejects.toThrow(/INV-08/);
  });
});
