import { randomUUID } from 'node:crypto';
import { digest } from '@chengxin/kit/call/crypto';
import type { TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { consentPlan } from './consent.plan.js';
import type { NounPlan } from './plans.js';

const ISSUED_AT = '2026-04-10T01:00:00Z';
const EXPIRES_AT = '2026-05-10T01:00:00Z';
const OWN = 'STU_SELF';

/** An own consent to a report, under which no other report is issued. */
const consentOf = async (college: TestCollege, studentNo: string): Promise<string> => {
  const actor = { role: OWN, person: studentNo } as const;
  const { id } = await consentPlan.seed(college, studentNo, 'GRANTED', actor, '');
  return id;
};

export const creditReportPlan: NounPlan = {
  noun: 'CreditReport',
  office: 'archive',
  table: 'credit_report',
  fields: 'state version',
  async seed(college, studentNo, state) {
    const { idx = '' } = await put(college, 'archive', 'report_status', {
      idx: Math.floor(Math.random() * 1_000_000),
      code_hash: digest(randomUUID()),
      issued_at: ISSUED_AT,
      ends_at: EXPIRES_AT,
    });
    const { id = '' } = await put(college, 'archive', 'credit_report', {
      student_no: studentNo,
      consent_id: await consentOf(college, studentNo),
      form: 'PAPER',
      report_template: 'STUDY',
      watermark: 'R-2026-PLAN',
      status_idx: Number(idx),
      issued_at: ISSUED_AT,
      expires_at: EXPIRES_AT,
      document_digest: digest('a document'),
      state,
    });
    return { id, version: 1 };
  },
  async opening(college, studentNo) {
    // How many run at a time is tested elsewhere.
    await asOwner(college, 'archive', 'delete from credit_report');
    return { consentId: await consentOf(college, studentNo), validDays: 30, reason: 'a reason' };
  },
};
