/**
 * What academic affairs tells the archive of a finding: coded facts and a reference, never materials
 * (ARCHITECTURE §5). Facts before FOUND stay here.
 */
export const EXAM_FINDING_EVENT = `
  insert into outbox (topic, key, version, payload, at)
  select 'finding', 'academics:' || id, version, jsonb_build_object('studentNo', student_no,
    'polarity', 'BAD', 'indicatorCode', indicator_code, 'severity', severity, 'state', state,
    'occurredOn', occurred_on, 'foundOn', decided_on, 'findingBody', finding_body,
    'findingDocNo', decision_doc_no, 'findingOn', decided_on,
    'noticeDeliveredOn', notice_delivered_on,
    'source', jsonb_build_object('subgraph', 'academics', 'typename', 'ExamViolation', 'id', id)), ?
  from changed where state = 'FOUND'`;
