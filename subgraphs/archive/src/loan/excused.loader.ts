import { EXCUSING_STATES } from './excused.rules.js';

const STATES = EXCUSING_STATES.map((state) => `'${state}'`).join(', ');

/**
 * Whether a student is excused in an academic year, as a condition on two expressions: a loan that
 * is not paid out yet, of whichever year, or a hardship found for the year (T-01).
 */
export const excusedIn = (studentNo: string, academicYear: string): string => `(
  exists (select from loan_record l where l.student_no = ${studentNo} and l.state in (${STATES}))
  or exists (select from aid_record a where a.student_no = ${studentNo}
    and a.hardship_level is not null and a.academic_year = ${academicYear}))`;
