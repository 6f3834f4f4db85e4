import { execute } from '@chengxin/kit/database/orm';
import { forget, present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';

/** What waits for a decision on the bill has come to it. */
const APPLY = `
  with applied as (
    insert into malice as t (bill_no, found, version)
    select distinct on (e->>'key') p->>'billNo', (p->>'found')::boolean, (e->>'version')::int
    from jsonb_array_elements(?::jsonb) e cross join lateral (select e->'payload') payload (p)
    order by e->>'key', (e->>'version')::int desc
    on conflict (bill_no) do update set found = excluded.found, version = excluded.version
    where t.version < excluded.version
    returning bill_no, found
  )
  update malice_proposal p set state = case when a.found then 'FOUND' else 'DISMISSED' end,
    version = p.version + 1
  from applied a where p.bill_no = a.bill_no and p.state = 'PROPOSED'`;

/**
 * `malice`: `{ billNo, found, refusals }`, its key the bill. All that finance learns of a decision
 * (T-01).
 */
export const applyMalice: FeedHandler = async (em, events) => {
  await forget(em, 'malice', 'bill_no', events);
  await execute(em, APPLY, [JSON.stringify(present(events))]);
};
