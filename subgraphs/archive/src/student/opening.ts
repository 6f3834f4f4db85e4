/** How many students one person opens within an hour. Source: DOMAIN 2.7 STUDENT_CAP, 3.6 D-01. */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import DataLoader from 'dataloader';
import { STUDENT_NO } from '@chengxin/kit/student-no';
import { isOpenedLately } from './opened-lately.js';

/** When there will be room, where there is none, and the numbers that hold of those that somebody had. */
interface Opened {
  readonly room: string | null;
  readonly current: Readonly<Record<string, string>>;
}
const NONE: Opened = { room: null, current: {} };

const OPEN = `
  with named as (select array(select jsonb_array_elements_text(?::jsonb)) as numbers)
  select to_char(open_students(?, numbers, ?, ?)
      at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as room,
    (select coalesce(jsonb_object_agg(f.old_no, f.student_no), '{}') from former_number f
     where f.old_no = any(numbers)) as current
  from named`;

/** Opens all that one call names, or none. Numbers count whether they are somebody's or not. */
async function openAll(ctx: Context, studentNos: readonly string[]): Promise<Opened> {
  const numbers = studentNos.filter((one) => STUDENT_NO.test(one));
  if (numbers.length === 0) return NONE;
  const { subject } = ctx.identity;
  const values = [JSON.stringify(numbers), subject, ctx.now, ctx.studentsPerHour];
  const [row] = await execute<Opened>(ctx.em, OPEN, values);
  return row ?? NONE;
}

const batch = (ctx: Context) => async (studentNos: readonly string[]) => {
  const { room, current } = await openAll(ctx, studentNos);
  const seconds = room && Math.ceil((Date.parse(room) - ctx.now.getTime()) / 1000);
  return studentNos.map((studentNo) => {
    if (seconds === null) return current[studentNo] ?? studentNo;
    // He was selected all the same.
    ctx.disclosures.unknown(studentNo);
    return fault('STUDENT_CAP', undefined, { retryAfterSeconds: seconds });
  });
};

/**
 * Count a student who is opened by his number; not what somebody reads of himself.
 *
 * @returns The number that holds: a student is found by those that he had before, too (F-07).
 * @throws STUDENT_CAP when that would be more than one may open within an hour.
 */
export async function countOpened(ctx: Context, studentNo: string): Promise<string> {
  if (studentNo === ctx.identity.studentNo) return studentNo;
  const opening = ctx.loader(countOpened, () => new DataLoader<string, string>(batch(ctx)));
  return opening.load(studentNo);
}

/** Whoever was opened within this minute needs no count; he comes with the others all the same, as one batch. */
const batchUnlessLately = (ctx: Context) => async (studentNos: readonly string[]) => {
  const others = studentNos.filter((one) => !isOpenedLately(ctx, one));
  const counted = others.length ? await batch(ctx)(others) : [];
  const results = new Map(others.map((one, at) => [one, counted[at]]));
  return studentNos.map((one) => results.get(one) ?? one);
};

/** The same, but that nothing is counted of whom the caller has opened and seen within this minute. */
export async function countUnlessLately(ctx: Context, studentNo: string): Promise<string> {
  if (studentNo === ctx.identity.studentNo) return studentNo;
  const make = () => new DataLoader<string, string>(batchUnlessLately(ctx));
  return ctx.loader(countUnlessLately, make).load(studentNo);
}
