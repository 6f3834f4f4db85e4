/** Rows of academic conduct, in any state, as the flows of the office leave them. */
import type { TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';

type Row = Parameters<typeof put>[3];

const FOUNDED = {
  finding_body: 'AAO',
  decision_doc_no: 'D-1',
  decided_on: '2026-03-20',
  notice_delivered_on: '2026-03-01',
  evidence: '[{"id":"E-1","docNo":"E-1"}]',
  ...RECORDED,
};

export const violation = (college: TestCollege, violationNo: string, row: Row) =>
  put(college, 'academics', 'exam_violation', {
    violation_no: violationNo,
    exam_type: 'SCHOOL',
    act_code: 'MOE33-6.1',
    indicator_code: 'D1-05',
    severity: 'S3',
    session: '2025-1',
    occurred_on: '2026-01-12',
    state: 'FOUND',
    ...FOUNDED,
    ...row,
  });

export const misconduct = (college: TestCollege, caseNo: string, row: Row) =>
  put(college, 'academics', 'misconduct_case', {
    case_no: caseNo,
    indicator_code: 'D1-02',
    severity: 'S3',
    occurred_on: '2026-01-12',
    reported_on: '2026-02-01',
    stage: 'FINAL',
    ...FOUNDED,
    ...row,
  });
