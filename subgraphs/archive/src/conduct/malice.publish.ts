import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Records } from '@chengxin/kit/feed/topic';

export const MALICE: Records = {
  prefix: '',
  from: 'malice_told',
  id: 'bill_no',
  idType: 'text',
  version: 'version',
  payload: `jsonb_build_object('billNo', bill_no, 'found', found, 'refusals', refusals)`,
};

const PUBLISH = `
  with present as (
    select bill_no, bool_or(state in ('ACTIVE', 'MITIGATED')) as found,
      (count(*) filter (where state = 'DISMISSED'))::int as refusals
    from conduct_record
    where student_no = any(?::text[]) and bill_no is not null group by bill_no
  ), changed as (
    insert into malice_told as t (bill_no, found, refusals)
    select p.bill_no, p.found, p.refusals from present p
    where p.found or p.refusals > 0
      or exists (select from malice_told known where known.bill_no = p.bill_no)
    on conflict (bill_no) do update set found = excluded.found, refusals = excluded.refusals,
      version = t.version + 1
    where (t.found, t.refusals) <> (excluded.found, excluded.refusals)
    returning *
  )
  insert into outbox (topic, key, version, at)
  select 'malice', bill_no, version, ? from changed`;

/**
 * Publish to finance the bills on which malice was found, is found no more, or was refused: that
 * alone, nothing of the decision. Source: T-01, DOMAIN 0.2.
 */
export const publishMalice = (em: EntityManager, now: Date, studentNos: readonly string[]) =>
  execute(em, PUBLISH, [studentNos, now]);
