/** What the snapshots of locked runs say, as SQL. Source: DOMAIN 2.4, 3.4b (LOCKED_RUN), 4.6, L-08. */
import { dayIn } from '@chengxin/kit/database/day';
import { isAdult } from '../age/of-age.js';
import { ArchiveState } from '../life-cycle/archive-state.js';
import { listed } from '../row-groups/row-groups.js';
import { CLOSED_STATES, GoodState } from '../rules/conduct-state.js';
import { runAt } from './evaluation-run.js';

/** A C or D, of a snapshot that goes by a name, of which the student requested that a person looks at it. */
const underReview = (of: string): string => `(${of}.grade in ('C', 'D') and exists (
  select from human_review h join credit_snapshot o on o.snapshot_id = h.snapshot_id
  where h.student_no = ${of}.student_no and h.state = 'REQUESTED'
    and (o.grade, o.school_view) = (${of}.grade, ${of}.school_view)))`;

/**
 * A C or D of which the student requested that a person looks at it: until then it has no effect, and
 * others read what they read before it (L-08, 3.6). On whichever snapshot that says the same.
 */
export const UNDER_REVIEW = underReview('s');

/** Last of its chain, confirmed, and of no grade that a person looks at. */
const standing = (of: string): string => `${of}.state = 'CONFIRMED' and not ${underReview(of)}
  and not exists (select from credit_snapshot d where d.supersedes = ${of}.snapshot_id)`;

/** Of a run that another has taken the place of nothing is derived for long: what has closed is in no line. */
const withoutClosed = (of: string): string => `not exists (
  select from jsonb_array_elements(${of}.school_view->'lines') l
  where l->>'recordId' is not null
    and not exists (select from conduct_record c where c.student_no = ${of}.student_no
      and c.id::text = l->>'recordId' and c.state not in (${listed([...CLOSED_STATES])}))
    and not exists (select from good_record g where g.student_no = ${of}.student_no
      and g.id::text = l->>'recordId' and g.state <> '${GoodState.REVOKED}'))`;

/**
 * The latest run that was locked by an instant and says something of the student that stands. While a
 * person looks at his grade that is an earlier one, as it is for who was not rated in the latest:
 * nothing says that a grade waits (4.6).
 */
const latestRun = (studentNo: string): string => `
  select r.run_id from evaluation_run r join credit_snapshot e on e.run_id = r.run_id
  where e.student_no = ${studentNo} and r.kind = 'OFFICIAL' and r.locked_at <= ?::timestamptz
    and ${standing('e')}
    and (r.superseded_at is null or r.superseded_at > ?::timestamptz or ${withoutClosed('e')})
  order by r.locked_at desc limit 1`;

/** States of an archive whose student is rated, and of one that was when it was closed (4.6, T-05). */
const RATED: readonly ArchiveState[] = [
  ArchiveState.ACTIVE,
  ArchiveState.CLOSING,
  ArchiveState.CLOSED,
  ArchiveState.RETAINED,
];

/** Outside the school nobody is rated whose archive is not active, or who is under 18 (4.6, N). */
const isRated = (studentNo: string): string => `exists (select from archive a
    where a.student_no = ${studentNo} and a.state in (${listed(RATED)}))
  and ${isAdult(studentNo, dayIn('?::timestamptz'))}`;

/**
 * Of a snapshot `s`: what evaluators and employers read of its student; where a milder change made
 * another of it, that one; nothing while no run is locked. Parameters: `lockedBy`.
 */
export const IN_LOCKED_RUN = `${standing('s')}
    and (${runAt('?::timestamptz')}) is not null
    and s.run_id = (${latestRun('s.student_no')}) and ${isRated('s.student_no')}`;

/** The parameters of what the runs say that were locked by an instant. */
export const lockedBy = (at: Date): Date[] => [at, at, at, at, at];

/** SQL of the grade that LOCKED_RUN shows of a student, or null. Parameters: `lockedBy`. */
export const gradeInLockedRun = (studentNo: string): string =>
  `(select s.grade from credit_snapshot s where s.student_no = ${studentNo} and ${IN_LOCKED_RUN})`;
