/** A notice that was delivered, and whose time to answer is over, as an office keeps it (F-01). */
import type { TestCollege } from '../support/college.js';
import { put } from '../support/put.js';

export const deliveredNotice = (
  college: TestCollege,
  office: string,
  { type, id, kind, studentNo }: Readonly<Record<'type' | 'id' | 'kind' | 'studentNo', string>>,
) =>
  put(college, office, 'notice_standing', {
    subject_type: type,
    subject_id: id,
    kind,
    student_no: studentNo,
    delivered_at: '2026-04-01T00:00:00Z',
    waits_until: '2026-04-09',
    answered: 1,
  });
