/**
 * When a continuing duty was cured: what finance publishes of bills, kept until a record needs it.
 */
import { execute } from '@chengxin/kit/database/orm';
import { forget, present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';
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

/** Whose records rest on the published bills. */
const CONCERNED = `
  select student_no as "studentNo" from conduct_record
  where bill_no in (select e->>'key' from jsonb_array_elements(?::jsonb) e)`;

/**
 * `settlement`: a bill was settled, or reopened; the credit follows in the same transaction. Of a bill
 * that is gone a record keeps the day on which it was cured.
 */
export const applySettlement: FeedHandler = async (em, events, at) => {
  await forget(em, 'settlement', 'bill_no', events);
  await execute(em, APPLY, [JSON.stringify(present(events))]);
  const rows = await execute<{ studentNo: string }>(em, CONCERNED, [JSON.stringify(events)]);
  await followRecords(
    em,
    at,
    rows.map(({ studentNo }) => studentNo),
  );
};
