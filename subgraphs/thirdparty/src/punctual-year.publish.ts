/** P-10: twelve months in a row, paid in time and confirmed by the operator (DOMAIN 2.3, 4.2). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Records } from '@chengxin/kit/feed/topic';
import type { Approval, ChangedRow } from '@chengxin/kit/import/approval';

const PREFIX = 'thirdparty:';

/** A year that a correction took back is gone; a later one is a new record. */
export const PUNCTUAL_YEARS: Records = {
  prefix: PREFIX,
  from: 'punctual_year',
  where: 'reached_on is not null',
  id: 'id',
  idType: 'uuid',
  version: 'version',
  payload: `jsonb_build_object('studentNo', student_no, 'polarity', 'GOOD',
    'indicatorCode', 'P-10', 'occurredOn', reached_on, 'state', 'APPROVED',
    'consentId', consent_id, 'provider', provider, 'source', jsonb_build_object(
      'subgraph', 'thirdparty', 'typename', 'PhoneBill', 'id', id))`,
};

/**
 * A contract earns it once; each further month paid in time moves its day on. A correction may take
 * it back: the archive never revives what was revoked, so a later year is a new record.
 */
const PUBLISH = `
  with contract as (
    select row->>'consentId' as consent_id, row->>'msisdnTail4' as msisdn_tail4
    from jsonb_array_elements(?::jsonb) row
  ), present as (
    select n.consent_id, n.msisdn_tail4, c.student_no, c.recipient_uscc as provider,
      year.reached_on
    from contract n join consent c on c.consent_id = n.consent_id
    left join lateral (
      select paid.reached_on from (
        select p.number, lag(p.number, 11) over w as first,
          max(p.paid_on) over (w rows between 11 preceding and current row) as reached_on
        from (
          select b.paid_on, left(b.month, 4)::int * 12 + right(b.month, 2)::int as number
          from phone_bill b
          where b.consent_id = n.consent_id and b.msisdn_tail4 = n.msisdn_tail4
            and b.confirmed and b.overdue_days = 0 and b.paid_on is not null
        ) p window w as (order by p.number)
      ) paid
      where paid.first = paid.number - 11 order by paid.number desc limit 1
    ) year on true
  ), changed as (
    insert into punctual_year as t (consent_id, msisdn_tail4, student_no, provider, reached_on)
    select p.consent_id, p.msisdn_tail4, p.student_no, p.provider, p.reached_on from present p
    where p.reached_on is not null or exists (select from punctual_year known
      where known.consent_id = p.consent_id and known.msisdn_tail4 = p.msisdn_tail4)
    on conflict (consent_id, msisdn_tail4) do update set reached_on = excluded.reached_on,
      version = t.version + 1,
      id = case when t.reached_on is null then gen_random_uuid() else t.id end
    where t.reached_on is distinct from excluded.reached_on
    returning *
  )
  insert into outbox (topic, key, version, at)
  select 'good', '${PREFIX}' || id, version, ? from changed`;

/** Publish contracts whose bills earn P-10, or lose it. */
export const publishPunctualYears = (
  em: EntityManager,
  { approvedAt }: Pick<Approval, 'approvedAt'>,
  contracts: readonly ChangedRow[],
): Promise<unknown> => execute(em, PUBLISH, [JSON.stringify(contracts), approvedAt]);
