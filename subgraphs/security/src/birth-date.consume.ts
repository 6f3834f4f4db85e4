import { execute } from '@chengxin/kit/database/orm';
import type { FeedHandler } from '@chengxin/kit/feed/handler';

const APPLY = `
  insert into age_recheck as t (student_no, version)
  select e->>'key', max((e->>'version')::int) from jsonb_array_elements(?::jsonb) e
  where exists (select from law_violation v where v.student_no = e->>'key')
  group by 1
  on conflict (student_no) do update set version = greatest(t.version, excluded.version)`;

/** `birthDate`: that it was corrected, no value. The acts held of the student are checked again. */
export const applyBirthDate: FeedHandler = async (em, events) => {
  await execute(em, APPLY, [JSON.stringify(events)]);
};
