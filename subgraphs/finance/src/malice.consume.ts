import { execute } from '@chengxin/kit/database/orm';
import { forget, present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';

const APPLY = `
  insert into malice as t (bill_no, found, version)
  select distinct on (e->>'key') p->>'billNo', (p->>'found')::boolean, (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e cross join lateral (select e->'payload') payload (p)
  order by e->>'key', (e->>'version')::int desc
  on conflict (bill_no) do update set found = excluded.found, version = excluded.version
  where t.version < excluded.version`;

/** `malice`: `{ billNo, found }`, its key the bill. All that finance learns of a finding (T-01). */
export const applyMalice: FeedHandler = async (em, events) => {
  await forget(em, 'malice', 'bill_no', events);
  await execute(em, APPLY, [JSON.stringify(present(events))]);
};
