import { randomUUID } from 'node:crypto';
import { put } from '../support/put.js';
import { EnumValue } from '../support/mutate.js';
import { CLOSED_CONDUCT } from './exam-violation.plan.js';
import { deliveredNotice } from './notice-standing.js';
import type { NounPlan } from './plans.js';

const OPEN: ReadonlySet<string> = new Set(['PROPOSED', 'NOTIFIED', 'DISMISSED']);
const newNumber = () => `SEC-${randomUUID().slice(0, 8)}`;
const DECISION = {
  doc_no: 'D-1',
  found_on: '2026-04-10',
  approved_by: 'T9998',
  approved_at: '2026-04-10T00:00:00Z',
};

export const lawViolationPlan: NounPlan = {
  noun: 'LawViolation',
  machine: 'ConductRecord',
  isOf: (action) => action.startsWith('lawViolation.'),
  office: 'security',
  table: 'law_violation',
  async seed(college, studentNo, state) {
    const { id = '' } = await put(college, 'security', 'law_violation', {
      student_no: studentNo,
      case_no: newNumber(),
      act_on: '2026-01-12',
      of_age_on: '2026-01-12',
      category: 'ADMIN_PENALTY',
      authority: '示范市公安局',
      legal_basis: '治安管理处罚法',
      indicator_code: 'D3-03',
      severity: 'S2',
      state,
      sealed_on: state === 'SEALED' ? '2026-04-11' : null,
      evidence: '[{"id":"E-1","docNo":"E-1"}]',
      recorded_by: 'T9999',
      recorded_at: '2026-03-01T00:00:00Z',
      ...(state !== 'PROPOSED' && { notified_on: '2026-04-01' }),
      ...(!OPEN.has(state) && DECISION),
    });
    const notice = { type: 'LawViolation', id, kind: 'FINDING', studentNo };
    if (state !== 'PROPOSED') await deliveredNotice(college, 'security', notice);
    return { id, version: 1 };
  },
  opening: (_college, studentNo) =>
    Promise.resolve({
      studentNo,
      caseNo: newNumber(),
      actOn: '2026-01-12',
      category: new EnumValue('ADMIN_PENALTY'),
      authority: '示范市公安局',
      legalBasis: '治安管理处罚法',
      indicatorCode: 'D3-03',
      severity: 'S2',
      reason: 'a reason',
    }),
  hidden: { SEC_CLERK: CLOSED_CONDUCT, SEC_REVIEWER: CLOSED_CONDUCT },
  more: { 'lawViolation.approve': { docNo: 'D-1', foundOn: '2026-04-10' } },
};
