import { RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import type { NounPlan } from './plans.js';

const WRITE = `
  insert into graduation_remark (student_no, text, author_counsellor, approved_by_college,
    signed_by_sao, issued_on, recorded_by, recorded_at)
  values ($1, 'a diligent student', 'T9999', $2, $3, $4, 'T9999', $5)
  on conflict (student_no) do update set approved_by_college = excluded.approved_by_college,
    signed_by_sao = excluded.signed_by_sao, issued_on = excluded.issued_on, version = 1
  returning id`;

/** The one remark of a student, put into a state by who has signed it. */
export const remarkPlan: NounPlan = {
  noun: 'GraduationRemark',
  office: 'archive',
  table: 'graduation_remark',
  fields: 'id version',
  oneAtATime: true,
  async seed(college, studentNo, state) {
    const isSigned = state === 'SIGNED';
    const [row] = await asOwner<{ id: string }>(college, 'archive', WRITE, [
      studentNo,
      state === 'DRAFT' ? null : 'T9998',
      isSigned ? 'T9997' : null,
      isSigned ? '2026-04-01' : null,
      RECORDED.recorded_at,
    ]);
    return { id: row?.id ?? '', version: 1 };
  },
  async opening(college, studentNo) {
    const sql = 'delete from graduation_remark where student_no = $1';
    await asOwner(college, 'archive', sql, [studentNo]);
    return { studentNo, text: 'a diligent student' };
  },
  more: { 'remark.write': { studentNo: '2024010317', text: 'a diligent student' } },
};
