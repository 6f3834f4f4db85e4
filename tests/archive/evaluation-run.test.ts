/**
 * An official run through all its states: computed in batches, confirmed by its colleges, disclosed to
 * its students, approved and locked; and computed again from what it pins (4.8, 2.4, L-08, INV-08).
 */
import { once } from 'node:events';
import { computeNext } from '@chengxin/archive/run/compute-run';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { useArchive } from '../support/archive-in-use.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { mutate as request, on, refusalsOf, type ChangedRow } from '../support/mutate.js';
import { newStudent } from '../support/new-student.js';
import { addStudents } from '../support/many-students.js';
import { startRunProcess } from '../support/run-process.js';
import { asOwner, ownerOf } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { until } from '../support/until.js';
import { accept, creditOf, follow } from './accepted.js';

const CHEATER = '2024010305';
const OTHER = '2024020111';
const [COUNSELLOR, FIRST_COLLEGE, SECOND_COLLEGE] = ['T0101', 'T0110', 'T0210'];
const [PLANNER, APPROVER, AUDITOR] = ['T0001', 'T0002', 'T0901'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-01-31T10:00:00+08:00' });
  // Cheating in an exam: 70.00 and a C (4.8).
  const cheating = { indicatorCode: 'D1-05', originGroup: 'ACADEMIC_MISCONDUCT', severity: 'S3' };
  await accept(college, { studentNo: CHEATER, on: '2026-01-10', ...cheating });
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: AUDITOR,
      名称: '审计',
      开始时间: '2026-01-01 00:00:00',
      结束时间: '2026-12-31 00:00:00',
    },
  ]);
});
afterAll(() => college.stop());

const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asOwner<Row & Record<string, unknown>>(college, 'archive', text, values);
const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return running;
};

const RUN = 'id: runId state version';
const PART = 'id orgCode state version waiting waitingForCollege';
const act = (person: string, name: string, args: object, noun = 'EvaluationRun') =>
  request(
    college,
    person,
    { name, noun, args: { ...args }, fields: noun === 'EvaluationRun' ? RUN : PART },
    REVIEW,
  );
const confirm = (person: string, part: ChangedRow) =>
  act(person, 'confirmRun', on(part), 'EvaluationRunPart');
const jobs = async (...names: string[]) => {
  for (const name of names) await runJob(college, 'archive', name);
};

async function runAsSeenBy(person: string, runId = '2025H2', headers: object = REVIEW) {
  const { data, errors } = await college.request(
    person,
    `{ evaluationRuns { runId state version discardedBecause availableActions parts { ${PART} } } }`,
    { headers: { ...headers } },
  );
  type Seen = ChangedRow & { runId: string; parts: ChangedRow[]; availableActions: string[] };
  const runs = (data?.['evaluationRuns'] ?? []) as Seen[];
  const found = runs.find((one) => one.runId === runId);
  if (!found) throw new Error(JSON.stringify(errors));
  return { ...found, id: runId };
}
const partOf = async (person: string, orgCode: string) =>
  (await runAsSeenBy(person)).parts.find((part) => part['orgCode'] === orgCode)!;

const SNAPSHOT = 'snapshotId runId state asOf schoolGrade schoolScore';
interface Seen {
  readonly snapshotId: string;
  readonly runId: string | null;
  readonly [field: string]: unknown;
}
async function snapshotsSeenBy(person: string, studentNo = CHEATER, fields = SNAPSHOT) {
  const own = person === studentNo;
  const text = `creditSnapshots { ${fields} }`;
  const { data } = await college.request(
    person,
    own ? `{ me { student { ${text} } } }` : `{ student(studentNo: "${studentNo}") { ${text} } }`,
    own ? {} : { headers: person === AUDITOR ? { 'x-reference': 'AU-1' } : REVIEW },
  );
  type Root = { student: { creditSnapshots: Seen[] } } | null | undefined;
  const me = data?.['me'] as Root;
  const other = data?.['student'] as NonNullable<Root>['student'] | null | undefined;
  return (own ? me?.student : other)?.creditSnapshots ?? [];
}
const toConfirm = async (person: string): Promise<unknown[]> => {
  const { data } = await college.request(person, '{ myTasks { kind count } }', { headers: REVIEW });
  const tasks = data?.['myTasks'] as { kind: string; count: number }[];
  return tasks
    .filter(({ kind }) => kind.startsWith('CONFIRM_'))
    .map(({ kind, count }) => `${kind} ${count}`);
};
const ofRun = (seen: readonly Seen[]) => seen.filter(({ runId }) => runId !== null);

describe('A run of a semester (Z5.3.2c)', () => {
  test('is planned by Student Affairs, of a day within the semester', async () => {
    for (const period of ['2025', '0000H1']) {
      const wrong = await act(PLANNER, 'planRun', { period });
      expect(refusalsOf(wrong, 'planRun')).toEqual(['VALIDATION period']);
    }
    const outside = await act(PLANNER, 'planRun', { period: '2025H2', cutOffOn: '2026-02-01' });
    expect(refusalsOf(outside, 'planRun')).toEqual(['VALIDATION cutOffOn']);
    const planned = await act(PLANNER, 'planRun', { period: '2025H2' });
    expect([planned.came, planned.row]).toEqual([
      'OK',
      { id: '2025H2', state: 'PLANNED', version: 1 },
    ]);
    expect((await act(PLANNER, 'planRun', { period: '2025H2' })).row.id).toBe('2025H2-2');
    await sql(`delete from evaluation_run where run_id = '2025H2-2'`);
  });

  test('that was planned by mistake is cancelled before it starts, and its number stays', async () => {
    const { row } = await act(PLANNER, 'planRun', { period: '2024H2', cutOffOn: '2024-09-01' });
    const cancel = (person: string) => act(person, 'cancelRun', { ...on(row), reason: '学期有误' });
    for (const person of [FIRST_COLLEGE, COUNSELLOR])
      expect((await cancel(person)).came).toBe('FORBIDDEN_ACTION');
    const cancelled = await cancel(APPROVER);
    expect([cancelled.came, cancelled.row.state]).toEqual(['OK', 'CANCELLED']);
    await jobs('startRun', 'computeRun');
    expect(await runAsSeenBy(PLANNER, '2024H2')).toMatchObject({ state: 'CANCELLED', parts: [] });
    const again = await act(PLANNER, 'cancelRun', { ...on(cancelled.row), reason: '学期有误' });
    expect(again.came).toBe('STATE_CONFLICT');
    const next = await act(PLANNER, 'planRun', { period: '2024H2' });
    expect(next.row.id).toBe('2024H2-2');
    const taken = await act(PLANNER, 'cancelRun', { ...on(next.row), reason: '学期有误' });
    expect(taken.row.state).toBe('CANCELLED');
  });

  test('begins once its day is over, and pins the day, the rules and the input of each snapshot', async () => {
    const all = await sql<{ no: string }>('select student_no as no from archive');
    for (const { no } of all) await useArchive(college, no);
    await sql(`update archive set state = 'FROZEN' where student_no = '2024010322'`);
    await jobs('startRun', 'computeRun');
    expect((await runAsSeenBy(PLANNER)).state).toBe('PLANNED');
    college.clock.set('2026-02-01T00:05:00+08:00');
    await jobs('startRun', 'computeRun');
    expect(await runAsSeenBy(PLANNER)).toMatchObject({ state: 'COMPUTED', availableActions: [] });
    const [counts] = await sql(
      `select count(*)::int as snapshots, count(distinct student_no)::int as students,
         (select count(*)::int from archive
           where state = 'ACTIVE' and opened_on <= '2026-01-31') as active,
         count(*) filter (where s.on_day = '2026-01-31' and s.input_digest = i.digest
           and s.rule_set_sha256 = r.rule_set_sha256)::int as pinned
       from credit_snapshot s join evaluation_run r using (run_id)
       join lateral (select digest from credit_input i where i.student_no = s.student_no
         order by seq desc limit 1) i on true where run_id = '2025H2'`,
    );
    const { active } = counts as { active: number };
    expect(active).toBeGreaterThan(5);
    expect(counts).toEqual({ snapshots: active, students: active, active, pinned: active });
  });

  test('is the student’s and its confirmers’ alone until it is locked; each college reads its own part', async () => {
    const [own] = ofRun(await snapshotsSeenBy(CHEATER, CHEATER));
    const waiting = { runId: '2025H2', state: 'PENDING', asOf: '2026-01-31', schoolGrade: 'C' };
    expect(own).toMatchObject({ ...waiting, schoolScore: 7000 });
    expect(ofRun(await snapshotsSeenBy(FIRST_COLLEGE))).toEqual([own]);
    expect(ofRun(await snapshotsSeenBy(PLANNER))).toEqual([own]);
    expect(ofRun(await snapshotsSeenBy(COUNSELLOR))).toEqual([]);
    expect(ofRun(await snapshotsSeenBy(AUDITOR))).toEqual([]);
    const byNumber = async (person: string, id = own?.snapshotId) => {
      const query = `{ creditSnapshot(id: "${id}") { schoolGrade asOf } }`;
      const headers = person === CHEATER ? {} : REVIEW;
      const { data, errors = [] } = await college.request(person, query, { headers });
      return data?.['creditSnapshot'] ?? errors.map(({ extensions }) => extensions['code']);
    };
    const one = { schoolGrade: 'C', asOf: '2026-01-31' };
    expect(await byNumber(CHEATER)).toEqual(one);
    expect(await byNumber(FIRST_COLLEGE)).toEqual(one);
    for (const person of [COUNSELLOR, SECOND_COLLEGE])
      expect(await byNumber(person)).toEqual(['NOT_FOUND']);
    expect(await byNumber(FIRST_COLLEGE, 'none')).toEqual(['NOT_FOUND']);
    const parts = (person: string) =>
      runAsSeenBy(person).then((run) => run.parts.map((part) => part['orgCode']));
    expect(await parts(FIRST_COLLEGE)).toEqual(['C01']);
    expect(await parts(SECOND_COLLEGE)).toEqual(['C02']);
    expect(await parts(PLANNER)).toEqual(['C01', 'C02']);
    expect(await partOf(FIRST_COLLEGE, 'C01')).toMatchObject({ waiting: 1, waitingForCollege: 1 });
    const { parts: ofOperator } = await runAsSeenBy('T0903', '2025H2', {});
    expect(ofOperator[0]).toMatchObject({ waiting: null, waitingForCollege: null });
  });

  test('each college confirms its own part, its grades of C and D first; with the last the run goes on (L-08)', async () => {
    const first = await partOf(FIRST_COLLEGE, 'C01');
    expect((await confirm(SECOND_COLLEGE, first)).came).toBe('NOT_FOUND');
    expect((await confirm(FIRST_COLLEGE, first)).came).toBe('STATE_CONFLICT');
    // Both stand on the work list of who may confirm them, and of nobody else.
    expect(await toConfirm(FIRST_COLLEGE)).toEqual(['CONFIRM_GRADES 1', 'CONFIRM_RUN_PARTS 1']);
    expect(await toConfirm(SECOND_COLLEGE)).toEqual(['CONFIRM_RUN_PARTS 1']);
    for (const person of [PLANNER, COUNSELLOR]) expect(await toConfirm(person)).toEqual([]);
    const { snapshotId } = ofRun(await snapshotsSeenBy(FIRST_COLLEGE))[0]!;
    const args = { studentNo: CHEATER, snapshotId };
    const grade = { name: 'confirmGrade', noun: 'GradeConfirmation', args, fields: 'id level' };
    expect((await request(college, FIRST_COLLEGE, grade, REVIEW)).came).toBe('OK');
    expect(await toConfirm(FIRST_COLLEGE)).toEqual(['CONFIRM_RUN_PARTS 1']);
    expect(await toConfirm(PLANNER)).toEqual(['CONFIRM_GRADES 1']);
    const confirmed = await confirm(FIRST_COLLEGE, first);
    expect([confirmed.came, confirmed.row]).toEqual([
      'OK',
      expect.objectContaining({ state: 'COLLEGE_CONFIRMED', waiting: 1, waitingForCollege: 0 }),
    ]);
    expect((await runAsSeenBy(PLANNER)).state).toBe('COMPUTED');
    expect((await confirm(SECOND_COLLEGE, await partOf(SECOND_COLLEGE, 'C02'))).came).toBe('OK');
    expect((await runAsSeenBy(PLANNER)).state).toBe('COLLEGE_CONFIRMED');
  });

  test('its students are notified, each once, and have five working days (L-08)', async () => {
    await jobs('sendSelfNotices', 'sendSelfNotices');
    expect((await runAsSeenBy(PLANNER)).state).toBe('COLLEGE_CONFIRMED');
    await deliverNotices(college);
    await jobs('sendSelfNotices');
    const run = await runAsSeenBy(PLANNER);
    expect(run.state).toBe('SELF_NOTICE');
    const [counts] = await sql(
      `select count(*)::int as notices, count(distinct student_no)::int as students,
         (select count(*)::int from credit_snapshot where run_id = '2025H2') as snapshots
       from notice where kind = 'SELF_NOTICE'`,
    );
    const { snapshots } = counts as { snapshots: number };
    expect(counts).toEqual({ notices: snapshots, students: snapshots, snapshots });
    const mine = await college.request(OTHER, '{ myNotices { kind } }');
    expect(JSON.stringify(mine.data)).toContain('SELF_NOTICE');
    // Sunday: Friday is the fifth working day, and Saturday the first after it.
    college.clock.set('2026-02-06T23:59:00+08:00');
    expect((await act(APPROVER, 'approveRun', on(run))).came).toBe('STATE_CONFLICT');
    expect((await runAsSeenBy(APPROVER)).availableActions).toEqual([]);
    college.clock.set('2026-02-07T00:00:00+08:00');
    expect((await runAsSeenBy(APPROVER)).availableActions).toEqual(['run.confirmSchool']);
    expect((await act(PLANNER, 'approveRun', on(run))).came).toBe('SOD_VIOLATION');
  });

  test('who has confirmed a part does not approve the run', async () => {
    const run = await runAsSeenBy(PLANNER);
    await sql(`update evaluation_run_part set confirmed_by = $1 where org_code = 'C02'`, APPROVER);
    expect((await act(APPROVER, 'approveRun', on(run))).came).toBe('SOD_VIOLATION');
    await sql(
      `update evaluation_run_part set confirmed_by = $1 where org_code = 'C02'`,
      SECOND_COLLEGE,
    );
    expect((await act(APPROVER, 'approveRun', on(run))).row.state).toBe('CONFIRMED');
  });

  test('is not locked while a grade of C or D waits; then evaluators and others read it', async () => {
    const run = await runAsSeenBy(PLANNER);
    expect((await act(PLANNER, 'lockRun', on(run))).came).toBe('STATE_CONFLICT');
    const { snapshotId } = ofRun(await snapshotsSeenBy(PLANNER))[0]!;
    const args = { studentNo: CHEATER, snapshotId };
    const grade = { name: 'confirmGrade', noun: 'GradeConfirmation', args, fields: 'id level' };
    expect((await request(college, APPROVER, grade, REVIEW)).came).toBe('OK');
    expect(await partOf(PLANNER, 'C01')).toMatchObject({ waiting: 0 });
    expect((await act(PLANNER, 'lockRun', on(run))).row.state).toBe('LOCKED');
    const [seen] = ofRun(await snapshotsSeenBy(AUDITOR));
    expect(seen).toMatchObject({ runId: '2025H2', state: 'CONFIRMED', schoolGrade: 'C' });
    const confirmers = 'snapshotId runId confirmedBy scoreExcludingDisputed';
    expect(ofRun(await snapshotsSeenBy(AUDITOR, CHEATER, confirmers))[0]).toMatchObject({
      confirmedBy: [APPROVER, FIRST_COLLEGE].toSorted(),
      scoreExcludingDisputed: null,
    });
    // The provisional one of the same content is confirmed with it (2.4).
    expect(await creditOf(college, CHEATER)).toMatchObject({ grade: 'C' });
  });

  test('stays for ever what it was, whoever writes to the database (INV-08)', async () => {
    const refused = /INV-08/;
    const of = `where run_id = '2025H2'`;
    for (const change of [
      `update credit_snapshot set grade = 'A' ${of}`,
      `update credit_snapshot set input_digest = null ${of}`,
      `update credit_snapshot set state = 'PENDING' ${of} and grade = 'C'`,
      `update evaluation_run set cut_off_at = now() ${of}`,
      `update evaluation_run set state = 'CONFIRMED', locked_at = null ${of}`,
    ])
      await expect(sql(change)).rejects.toThrow(refused);
  });

  test('makes way for the next one that is locked, and no run of an earlier day is locked after it', async () => {
    const copy = (runId: string, state: string, cutOff: string) =>
      sql(
        `insert into evaluation_run (run_id, period, rule_set, rule_set_sha256, cut_off_at, kind, state,
           recorded_by, recorded_at, approved_by, approved_at)
         select $1, left($1, 6), rule_set, rule_set_sha256, $2, kind, $3, 'T9999', recorded_at,
           approved_by, approved_at from evaluation_run where run_id = '2025H2'`,
        runId,
        cutOff,
        state,
      );
    college.clock.set('2026-08-20T10:00:00+08:00');
    await copy('2025H1', 'CONFIRMED', '2025-07-31T15:59:59Z');
    await copy('2026H1', 'CONFIRMED', '2026-07-31T15:59:59Z');
    const earlier = await act(PLANNER, 'lockRun', { id: '2025H1', expectedVersion: 1 });
    expect(refusalsOf(earlier, 'lockRun')).toEqual(['STATE_CONFLICT']);
    const next = await act(PLANNER, 'lockRun', { id: '2026H1', expectedVersion: 1 });
    expect(next.row.state).toBe('LOCKED');
    await jobs('supersedeRun');
    expect((await runAsSeenBy(PLANNER)).state).toBe('SUPERSEDED');
    expect((await runAsSeenBy(PLANNER, '2026H1')).state).toBe('LOCKED');
  });

  test('of a day before a locked one is not planned, and one that was planned ends by itself (0018)', async () => {
    const refused = await act(PLANNER, 'planRun', { period: '2025H2' });
    expect(refusalsOf(refused, 'planRun')).toEqual(['VALIDATION period']);
    const day = await act(PLANNER, 'planRun', { period: '2026H1', cutOffOn: '2026-07-30' });
    expect(refusalsOf(day, 'planRun')).toEqual(['VALIDATION cutOffOn']);
    expect((await runAsSeenBy(PLANNER, '2025H1')).state).toBe('CONFIRMED');
    await jobs('discardRuns');
    const ended = await runAsSeenBy(PLANNER, '2025H1');
    expect(ended).toMatchObject({ state: 'CANCELLED', discardedBecause: 'LATER_RUN_LOCKED' });
    const again = `update evaluation_run set state = 'CONFIRMED' where run_id = '2025H1'`;
    await expect(sql(again)).rejects.toThrow(/INV-08/);
  });

  test('with nobody to rate ends by itself and says why (0018)', async () => {
    await sql(`update archive set state = 'FROZEN'`);
    const { row } = await act(PLANNER, 'planRun', { period: '2026H2', cutOffOn: '2026-08-20' });
    college.clock.set('2026-08-21T10:00:00+08:00');
    await jobs('startRun', 'computeRun');
    const { id } = row;
    expect(await runAsSeenBy(PLANNER, id)).toMatchObject({ state: 'COMPUTED', parts: [] });
    await jobs('discardRuns');
    const ended = { state: 'CANCELLED', discardedBecause: 'NOBODY_RATED' };
    expect(await runAsSeenBy(PLANNER, id)).toMatchObject(ended);
    await sql(`update archive set state = 'ACTIVE'`);
  });
});

test('before it is locked a run is corrected whichever way, and what is new to the school is confirmed anew (INV-08)', async () => {
  await sql(
    `insert into evaluation_run (run_id, period, rule_set, rule_set_sha256, cut_off_at, kind, state,
       recorded_by, recorded_at)
     select '2026H1-2', '2026H1', rule_set, rule_set_sha256, '2026-03-31T15:59:59Z', kind,
       'COMPUTING', 'T9999', recorded_at from evaluation_run where run_id = '2025H2'`,
  );
  await jobs('computeRun');
  const standing = () =>
    sql(
      `select s.grade, s.state, s.supersedes is not null as derived from credit_snapshot s
       where s.run_id = '2026H1-2' and s.student_no = $1
         and not exists (select from credit_snapshot d where d.supersedes = s.snapshot_id)`,
      CHEATER,
    );
  const before = (await standing())[0];
  expect(before).toEqual({ grade: 'C', state: 'CONFIRMED', derived: false });
  await sql(`update conduct_record set state = 'REVOKED' where student_no = $1`, CHEATER);
  await follow(college, CHEATER);
  expect(await standing()).toEqual([{ grade: 'A', state: 'CONFIRMED', derived: true }]);
  // Whoever may not know what has closed reads one number, and no other one beside it.
  const fields = 'snapshotId runId schoolGrade supersedes';
  expect(ofRun(await snapshotsSeenBy(FIRST_COLLEGE, CHEATER, fields))).toEqual([
    { snapshotId: expect.any(String), runId: '2026H1-2', schoolGrade: 'A', supersedes: null },
  ]);
  expect(ofRun(await snapshotsSeenBy(AUDITOR))).toEqual([
    expect.objectContaining({ runId: '2025H2', schoolGrade: 'A' }),
    expect.objectContaining({ runId: '2025H2', schoolGrade: 'C' }),
  ]);
});

test('a batch of a run takes as many statements for many students as for few', async () => {
  const batch = (runId: string) =>
    countStatements(() =>
      forkOf(archive().orm).transactional((em) =>
        computeNext(em as EntityManager, college.clock.now(), {
          runId,
          ruleSet: 'CR-2026.1',
          ruleSetSha256: RULES,
          onDay: '2026-07-31',
        }),
      ),
    );
  const [run] = await sql<{ sha: string }>(
    `select rule_set_sha256 as sha from evaluation_run where run_id = '2025H2'`,
  );
  const RULES = String(run?.sha);
  const aRun = (runId: string) =>
    sql(
      `insert into evaluation_run (run_id, period, rule_set, rule_set_sha256, cut_off_at, kind, state,
         recorded_by, recorded_at)
       values ($1, '2026H1', 'CR-2026.1', $2, '2026-07-31T15:59:59Z', 'OFFICIAL', 'COMPUTING',
         'T9999', now())`,
      runId,
      RULES,
    );
  const few = await newStudent(college);
  await sql(
    `insert into archive (student_no, state, opened_on, recorded_by, recorded_at)
     select $1, 'IMPORTED', opened_on, recorded_by, recorded_at from archive limit 1`,
    few,
  );
  await useArchive(college, few);
  await aRun('2026H1-3');
  await aRun('2026H1-4');
  await sql(`update archive set state = 'FROZEN' where student_no <> $1`, few);
  const one = await batch('2026H1-3');
  await sql(`update archive set state = 'ACTIVE'`);
  const all = await batch('2026H1-4');
  expect(all.statements.length).toBe(one.statements.length);
  expect([one.result, all.result > 5]).toEqual([1, true]);
});

test('a process that is killed between two batches is followed by another, and each student has one snapshot', async () => {
  await addStudents(sql, 600);
  await sql(
    `insert into evaluation_run (run_id, period, rule_set, rule_set_sha256, cut_off_at, kind, state,
       recorded_by, recorded_at)
     select '2026H1-5', period, rule_set, rule_set_sha256, cut_off_at, kind, 'COMPUTING', recorded_by,
       recorded_at from evaluation_run where run_id = '2026H1-4'`,
  );
  await sql(
    `update evaluation_run set state = 'COMPUTED' where run_id in ('2026H1-3', '2026H1-4')`,
  );
  const done = async () => {
    const [row] = await sql(
      `select count(*)::int as snapshots, count(distinct student_no)::int as students
       from credit_snapshot where run_id = '2026H1-5'`,
    );
    return row;
  };
  // The last of all waits behind this: the first batch of 500 is done, and the second cannot be.
  const owner = await ownerOf(college, 'archive');
  await owner.query('begin');
  await owner.query(`select from student order by student_no desc limit 1 for update`);
  const first = await startRunProcess(college);
  await until(async () => (await done())?.['snapshots'] === 500);
  const ended = once(first, 'exit');
  first.kill('SIGKILL');
  await ended;
  await owner.query('rollback');
  await owner.end();
  expect(await done()).toEqual({ snapshots: 500, students: 500 });
  expect((await runAsSeenBy(PLANNER, '2026H1-5')).state).toBe('COMPUTING');

  const second = await startRunProcess(college);
  expect(await once(second, 'exit')).toEqual([0, null]);
  const [all] = await sql(`select count(*)::int as active from archive
    where state = 'ACTIVE' and opened_on <= '2026-07-31'`);
  expect(await done()).toEqual({ snapshots: all?.['active'], students: all?.['active'] });
  expect((await runAsSeenBy(PLANNER, '2026H1-5')).state).toBe('COMPUTED');
});
