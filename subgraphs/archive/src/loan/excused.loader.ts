import type { Context } from '@chengxin/kit/context';
import { execute } from '@chengxin/kit/database/orm';
import DataLoader from 'dataloader';
import { academicYearOf } from '../org/academic-year.js';
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

const EXCUSED = `
  select s.student_no as "studentNo" from unnest(?::text[]) as s(student_no)
  where ${excusedIn('s.student_no', '?')}`;

/** Whether unpaid bills of a student are excused today, and not by what (note 14, T-01). */
export const excusedOf = (ctx: Context): DataLoader<string, boolean> =>
  ctx.loader(
    EXCUSED,
    () =>
      new DataLoader<string, boolean>(async (studentNos) => {
        const rows = await execute<{ studentNo: string }>(ctx.em, EXCUSED, [
          [...studentNos],
          academicYearOf(ctx.today),
        ]);
        const excused = new Set(rows.map(({ studentNo }) => studentNo));
        return studentNos.map((studentNo) => excused.has(studentNo));
      }),
  );
