import { execute } from '@chengxin/kit/database/orm';
import { forget, present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';

const APPLY = `
  insert into excuse as t (student_no, academic_year, excused, version)
  select distinct on (e->>'key') p->>'studentNo', p->>'academicYear', (p->>'excused')::boolean,
    (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e cross join lateral (select e->'payload') payload (p)
  order by e->>'key', (e->>'version')::int desc
  on conflict (student_no, academic_year) do update set excused = excluded.excused,
    version = excluded.version
  where t.version < excluded.version`;

/**
 * `excuse`: `{ studentNo, academicYear, excused }`, one record a student and academic year, its key
 * `<studentNo>:<academicYear>`. Bills of that year are excused, also those that come later; why, the
 * archive does not say (T-01).
 */
export const applyExcuse: FeedHandler = async (em, events) => {
  await forget(em, 'excuse', `student_no || ':' || academic_year`, events);
  await execute(em, APPLY, [JSON.stringify(present(events))]);
};
