import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { isUuid } from '@chengxin/kit/database/uuid';
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { groupsOpen } from '../row-groups/row-groups.predicates.js';
import { HumanReview } from './human-review.entity.js';
import type { ReviewedGrade } from './human-review.rules.js';

/** Reviews of a student’s grades, the latest first; none whose snapshot has a line that closed. */
export const humanReviewRows: StudentRows<HumanReview> = {
  entity: HumanReview,
  group: 'SUBJECT_REQUESTS',
  predicates: {},
  where: (_ctx, access) => groupsOpen(access),
  orderBy: { requestedAt: 'desc', id: 'asc' },
};
export const humanReviewsOf = studentRows(humanReviewRows);

/** A newer snapshot that says the same of the school's view changes nothing of what is reviewed. */
const GRADE = `
  select exists (select from human_review h join credit_snapshot r on r.snapshot_id = h.snapshot_id
      where h.student_no = s.student_no and h.state <> 'LAPSED'
        and (r.kind, r.grade, r.school_view) = (s.kind, s.grade, s.school_view)) as "isReviewed"
  from credit_snapshot s
  where s.snapshot_id = ?::uuid and s.student_no = ?
    and (s.grade, s.school_view) = (
      select l.grade, l.school_view from credit_snapshot l
      where l.student_no = s.student_no and l.kind = s.kind order by l.seq desc limit 1)`;

/** What is known of the grade that a request names; it stands, if it is what is said of him now. */
export async function reviewedGrade(
  em: EntityManager,
  { snapshotId, studentNo }: { readonly snapshotId: string; readonly studentNo: string },
): Promise<ReviewedGrade> {
  const found = isUuid(snapshotId)
    ? await execute<{ isReviewed: boolean }>(em, GRADE, [snapshotId, studentNo])
    : [];
  return { stands: found.length > 0, isReviewed: found[0]?.isReviewed ?? false };
}

const LATEST = `
  select l.snapshot_id as id from credit_snapshot l
  where l.student_no = ? and l.kind = 'PROVISIONAL' order by l.seq desc limit 1`;

/** The latest snapshot of a student. */
export async function latestSnapshot(em: EntityManager, studentNo: string): Promise<string> {
  const [latest] = await execute<{ id: string }>(em, LATEST, [studentNo]);
  if (!latest) throw new Error('A student whose credit was computed has no snapshot.');
  return latest.id;
}

const CONFIRMERS = `
  select distinct s.snapshot_id as "snapshotId", g.recorded_by as "staffNo"
  from credit_snapshot s
    join credit_snapshot c on c.student_no = s.student_no and c.grade = s.grade
      and c.school_view = s.school_view
    join grade_confirmation g on g.snapshot_id = c.snapshot_id
  where s.snapshot_id = any(?::uuid[])`;

interface Confirmer {
  readonly snapshotId: string;
  readonly staffNo: string;
}

/** Who confirmed the grade of each of some snapshots, be it on another one that says the same. */
export async function confirmersOf(
  em: EntityManager,
  snapshotIds: readonly string[],
): Promise<string[][]> {
  const found = await execute<Confirmer>(em, CONFIRMERS, [snapshotIds]);
  const people = Map.groupBy(found, ({ snapshotId }) => snapshotId);
  return snapshotIds.map((id) => (people.get(id) ?? []).map(({ staffNo }) => staffNo));
}
