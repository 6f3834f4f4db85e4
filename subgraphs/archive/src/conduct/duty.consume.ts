/** When a continuing duty was cured: what finance tells of bills, kept until a record needs it. */
import { execute } from '@chengxin/kit/database/orm';
import type { FeedHandler } from '@chengxin/kit/feed/reader';
import { followRecords } from './follow.js';

const APPLY = `
  insert into settlement as t (bill_no, student_no, settled_on, version)
  select distinct on (e->>'key') e->>'key', p->>'studentNo', (p->>'settledOn')::date,
    (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e cross join lateral (select e->'payload') payload (p)
  order by e->>'key', (e->>'version')::int desc
  on conflict (bill_no) do update set student_no = excluded.student_no,
    settled_on = excluded.settled_on, version = excluded.version
  where t.version < excluded.version`;

/** Whose records rest on bills that were told. */
const CONCERNED = `
  select student_no as "studentNo" from conduct_record
  where bill_no in (select e->>'key' from jsonb_array_elements(?::jsonb) e)`;

/** `settlement`: a bill was settled, or reopened; the credit follows in the same transaction. */
export const applySettlement: FeedHandler = async (em, events, at) => {
  const told = JSON.stringify(events);
  await execute(em, APPLY, [told]);
  const rows = await execute<{ studentNo: string }>(em, CONCERNED, [told]);
  await followRecords(
    em,
    at,
    rows.map(({ studentNo }) => studentNo),
  );
};
