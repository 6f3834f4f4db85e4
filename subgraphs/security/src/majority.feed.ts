import { execute } from '@chengxin/kit/database/orm';
import type { FeedHandler } from '@chengxin/kit/feed/reader';
import { BARRED_EVENT } from './finding.feed.js';

const APPLY = `
  insert into majority (student_no, adult_from, version)
  select distinct on (e->>'key') e->>'key', (e->'payload'->>'adultFrom')::date, (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e
  order by e->>'key', (e->>'version')::int desc
  on conflict (student_no) do update set adult_from = excluded.adult_from, version = excluded.version
  where majority.version < excluded.version`;

const BAR = `
  with barred as (
    delete from law_violation v using majority m
    where m.student_no = v.student_no and v.act_on < m.adult_from
      and v.student_no in (select e->>'key' from jsonb_array_elements(?::jsonb) e)
    returning v.*
  )
  ${BARRED_EVENT}`;

/**
 * From which day on a student is of age. When a correction shows that he was not at an act, its
 * record goes, and the archive is told that it does not stand (INV-05).
 */
export const applyMajority: FeedHandler = async (em, events) => {
  const told = JSON.stringify(events);
  await execute(em, APPLY, [told]);
  await execute(em, BAR, [told]);
};
