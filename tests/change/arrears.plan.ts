import { randomUUID } from 'node:crypto';
import type { TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';
import type { NounPlan } from './plans.js';

/** A bill that is overdue, and nothing explains it. */
async function overdueBill(college: TestCollege, studentNo: string): Promise<string> {
  const { bill_no: billNo = '' } = await put(college, 'finance', 'bill', {
    ...RECORDED,
    bill_no: `B-${randomUUID().slice(0, 8)}`,
    student_no: studentNo,
    academic_year: '2025-2026',
    item: 'TUITION',
    amount_fen: 980_000,
    due_on: '2026-03-31',
  });
  return billNo;
}

export const arrearsListPlan: NounPlan = {
  noun: 'ArrearsList',
  office: 'finance',
  table: 'arrears_list',
  async seed(college, studentNo, state) {
    const { id = '' } = await put(college, 'finance', 'arrears_list', {
      id: randomUUID(),
      as_on: '2026-04-10',
      state,
      recorded_by: 'T9999',
      recorded_at: '2026-04-10T01:00:00Z',
      ...(state === 'PUBLISHED' && { approved_by: 'T9998', approved_at: '2026-04-11T01:00:00Z' }),
    });
    const line = { list_id: id, bill_no: await overdueBill(college, studentNo) };
    await put(college, 'finance', 'arrears_list_line', line);
    return { id, version: 1 };
  },
  async opening(college, studentNo) {
    await overdueBill(college, studentNo);
    return { reason: 'a reason' };
  },
};

export const maliceProposalPlan: NounPlan = {
  noun: 'MaliceProposal',
  machine: 'ConductRecord',
  isOf: (action) => action === 'malice.propose',
  office: 'finance',
  table: 'malice_proposal',
  seed: () => Promise.reject(new Error('It is proposed, and the archive decides.')),
  opening: async (college, studentNo) => ({
    billNo: await overdueBill(college, studentNo),
    severity: 'S2',
    abilityDocNo: 'A-1',
    reasonDocNo: 'R-1',
    reason: 'a reason',
  }),
};
