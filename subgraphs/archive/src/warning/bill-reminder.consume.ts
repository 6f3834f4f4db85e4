/** Bills of which finance has a student reminded, kept until the job of the night warns of them (W-07). */
import { execute } from '@chengxin/kit/database/orm';
import { forget, present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';

const APPLY = `
  insert into bill_reminder as t (id, student_no, bill_no, stage, is_open, version)
  select distinct on (e->>'key') (e->>'key')::uuid, p->>'studentNo', p->>'billNo', p->>'stage',
    (p->>'isOpen')::boolean, (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e cross join lateral (select e->'payload') payload (p)
  order by e->>'key', (e->>'version')::int desc
  on conflict (id) do update set student_no = excluded.student_no, bill_no = excluded.bill_no,
    is_open = excluded.is_open, version = excluded.version
  where t.version < excluded.version`;

/** `billReminder`: `{ studentNo, billNo, stage, isOpen }`, its key the reminder. No amount is in it. */
export const applyBillReminders: FeedHandler = async (em, events) => {
  await forget(em, 'bill_reminder', 'id::text', events);
  await execute(em, APPLY, [JSON.stringify(present(events))]);
};
