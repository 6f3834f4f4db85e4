/**
 * A grade that is null because no run was locked when the case opened says so: of the run, never of
 * the student, and never that a confirmation waits (issue 10, 1; DOMAIN 2.4, 3.7(15)).
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { aRun } from '../support/runs.js';
import { asOwner } from '../support/sql.js';

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
  await asOwner(
    college,
    'archive',
    `insert into human_review (snapshot_id, student_no, grounds, requested_at, due_on, state,
       recorded_by, recorded_at)
     select snapshot_id, student_no, 'look again', $1, '2026-05-01', 'REQUESTED', student_no, $1
     from credit_snapshot where student_no = $2 and run_id is not null`,
    [OPENING, BARE],
  );
  expect(await workList('GRADE')).toEqual([GRADED, WAITING, BARE]);
});

test('outside of a case there is no run of a case', async () => {
  await given(OPENING);
  const query = '{ me { student { credit { caseRun } } } }';

  expect(await college.request(GRADED, query)).toEqual({
    data: { me: { student: { credit: { caseRun: null } } } },
  });
});
