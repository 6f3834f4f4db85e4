import { randomUUID } from 'node:crypto';
import type { TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';
import type { NounPlan } from './plans.js';

const UNTIL = '2026-06-30';
const { approved_by, approved_at, ...recorded } = RECORDED;
const approval = { approved_by, approved_at };
const DECIDED: ReadonlySet<string> = new Set(['APPROVED', 'REFUSED']);

/** A bill of its own for each deferral: one alone may wait for a bill. */
async function newBill(college: TestCollege, studentNo: string): Promise<string> {
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

export const deferralPlan: NounPlan = {
  noun: 'Deferral',
  office: 'finance',
  table: 'deferral',
  async seed(college, studentNo, state) {
    const { id = '' } = await put(college, 'finance', 'deferral', {
      ...recorded,
      ...(DECIDED.has(state) && approval),
      bill_no: await newBill(college, studentNo),
      student_no: studentNo,
      reason: 'hardship',
      until: UNTIL,
      state,
    });
    return { id, version: 1 };
  },
  opening: async (college, studentNo) => ({
    billNo: await newBill(college, studentNo),
    until: UNTIL,
    reason: 'hardship',
  }),
};
