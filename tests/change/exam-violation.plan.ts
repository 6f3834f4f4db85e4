import { randomUUID } from 'node:crypto';
import { put } from '../support/put.js';
import { EnumValue } from '../support/mutate.js';
import { deliveredNotice } from './notice-standing.js';
import type { NounPlan } from './plans.js';

const OPEN: ReadonlySet<string> = new Set(['PROPOSED', 'NOTIFIED', 'DISMISSED']);
/** Closed conduct, which its office does not see (FG14). */
export const CLOSED_CONDUCT = ['DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED'];

const newNumber = () => `V-${randomUUID().slice(0, 8)}`;
const NOTICED = { notice_delivered_on: '2026-04-01' };
const DECISION = {
  finding_body: 'AAO',
  decision_doc_no: 'D-1',
  decided_on: '2026-04-10',
  approved_by: 'T9998',
  approved_at: '2026-04-10T00:00:00Z',
};

export const examViolationPlan: NounPlan = {
  noun: 'ExamViolation',
  machine: 'ConductRecord',
  isOf: (action) => action.startsWith('examViolation.'),
  office: 'academics',
  table: 'exam_violation',
  async seed(college, studentNo, state) {
    const { id = '' } = await put(college, 'academics', 'exam_violation', {
      student_no: studentNo,
      violation_no: newNumber(),
      exam_type: 'SCHOOL',
      act_code: 'MOE33-6.1',
      indicator_code: 'D1-05',
      severity: 'S3',
      session: '2025-1',
      occurred_on: '2026-01-12',
      state,
      evidence: '[{"id":"E-1","docNo":"E-1"}]',
      recorded_by: 'T9999',
      recorded_at: '2026-03-01T00:00:00Z',
      ...(state !== 'PROPOSED' && NOTICED),
      ...(!OPEN.has(state) && DECISION),
    });
    const notice = { type: 'ExamViolation', id, kind: 'FINDING', studentNo };
    if (state !== 'PROPOSED') await deliveredNotice(college, 'academics', notice);
    return { id, version: 1 };
  },
  opening: (_college, studentNo) =>
    Promise.resolve({
      studentNo,
      violationNo: newNumber(),
      examType: new EnumValue('SCHOOL'),
      actCode: 'MOE33-6.1',
      indicatorCode: 'D1-05',
      severity: 'S3',
      session: '2025-1',
      occurredOn: '2026-01-12',
      reason: 'a reason',
    }),
  hidden: { AAO_CLERK: CLOSED_CONDUCT, AAO_REVIEWER: CLOSED_CONDUCT },
  more: { 'examViolation.approve': { decisionDocNo: 'D-1', decidedOn: '2026-04-10' } },
};
