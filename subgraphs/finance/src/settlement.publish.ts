/** What finance publishes of a bill: the day on which it was settled, never an amount. */
import { execute } from '@chengxin/kit/database/orm';
import type { Records } from '@chengxin/kit/feed/topic';
import { valuesOf } from '@chengxin/kit/import/job';
import type { Follower } from '@chengxin/kit/import/approval';

export const SETTLEMENTS: Records = {
  prefix: '',
  from: 'settlement s join bill b using (bill_no)',
  id: 'bill_no',
  idType: 'text',
  version: 's.version',
  payload: `jsonb_build_object('studentNo', b.student_no, 'billNo', bill_no,
    'settledOn', s.settled_on)`,
};

const TELL = `
  with changed as (
    insert into settlement as t (bill_no, settled_on)
    select s.bill_no, s.settled_on from bill_settlement s
    where s.bill_no in (select jsonb_array_elements_text(?::jsonb))
      and (s.settled_on is not null
        or exists (select from settlement known where known.bill_no = s.bill_no))
    on conflict (bill_no) do update set settled_on = excluded.settled_on, version = t.version + 1
    where t.settled_on is distinct from excluded.settled_on
    returning *
  )
  insert into outbox (topic, key, version, at)
  select 'settlement', bill_no, version, ? from changed`;

/**
 * Tell the archive of each bill that bills or payments settle or reopen; of a payment that moved to
 * another bill, of both. Source: DOMAIN 0.2, 4.5.
 */
export const publishSettlements: Follower = (em, { approvedAt }, rows) => {
  const billNos = [...new Set([...valuesOf(rows, 'billNo'), ...valuesOf(rows, 'formerBillNo')])];
  return execute(em, TELL, [JSON.stringify(billNos), approvedAt]);
};
