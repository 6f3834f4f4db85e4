/**
 * What the office publishes of a finding: coded facts and a reference, never materials. Facts
 * before FOUND stay here, and what was taken back or barred is gone. Of what was sealed, that alone
 * is published (T-03).
 *
 * @source G6.1, DOMAIN 0.2, 2.4
 */
import type { Records } from '@chengxin/kit/feed/topic';

const PREFIX = 'security:';

export const FINDINGS: Records = {
  prefix: PREFIX,
  from: 'law_violation',
  where: `state not in ('PROPOSED', 'NOTIFIED', 'DISMISSED', 'REVOKED')`,
  id: 'id',
  idType: 'uuid',
  version: 'version',
  // What else becomes of the record is the archive's own decision.
  payload: `jsonb_build_object('studentNo', student_no,
      'source', jsonb_build_object('subgraph', 'security', 'typename', 'LawViolation', 'id', id))
    || case when state = 'SEALED' then jsonb_build_object('state', 'SEALED')
    else jsonb_build_object('polarity', 'BAD', 'indicatorCode', indicator_code,
      'severity', severity, 'state', 'FOUND', 'occurredOn', act_on,
      'foundOn', found_on, 'findingBody', authority,
      'findingDocNo', doc_no, 'findingOn', found_on, 'noticeDeliveredOn', notified_on,
      'legalBasis', legal_basis) end`,
};

/** A finding came in, or was corrected. */
export const FOUND_EVENT = `
  insert into outbox (topic, key, version, at)
  select 'finding', '${PREFIX}' || id, version, ? from changed where state = 'FOUND'`;

/** A finding is gone, because its student was not of age after all (INV-05). */
export const BARRED_EVENT = `
  insert into outbox (topic, key, version, at)
  select 'finding', '${PREFIX}' || id, version + 1, now() from barred
  where state not in ('PROPOSED', 'NOTIFIED', 'DISMISSED', 'SEALED')`;
