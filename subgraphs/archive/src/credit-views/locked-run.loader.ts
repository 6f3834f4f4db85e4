/** What a frozen release rests on: a LOCKED official run, its day and its snapshots (3.6). */
import { dayIn } from '@chengxin/kit/database/day';
import { isAdult } from '../age/of-age.js';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

export interface LockedRun {
  readonly runId: string;
  /** Calendar day that the run is of. */
  readonly onDay: string;
}

const UNRELEASED = `
  select r.run_id as "runId", ${dayIn('r.cut_off_at')}::text as "onDay"
  from evaluation_run r
  where r.kind = 'OFFICIAL' and r.state = 'LOCKED'
    and not exists (select from credit_view_release v where v.run_id = r.run_id)
  order by r.locked_at, r.run_id`;

/** Locked runs of which nothing was released, the earliest first: each release looks at those before. */
export const unreleasedRuns = (em: EntityManager): Promise<LockedRun[]> => execute(em, UNRELEASED);

export interface RunSnapshot {
  readonly studentNo: string;
  readonly college: string;
  readonly major: string;
  readonly cohort: string;
  readonly grade: string;
  /** Hundredths of a point by dimension, of the school view. */
  readonly dimensions: Readonly<Record<string, number>>;
}

/**
 * A later milder change makes a derived snapshot for evaluators; a release is of the run itself, and of
 * nobody who was under 18 on its day (4.6, N).
 */
const SNAPSHOTS = `
  select c.student_no as "studentNo", s.college, s.major_code as major, s.cohort::text as cohort, c.grade,
    c.school_view->'dimensions' as dimensions
  from credit_snapshot c join student s on s.student_no = c.student_no
  where c.run_id = ? and c.supersedes is null and c.student_no > ?
    and ${isAdult('c.student_no', 'c.on_day')}
  order by c.student_no limit ?`;

/** Snapshots of a run by student number, as many as wanted, after a number. */
export const snapshotsAfter = (
  em: EntityManager,
  { runId }: LockedRun,
  after: string,
  atMost: number,
): Promise<RunSnapshot[]> => execute(em, SNAPSHOTS, [runId, after, atMost]);
