/** Who graduates, as academic affairs published it: kept until the archive is closed by it. */
import { execute } from '@chengxin/kit/database/orm';
import { forget, present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';

/** An office that is behind names the student by the number that he had before (F-07). */
const APPLY = `
  insert into graduation as t (student_no, graduation_on, outcome, version)
  select distinct on (e->>'key') coalesce(f.student_no, e->>'key'), (p->>'graduationOn')::date,
    p->>'outcome', (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e cross join lateral (select e->'payload') payload (p)
  left join former_number f on f.old_no = e->>'key'
  order by e->>'key', (e->>'version')::int desc
  on conflict (student_no) do update set graduation_on = excluded.graduation_on,
    outcome = excluded.outcome, version = excluded.version
  where t.version < excluded.version`;

/** `graduation`: a student stands on a list that was published. Nothing else of him changes (2.4). */
export const applyGraduations: FeedHandler = async (em, events) => {
  await forget(em, 'graduation', 'student_no', events);
  await execute(em, APPLY, [JSON.stringify(present(events))]);
};
