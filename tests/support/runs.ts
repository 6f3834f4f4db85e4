/** Evaluation runs as they will be once somebody has computed, confirmed and locked them. */
import { useArchive } from './archive-in-use.js';
import type { TestCollege } from './college.js';
import { asOwner } from './sql.js';

export interface TestRun {
  readonly runId: string;
  readonly cutOffAt: string;
  readonly lockedAt?: string;
  readonly state?: string;
}

/** Put a run into the archive. */
export const aRun = (
  college: TestCollege,
  { runId, cutOffAt, lockedAt = cutOffAt, state = 'LOCKED' }: TestRun,
) =>
  asOwner(
    college,
    'archive',
    `insert into evaluation_run (run_id, period, rule_set, cut_off_at, kind, state, locked_at,
       recorded_by, recorded_at, approved_by, approved_at)
     values ($1, left($1, 6), 'CR-2026.1', $2, 'OFFICIAL', $3, $4, 'T0001', $2, 'T0002', $4)`,
    [runId, cutOffAt, state, state === 'LOCKED' ? lockedAt : null],
  );

export interface Graded {
  readonly studentNo: string;
  readonly grade: string;
}

/** Snapshots of a run: what the students had last, under the grades that are given; all are rated (4.6). */
export async function snapshotsOf(
  college: TestCollege,
  runId: string,
  graded: readonly Graded[],
): Promise<void> {
  for (const { studentNo } of graded) await useArchive(college, studentNo);
  await asOwner(
    college,
    'archive',
    `insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
       score_excluding_disputed, school_view, full_view, run_id)
     select s.student_no, s.rule_set, 'OFFICIAL', (r.cut_off_at at time zone 'Asia/Shanghai')::date,
       r.cut_off_at, 'CONFIRMED', g.grade, s.level, s.score_excluding_disputed, s.school_view,
       s.full_view, r.run_id
     from jsonb_to_recordset($2::jsonb) as g("studentNo" text, grade text)
     join evaluation_run r on r.run_id = $1
     join lateral (select * from credit_snapshot c where c.student_no = g."studentNo"
       order by c.seq desc limit 1) s on true`,
    [runId, JSON.stringify(graded)],
  );
}
