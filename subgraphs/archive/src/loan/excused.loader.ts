import type { Context } from '@chengxin/kit/context';
import { execute } from '@chengxin/kit/database/orm';
import DataLoader from 'dataloader';
import { academicYearOf, EXCUSING_STATES } from './excused.rules.js';

/** A loan that is not paid out yet, or a hardship found for the year (T-01). */
const EXCUSED = `
  select student_no as "studentNo" from loan_record
  where student_no = any(?::text[]) and state = any(?::text[])
  union
  select student_no from aid_record
  where student_no = any(?::text[]) and hardship_level is not null and academic_year = ?`;

/** Whether unpaid bills of a student are excused today, and not by what (note 14, T-01). */
export const excusedOf = (ctx: Context): DataLoader<string, boolean> =>
  ctx.loader(
    EXCUSED,
    () =>
      new DataLoader<string, boolean>(async (studentNos) => {
        const all = [...studentNos];
        const year = academicYearOf(ctx.today);
        const rows = await execute<{ studentNo: string }>(ctx.em, EXCUSED, [
          all,
          [...EXCUSING_STATES],
          all,
          year,
        ]);
        const excused = new Set(rows.map(({ studentNo }) => studentNo));
        return studentNos.map((studentNo) => excused.has(studentNo));
      }),
  );
