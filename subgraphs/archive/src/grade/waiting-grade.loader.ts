import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { isUuid } from '@chengxin/kit/database/uuid';
import type { WaitingGrade } from './grade-confirmation.rules.js';

/** A newer snapshot that says the same of the school's view changes nothing of what is confirmed. */
const WAITING = `
  select exists (select from grade_confirmation g
      where g.snapshot_id = s.snapshot_id and g.level = 'COLLEGE') as "isOfCollege"
  from credit_snapshot s
  where s.snapshot_id = ?::uuid and s.student_no = ? and s.state = 'PENDING'
    and (s.grade, s.school_view) = (
      select l.grade, l.school_view from credit_snapshot l
      where l.student_no = s.student_no and l.kind = s.kind and l.run_id is not distinct from s.run_id
      order by l.seq desc limit 1)`;

export async function waitingGrade(
  em: EntityManager,
  { snapshotId, studentNo }: { readonly snapshotId: string; readonly studentNo: string },
): Promise<WaitingGrade> {
  const found = isUuid(snapshotId)
    ? await execute<{ isOfCollege: boolean }>(em, WAITING, [snapshotId, studentNo])
    : [];
  return { isWaiting: found.length > 0, isOfCollege: found[0]?.isOfCollege ?? false };
}

/** Once two have confirmed it, whatever says the same of this student is confirmed. */
export const confirmSnapshots = (em: EntityManager, snapshotId: string): Promise<unknown> =>
  execute(em, 'select confirm_grade(?::uuid)', [snapshotId]);
