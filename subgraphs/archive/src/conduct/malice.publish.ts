import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const TELL = `
  with present as (
    select bill_no, bool_or(state in ('ACTIVE', 'MITIGATED')) as found from conduct_record
    where student_no = any(?::text[]) and bill_no is not null group by bill_no
  ), changed as (
    insert into malice_told as t (bill_no, found)
    select p.bill_no, p.found from present p
    where p.found or exists (select from malice_told known where known.bill_no = p.bill_no)
    on conflict (bill_no) do update set found = excluded.found, version = t.version + 1
    where t.found <> excluded.found
    returning *
  )
  insert into outbox (topic, key, version, payload, at)
  select 'malice', bill_no, version, jsonb_build_object('billNo', bill_no, 'found', found), ?
  from changed`;

/**
 * Tell finance of bills on which malice was found, or is found no more: that alone, of the decision
 * it hears nothing. Source: T-01, DOMAIN 0.2.
 */
export const publishMalice = (em: EntityManager, now: Date, studentNos: readonly string[]) =>
  execute(em, TELL, [studentNos, now]);
