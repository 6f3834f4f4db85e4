/**
 * What the office publishes of malice: coded facts and a reference. The statement's text
 * stays with the finding, and goes with it when the consent ends.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { valuesOf } from '@chengxin/kit/import/job';
import type { Approval, ChangedRow } from '@chengxin/kit/import/approval';
import { fault } from '@chengxin/kit/errors';
import type { Records } from '@chengxin/kit/feed/topic';

const PREFIX = 'thirdparty:';

/** Findings that rest on a row which may be published; others are gone. */
export const MALICE_FINDINGS: Records = {
  prefix: PREFIX,
  from: `provider_malice_finding f
    cross join lateral (
      select 'D2-02' as code, c.consent_id, c.provider, c.statement_on as occurred_on,
        c.settled_on as ended_on
      from card_overdraft c where c.id = f.card_overdraft_id
      union all
      select 'D2-03', b.consent_id, b.provider, (b.month || '-01')::date, b.paid_on
      from phone_bill b where b.id = f.phone_bill_id and b.confirmed
    ) r
    join provider p on p.uscc = r.provider`,
  where: `f.state = 'FOUND'`,
  id: 'f.id',
  idType: 'uuid',
  version: 'f.version',
  payload: `jsonb_build_object(
    'studentNo', f.student_no, 'polarity', 'BAD', 'indicatorCode', r.code, 'severity', f.severity,
    'state', f.state, 'occurredOn', r.occurred_on,
    'endedOn', case when r.ended_on >= r.occurred_on then r.ended_on end,
    'foundOn', f.finding_on, 'findingBody', p.name, 'findingDocNo', f.doc_no,
    'findingOn', f.finding_on, 'noticeDeliveredAt', f.notified_at,
    'statementFiled', f.student_statement is not null, 'consentId', r.consent_id,
    'recordedBy', f.recorded_by, 'approvedBy', f.approved_by, 'approvedAt', f.approved_at,
    'provider', r.provider, 'source', jsonb_build_object('subgraph', 'thirdparty',
      'typename', 'ProviderMaliceFinding', 'id', f.id))`,
};

const PUBLISH = `
  insert into outbox (topic, key, version, at)
  select 'finding', '${PREFIX}' || ${MALICE_FINDINGS.id}, ${MALICE_FINDINGS.version}, ?
  from ${MALICE_FINDINGS.from}
  where f.id::text = ? and ${MALICE_FINDINGS.where}
  returning 1`;

/**
 * Publish a finding, in the transaction that makes it FOUND. What happens after graduation with a
 * loan is never published (T-05).
 *
 * @throws STATE_CONFLICT for one that is not found, or rests on no row that may be published.
 * @source T-04, L-04, DOMAIN 2.4
 */
export async function publishMalice(em: EntityManager, at: Date, findingId: string): Promise<void> {
  const published = await execute(em, PUBLISH, [at, findingId]);
  if (!published.length) throw fault('STATE_CONFLICT', `finding ${findingId}`);
}

const TAKE_BACK = `
  with unconfirmed as (
    select f.id, f.state from provider_malice_finding f join phone_bill b on b.id = f.phone_bill_id
    where not b.confirmed and f.state <> 'DISMISSED'
      and b.consent_id = any(?::text[])
    for update of f
  ), f as (
    update provider_malice_finding t set state = 'DISMISSED', version = t.version + 1
    from unconfirmed u where u.id = t.id
    returning t.*, u.state as before
  )
  insert into outbox (topic, key, version, at)
  select 'finding', '${PREFIX}' || id, version, ? from f where before = 'FOUND'`;

/** A bill that a correction leaves unconfirmed carries no finding any more (Henan 27). */
export const takeBackUnconfirmed = (
  em: EntityManager,
  { approvedAt }: Pick<Approval, 'approvedAt'>,
  rows: readonly ChangedRow[],
): Promise<unknown> => execute(em, TAKE_BACK, [valuesOf(rows, 'consentId'), approvedAt]);
