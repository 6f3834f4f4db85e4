/** Exam violations that academic affairs found, and final misconduct cases, for the archive. */
import { findingEvent, findingRecords, PEOPLE_OF_FACT } from '@chengxin/kit/feed/finding';

/** Columns that both tables name alike. */
const FACTS = {
  occurredOn: 'occurred_on',
  foundOn: 'decided_on',
  findingBody: 'finding_body',
  findingDocNo: 'decision_doc_no',
  findingOn: 'decided_on',
  noticeDeliveredOn: 'notice_delivered_on',
  ...PEOPLE_OF_FACT,
};

export const EXAM_FINDINGS = findingRecords({
  office: 'academics',
  table: 'exam_violation',
  typename: 'ExamViolation',
  facts: FACTS,
});

/** Only what is final may enter an archive (2.4). */
export const MISCONDUCT_FINDINGS = findingRecords({
  office: 'academics',
  table: 'misconduct_case',
  typename: 'MisconductCase',
  where: `stage = 'FINAL'`,
  isSealed: 'false',
  facts: FACTS,
});

export const EXAM_FINDING_EVENT = findingEvent('academics');
