/** Exam violations that academic affairs found, for the archive. */
import { findingEvent, findingRecords } from '@chengxin/kit/feed/finding';

export const EXAM_FINDINGS = findingRecords({
  office: 'academics',
  table: 'exam_violation',
  typename: 'ExamViolation',
  facts: {
    occurredOn: 'occurred_on',
    foundOn: 'decided_on',
    findingBody: 'finding_body',
    findingDocNo: 'decision_doc_no',
    findingOn: 'decided_on',
    noticeDeliveredOn: 'notice_delivered_on',
  },
});

export const EXAM_FINDING_EVENT = findingEvent('academics');
