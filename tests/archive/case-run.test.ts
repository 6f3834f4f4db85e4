/**
 * A grade that is null because no run was locked when the case opened says so: of the run, never of
 * the student, and never that a confirmation waits (issue 10, 1; DOMAIN 2.4, 3.7(15)).
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { useArchive } from '../support/archive-in-use.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { aRun } from '../support/runs.js';
import { asOwner, rewriteSnapshots } from '../support/sql.js';

const CUT_OFF = '2026-01-31T23:00:00+08:00';
const OPENING = '2026-04-10T00:00:00+08:00';
const CASE = 'EC-2026-A1';
/** Graded in each run; a C that waits for its confirmations; nothing at all. */
const GRADED = '2024010317';
const WAITING = '2024010322';
const BARE = '2024010305';
const STUDENTS = [GRADED, WAITING, BARE];

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await college.bring('archive', 'cases', [
    {
      评审编号: CASE,
      用途: '评优',
      名称: '年度评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENTS.join(';'),
      评审人工号: 'T0701',
    },
  ]);
  for (const studentNo of STUDENTS) await useArchive(college, studentNo);
});
afterAll(() => college.stop());
afterEach(() =>
  asOwner(
    college,
    'archive',
    'delete from human_review; delete from credit_snapshot; delete from evaluation_run',
  ),
);

const VIEW = JSON.stringify({ score: 9000, lines: [], dimensions: {} });
const snapshot = (studentNo: string, grade: string, state: string, runId: string | null) =>
  put(college, 'archive', 'credit_snapshot', {
    student_no: studentNo,
    rule_set: 'CR-2026.1',
    kind: runId ? 'OFFICIAL' : 'PROVISIONAL',
    on_day: '2026-01-31',
    computed_at: CUT_OFF,
    state,
    grade,
    level: 'L0',
    score_excluding_disputed: 9000,
    school_view: VIEW,
    full_view: VIEW,
    run_id: runId,
  });

/** The run, and what the students have beside it. */
async function given(lockedAt: string, state = 'LOCKED'): Promise<void> {
  await aRun(college, { runId: '2025H2', cutOffAt: CUT_OFF, lockedAt, state });
  await snapshot(GRADED, 'A', 'CONFIRMED', '2025H2');
  await snapshot(WAITING, 'C', 'PENDING', null);
}

async function creditOf(studentNo: string): Promise<unknown> {
  const query = `{ caseDossier(studentNo: "${studentNo}") { student { credit { grade asOf caseRun } } } }`;
  const { data, errors } = await college.request('T0701', query, { headers: { 'x-case': CASE } });
  expect(errors).toBeUndefined();
  const dossier = data?.['caseDossier'] as { student: { credit: unknown } } | undefined;
  return dossier?.student.credit;
}
const ofAll = () => Promise.all(STUDENTS.map(creditOf));

const NONE = { grade: null, asOf: null, caseRun: 'NONE_LOCKED' };
const NOT_GRADED = { grade: null, asOf: null, caseRun: 'LOCKED' };

test.each([
  ['was locked', '2026-04-10T00:00:01+08:00', 'LOCKED'],
  ['is locked yet', CUT_OFF, 'CONFIRMED'],
])('no run %s when the case opened: all its students read the same', async (_, at, state) => {
  await given(at, state);

  expect(await ofAll()).toEqual([NONE, NONE, NONE]);
});

test('without any run all its students read the same', async () => {
  await snapshot(WAITING, 'C', 'PENDING', null);

  expect(await ofAll()).toEqual([NONE, NONE, NONE]);
});

test('a run was locked when it opened: one whose grade waits is as one who has none', async () => {
  await given(OPENING);

  expect(await ofAll()).toEqual([
    { grade: 'A', asOf: '2026-01-31', caseRun: 'LOCKED' },
    NOT_GRADED,
    NOT_GRADED,
  ]);
});

/** A student requests that a person looks at what a run said of him. */
const review = (studentNo: string, runId: string) =>
  asOwner(
    college,
    'archive',
    `insert into human_review (snapshot_id, student_no, grounds, requested_at, due_on, state,
       recorded_by, recorded_at)
     select snapshot_id, student_no, 'look again', $1, '2026-05-01', 'REQUESTED', student_no, $1
     from credit_snapshot where student_no = $2 and run_id = $3`,
    [OPENING, studentNo, runId],
  );

test('while a person looks at a C, a student reads as one who was not rated in the run (4.6)', async () => {
  const earlier = { runId: '2025H1', cutOffAt: '2025-07-31T15:59:59Z' };
  await aRun(college, { ...earlier, lockedAt: '2025-09-01T00:00:00Z' });
  await asOwner(
    college,
    'archive',
    `update evaluation_run set state = 'SUPERSEDED', superseded_at = $1 where run_id = '2025H1'`,
    [OPENING],
  );
  for (const studentNo of [BARE, WAITING]) await snapshot(studentNo, 'B', 'CONFIRMED', '2025H1');
  await given(OPENING);
  await snapshot(BARE, 'C', 'CONFIRMED', '2025H2');
  const graded = { grade: 'A', asOf: '2026-01-31', caseRun: 'LOCKED' };
  const before = { ...graded, grade: 'B' };
  const read = async () => ({
    reviewed: await creditOf(BARE),
    notRated: await creditOf(WAITING),
    other: await creditOf(GRADED),
  });
  const now = { ...graded, grade: 'C' };
  expect(await read()).toEqual({ reviewed: now, notRated: before, other: graded });
  await review(BARE, '2025H2');
  expect(await read()).toEqual({ reviewed: before, notRated: before, other: graded });
  // Of an earlier run no line is read of a record that closed since.
  const lines = JSON.stringify([{ recordId: 'gone', points: -500 }]);
  await rewriteSnapshots(
    college,
    `update credit_snapshot set school_view = jsonb_set(school_view, '{lines}', '${lines}')
     where run_id = '2025H1'`,
  );
  expect(await read()).toEqual({ reviewed: NOT_GRADED, notRated: NOT_GRADED, other: graded });
});

test('outside the school nobody is rated whose archive is not active, or who is under 18 (4.6, N)', async () => {
  await given(OPENING);
  const graded = { grade: 'A', asOf: '2026-01-31', caseRun: 'LOCKED' };
  const states = ['ACTIVE', 'CLOSED', 'FROZEN', 'PENDING_VERIFICATION'];
  const read: unknown[] = [];
  for (const state of states) {
    await useArchive(college, GRADED, state);
    read.push(await creditOf(GRADED));
  }
  expect(read).toEqual([graded, graded, NOT_GRADED, NOT_GRADED]);
  await useArchive(college, GRADED);
  const born = async (on: string) => {
    const change = 'update student set birth_date = $1 where student_no = $2 returning birth_date';
    await asOwner(college, 'archive', change, [on, GRADED]);
    return creditOf(GRADED);
  };
  const [was] = await asOwner<{ on: string }>(
    college,
    'archive',
    'select birth_date::text as on from student where student_no = $1',
    [GRADED],
  );
  // Of age on the day on which the case opened, or not: nothing appears while it is open.
  expect(await born('2008-04-11')).toEqual(NOT_GRADED);
  expect(await born('2008-04-10')).toEqual(graded);
  await born(String(was?.on));
});

/** Numbers of the work list page by page, each of one candidate. */
async function workList(order: string): Promise<string[]> {
  const seen: string[] = [];
  for (let after = ''; ;) {
    const query = `query Sorted { caseDossiers(first: 1, order: ${order}${after}) {
      nodes { student { studentNo } } pageInfo { endCursor hasNextPage } } }`;
    const { data, errors } = await college.request('T0701', query, {
      headers: { 'x-case': CASE },
    });
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = (data as { caseDossiers: object }).caseDossiers as {
      nodes: { student: { studentNo: string } }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
    seen.push(...nodes.map(({ student }) => student.studentNo));
    if (!pageInfo.hasNextPage) return seen;
    after = `, after: "${pageInfo.endCursor}"`;
  }
}

test('whoever is sorted by his grade reads that it was read of him (INV-12)', async () => {
  await given(OPENING);
  const logged = () =>
    asOwner(
      college,
      'archive',
      `select distinct e.student_no as no from access_event_part p
       join access_event e on e.id = p.event_id
       where 'CREDIT_GRADE' = any(p.allowed) and e.operation_name = 'Sorted' order by 1`,
    );
  await workList('CLASS');
  await college.settle();
  const before = await logged();
  await workList('GRADE');
  await college.settle();
  expect([before, await logged()]).toEqual([[], STUDENTS.toSorted().map((no) => ({ no }))]);
});

test('a work list is sorted by the grades that the case shows, and by no other (3.7(1))', async () => {
  await given(OPENING);
  // A later C of his own that the case does not show, as the one that waits: both stand by their number.
  await snapshot(BARE, 'D', 'CONFIRMED', null);
  expect(await workList('GRADE')).toEqual([GRADED, BARE, WAITING]);

  await snapshot(WAITING, 'B', 'CONFIRMED', '2025H2');
  expect(await workList('GRADE')).toEqual([GRADED, WAITING, BARE]);

  // A person is to look at the C first: it has no effect until then, in no order either (L-08).
  await snapshot(BARE, 'C', 'CONFIRMED', '2025H2');
  await review(BARE, '2025H2');
  expect(await workList('GRADE')).toEqual([GRADED, WAITING, BARE]);
});

test('outside of a case there is no run of a case', async () => {
  await given(OPENING);
  const query = '{ me { student { credit { caseRun } } } }';

  expect(await college.request(GRADED, query)).toEqual({
    data: { me: { student: { credit: { caseRun: null } } } },
  });
});
