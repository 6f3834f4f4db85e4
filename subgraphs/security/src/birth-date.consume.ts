import { execute } from '@chengxin/kit/database/orm';
import type { FeedHandler } from '@chengxin/kit/feed/handler';

/** An event of before a renumbering names the student by the number that he had then (F-07). */
const APPLY = `
  insert into age_recheck as t (student_no, version)
  select s.student_no, max(s.version) from (
    select coalesce(f.student_no, e->>'key') as student_no, (e->>'version')::int as version
    from jsonb_array_elements(?::jsonb) e left join former_number f on f.old_no = e->>'key') s
  where exists (select from law_violation v where v.student_no = s.student_no)
  group by 1
  on conflict (student_no) do update set version = greatest(t.version, excluded.version)`;

/** `birthDate`: that it was corrected, no value. The acts held of the student are checked again. */
export const applyBirthDate: FeedHandler = async (em, events) => {
  await execute(em, APPLY, [JSON.stringify(events)]);
};
