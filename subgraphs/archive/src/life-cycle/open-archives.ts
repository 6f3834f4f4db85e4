import { execute } from '@chengxin/kit/database/orm';
import { valuesOf } from '@chengxin/kit/import/job';
import type { Follower } from '@chengxin/kit/import/approval';

const OPEN = `
  insert into archive (student_no, state, opened_on, recorded_by, recorded_at, approved_by,
    approved_at, evidence)
  select s.student_no, 'IMPORTED', s.enrolled_on, ?, ?::timestamptz, ?, ?::timestamptz,
    jsonb_build_array(jsonb_build_object('id', ?::text, 'docNo', ?::text))
  from student s where s.student_no = any(?::text[]) and not exists (
    select from archive a where a.student_no = s.student_no and a.state <> 'VOID')`;

/** Whoever is imported has an archive from then on, on the day of his entry (G10.1, G10.3, 2.4). */
export const openArchives: Follower = async (em, approval, students) => {
  const { batchId, basisDocNo, recordedBy, recordedAt, approvedBy, approvedAt } = approval;
  const docNo = basisDocNo ?? `IMPORT-${batchId}`;
  const people = [recordedBy, recordedAt, approvedBy, approvedAt];
  const studentNos = valuesOf(students, 'studentNo');
  await execute(em, OPEN, [...people, batchId, docNo, studentNos]);
};
