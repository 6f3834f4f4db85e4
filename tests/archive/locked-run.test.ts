/** Evaluators read the grade of the latest run that was locked when their case opened (LOCKED_RUN). */
import { followRecords } from '@chengxin/archive/conduct/follow';
import { forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { summary } from '../academics/rows.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { aRun, snapshotsOf } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { rows } from './conduct-events.js';

const STUDENT = '2024010317';
const OTHER = '2024010322';
const IN_CASE = { headers: { 'x-case': 'EC-2026-A1' } };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-01-31T23:00:00+08:00' });
});
afterAll(() => college.stop());

const compute = () => {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('The archive is not running.');
  return followRecords(forkOf(archive.orm), college.clock.now(), [STUDENT, OTHER]);
};

/** A damage to school property that Student Affairs accepted (SC-09). */
const damage = (studentNo: string, on: string) =>
  asOwner(
    college,
    'archive',
    `insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
       occurred_on, found_on, finding_on, finding_body, finding_doc_no, state, notice_delivered_at,
       evidence, source_subgraph, source_typename, source_id, source_version, recorded_at)
     values ($1, 'D3-01', 'BAD_CONDUCT', 'SAO', 'S2', $2::date, $2::date, $2::date, 'SAO', 'D-1',
       'ACTIVE', now(), '[{"id":"1","docNo":"D-1"}]', 'archive', 'ConductRecord', $1 || $2, 1, now())`,
    [studentNo, on],
  );
const move = async (studentNo: string, state: string) => {
  await asOwner(college, 'archive', `update conduct_record set state = $2 where student_no = $1`, [
    studentNo,
    state,
  ]);
  await compute();
};

async function gradeOf(studentNo: string, fields = 'grade asOf') {
  const { data } = await college.request(
    'T0701',
    `{ caseDossier(studentNo: "${studentNo}") { student { credit { ${fields} } } } }`,
    IN_CASE,
  );
  const dossier = data?.['caseDossier'] as { student: { credit: unknown } } | null | undefined;
  return dossier?.student.credit;
}

const derivedOf = (studentNo: string) =>
  rows(
    college,
    `select d.grade, (d.school_view->>'score')::int as score, d.on_day::text as "onDay",
       s.grade as instead from credit_snapshot d
     join credit_snapshot s on s.snapshot_id = d.supersedes
     where d.student_no = ? order by d.seq`,
    [studentNo],
  );

test('given a run locked before the case opened, its evaluator reads that grade, though more happened since (SC-04)', async () => {
  await damage(OTHER, '2026-01-10');
  await college.bring('academics', 'summaries', [summary({ 学号: STUDENT, 平均绩点: '3.62' })]);
  await compute();
  await aRun(college, { runId: '2025H2', cutOffAt: '2026-01-31T23:00:00+08:00' });
  await snapshotsOf(college, '2025H2', [
    { studentNo: STUDENT, grade: 'A' },
    { studentNo: OTHER, grade: 'B' },
  ]);

  college.clock.set('2026-04-12T10:00:00+08:00');
  await damage(STUDENT, '2026-03-10');
  await compute();
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-A1',
      用途: '评优',
      名称: '年度评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: `${STUDENT};${OTHER}`,
      评审人工号: 'T0701',
    },
  ]);

  expect(
    await college.request(
      'T0701',
      `{ caseDossier(studentNo: "${STUDENT}") { student {
        credit { grade view asOf } academicSummary { gpa } goodRecords { indicatorCode } } } }`,
      IN_CASE,
    ),
  ).toEqual({
    data: {
      caseDossier: {
        student: {
          credit: { grade: 'A', view: 'SCHOOL', asOf: '2026-01-31' },
          academicSummary: { gpa: '3.62' },
          goodRecords: [],
        },
      },
    },
  });
  expect(await college.request('T0701', '{ cases { nodes { runId } } }', IN_CASE)).toEqual({
    data: { cases: { nodes: [{ runId: '2025H2' }] } },
  });
  const now = await college.request(STUDENT, '{ me { student { credit { grade asOf } } } }');
  expect(now.data).toEqual({ me: { student: { credit: { grade: 'B', asOf: '2026-04-12' } } } });
});

test('a run that is locked after the opening changes nothing in the case', async () => {
  await aRun(college, { runId: '2026H1', cutOffAt: '2026-04-11T00:00:00+08:00' });
  await snapshotsOf(college, '2026H1', [{ studentNo: STUDENT, grade: 'B' }]);
  expect(await gradeOf(STUDENT)).toEqual({ grade: 'A', asOf: '2026-01-31' });
});

test('a repaired record makes a derived snapshot of the run, of the same day and without a word why (SC-09)', async () => {
  expect(await gradeOf(OTHER)).toEqual({ grade: 'B', asOf: '2026-01-31' });
  const number = await gradeOf(OTHER, 'snapshotId');
  await move(OTHER, 'MITIGATED');
  // The same number of the case: another one would disclose that something changed (3.7(15)).
  expect(await gradeOf(OTHER, 'snapshotId')).toEqual(number);
  expect(await gradeOf(STUDENT, 'snapshotId')).not.toEqual(number);
  expect(await gradeOf(OTHER)).toEqual({ grade: 'B', asOf: '2026-01-31' });
  await move(OTHER, 'REPAIRED');
  expect(await gradeOf(OTHER)).toEqual({ grade: 'A', asOf: '2026-01-31' });
  const mitigated = { grade: 'B', score: 9600, onDay: '2026-01-31', instead: 'B' };
  const repaired = { grade: 'A', score: 10000, onDay: '2026-01-31', instead: 'B' };
  expect(await derivedOf(OTHER)).toEqual([mitigated, repaired]);
  await compute();
  expect(await derivedOf(OTHER)).toEqual([mitigated, repaired]);
});

test('what came after the run is none of it: its repair derives nothing', async () => {
  await asOwner(college, 'archive', `delete from credit_snapshot where run_id = '2026H1'`);
  await move(STUDENT, 'REPAIRED');
  expect(await derivedOf(STUDENT)).toEqual([]);
  expect(await gradeOf(STUDENT)).toEqual({ grade: 'A', asOf: '2026-01-31' });
});

test('others read on from their own snapshots, and no derived one', async () => {
  const { data } = await college.request(
    OTHER,
    '{ me { student { credit { grade score asOf } } } }',
  );
  expect(data).toEqual({
    me: { student: { credit: { grade: 'A', score: 10000, asOf: '2026-04-12' } } },
  });
});
