/** What the snapshots of a locked run say, as SQL. Source: DOMAIN 2.4, 3.4b (LOCKED_RUN), L-08. */
import { runAt } from './evaluation-run.js';

/**
 * A C or D of which the student requested that a person looks at it: until then it has no effect, and
 * others read what they read before it (L-08, 3.6). On whichever snapshot that says the same.
 */
export const UNDER_REVIEW = `(s.grade in ('C', 'D') and exists (
  select from human_review h join credit_snapshot o on o.snapshot_id = h.snapshot_id
  where h.student_no = s.student_no and h.state = 'REQUESTED'
    and (o.grade, o.school_view) = (s.grade, s.school_view)))`;

/**
 * Of a snapshot `s`: of the run that was locked by an instant; where a milder change made another of it,
 * that one. Parameters: the instant, twice.
 */
export const IN_LOCKED_RUN = `s.state = 'CONFIRMED' and not ${UNDER_REVIEW}
    and s.run_id = (${runAt('?::timestamptz')})
    and not exists (select from credit_snapshot d where d.supersedes = s.snapshot_id)`;

/** SQL of the grade that LOCKED_RUN shows of a student, or null. Parameters: the instant, twice. */
export const gradeInLockedRun = (studentNo: string): string =>
  `(select s.grade from credit_snapshot s where s.student_no = ${studentNo} and ${IN_LOCKED_RUN})`;
