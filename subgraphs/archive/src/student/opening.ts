/** How many students one person opens within an hour. Source: DOMAIN 2.7 STUDENT_CAP, 3.6 D-01. */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import DataLoader from 'dataloader';

/** Whatever has not this form is nobody's number, and is not kept. */
const STUDENT_NO = /^\d{10}$/;

/** Opens all that one call names, or none. Numbers count whether they are somebody's or not. */
async function roomFor(ctx: Context, studentNos: readonly string[]): Promise<Date | null> {
  const numbers = studentNos.filter((one) => STUDENT_NO.test(one));
  if (numbers.length === 0) return null;
  const [row] = await execute<{ room: string | null }>(
    ctx.em,
    `select to_char(open_students(?, array(select jsonb_array_elements_text(?::jsonb)), ?, ?)
       at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as room`,
    [ctx.identity.subject, JSON.stringify(numbers), ctx.now, ctx.studentsPerHour],
  );
  return row?.room ? new Date(row.room) : null;
}

const batch = (ctx: Context) => async (studentNos: readonly string[]) => {
  const room = await roomFor(ctx, studentNos);
  const seconds = room && Math.ceil((room.getTime() - ctx.now.getTime()) / 1000);
  return studentNos.map((studentNo) => {
    if (seconds === null) return true;
    // He was selected all the same.
    ctx.disclosures.unknown(studentNo);
    return fault('STUDENT_CAP', undefined, { retryAfterSeconds: seconds });
  });
};

/**
 * Count a student who is opened by his number; not what somebody reads of himself.
 *
 * @throws STUDENT_CAP when that would be more than one may open within an hour.
 */
export async function countOpened(ctx: Context, studentNo: string): Promise<void> {
  if (studentNo === ctx.identity.studentNo) return;
  await ctx.loader(countOpened, () => new DataLoader<string, true>(batch(ctx))).load(studentNo);
}
