import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Act } from '@chengxin/kit/call/of-age';

/** Whoever was born on 29 February comes of age on 1 March. */
const adultFrom = (of: string): string =>
  `(date_trunc('month', ${of}.birth_date::timestamp) + interval '18 years')::date
  + extract(day from ${of}.birth_date)::integer - 1`;

/** SQL: whether a student is of age on a day; no for one who is not on the roll. */
export const isAdult = (studentNo: string, day: string): string =>
  `exists (select from student born where born.student_no = ${studentNo}
    and ${adultFrom('born')} <= ${day})`;

const OF_AGE = `
  select coalesce(${adultFrom('s')} <= act.on_day, false) as "ofAge"
  from jsonb_array_elements(?::jsonb) with ordinality e (value, place)
  cross join lateral (select value->>'studentNo', (value->>'actOn')::date) act (student_no, on_day)
  left join former_number f on f.old_no = act.student_no
  left join student s on s.student_no = coalesce(f.student_no, act.student_no)
  order by place`;

/** Whether each act is one of an adult; no for a student who is not on the roll (INV-05). */
export async function ofAge(em: EntityManager, acts: readonly Act[]): Promise<boolean[]> {
  const rows = await execute<{ ofAge: boolean }>(em, OF_AGE, [JSON.stringify(acts)]);
  return rows.map((row) => row.ofAge);
}
