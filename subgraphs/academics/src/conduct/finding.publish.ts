/**
 * What academic affairs publishes of a finding: coded facts and a reference, never materials
 * (ARCHITECTURE §5). Facts before FOUND stay here, and what was taken back is gone. Of what was
 * sealed, that alone is published (T-03).
 */
import type { Records } from '@chengxin/kit/feed/topic';

const PREFIX = 'academics:';

export const EXAM_FINDINGS: Records = {
  prefix: PREFIX,
  from: 'exam_violation',
  where: `state not in ('PROPOSED', 'NOTIFIED', 'DISMISSED', 'REVOKED')`,
  id: 'id',
  idType: 'uuid',
  version: 'version',
  // What else becomes of the record is the archive's own decision.
  payload: `jsonb_build_object('studentNo', student_no,
      'source', jsonb_build_object('subgraph', 'academics', 'typename', 'ExamViolation', 'id', id))
    || case when state = 'SEALED' then jsonb_build_object('state', 'SEALED')
    else jsonb_build_object('polarity', 'BAD', 'indicatorCode', indicator_code,
      'severity', severity, 'state', 'FOUND', 'occurredOn', occurred_on,
      'foundOn', decided_on, 'findingBody', finding_body,
      'findingDocNo', decision_doc_no, 'findingOn', decided_on,
      'noticeDeliveredOn', notice_delivered_on) end`,
};

/** A finding came in, or was corrected. */
export const EXAM_FINDING_EVENT = `
  insert into outbox (topic, key, version, at)
  select 'finding', '${PREFIX}' || id, version, ? from changed where state = 'FOUND'`;
