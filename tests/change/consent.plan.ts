import { randomUUID } from 'node:crypto';
import { digest } from '@chengxin/kit/call/crypto';
import type { TestCollege } from '../support/college.js';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

const EMPLOYER = '91990000MA0000004L';
const GRANTED = { granted_at: '2026-04-10T01:00:00Z' };
const INSTANTS: Readonly<Record<string, Record<string, string>>> = {
  GRANTED,
  WITHDRAWN: { ...GRANTED, withdrawn_at: '2026-04-11T01:00:00Z' },
  EXPIRED: { ...GRANTED, expires_at: '2026-04-11T01:00:00Z' },
};

/** A consent to a report of which the student was notified. */
async function seedConsent(
  college: TestCollege,
  studentNo: string,
  state: string,
): Promise<string> {
  const consentId = randomUUID();
  await put(college, 'archive', 'consent', {
    consent_id: consentId,
    student_no: studentNo,
    purpose: 'EMPLOYER_REPORT',
    field_groups: {},
    report_template: 'STUDY',
    recipient_name: '示范企业',
    recipient_uscc: EMPLOYER,
    notice_version: 'NT-2026.1',
    expires_at: '2026-12-31T00:00:00Z',
    form: 'SEPARATE',
    recorded_by: studentNo,
    recorded_at: '2026-04-09T01:00:00Z',
    ...INSTANTS[state],
  });
  await put(college, 'archive', 'notice_standing', {
    subject_type: 'Consent',
    subject_id: consentId,
    kind: 'CONSENT',
    delivered_at: '2026-04-09T02:00:00Z',
  });
  return consentId;
}

export const consentPlan: NounPlan = {
  noun: 'Consent',
  office: 'archive',
  table: '(select *, consent_id as id from consent)',
  fields: 'purpose state',
  seed: async (college, studentNo, state) => ({
    id: await seedConsent(college, studentNo, state),
    version: 1,
  }),
  opening: (_college, studentNo) =>
    Promise.resolve({
      studentNo,
      purpose: new EnumValue('MODEL_CASE'),
      recipientName: '示范学院',
      recipientUscc: EMPLOYER,
      expiresAt: '2026-12-31T00:00:00Z',
      reason: 'a reason',
    }),
};

export const reportTokenPlan: NounPlan = {
  noun: 'ReportToken',
  office: 'archive',
  table: 'report_token',
  async seed(college, studentNo, state) {
    const { id = '' } = await put(college, 'archive', 'report_token', {
      token_hash: digest(randomUUID()),
      student_no: studentNo,
      consent_id: await seedConsent(college, studentNo, 'GRANTED'),
      recipient_uscc: EMPLOYER,
      report_template: 'STUDY',
      max_views: 2,
      issued_at: '2026-04-10T01:00:00Z',
      expires_at: '2026-05-10T01:00:00Z',
      watermark: 'E-2026-PLAN',
      state,
    });
    return { id, version: 1 };
  },
  opening: async (college, studentNo) => ({
    consentId: await seedConsent(college, studentNo, 'GRANTED'),
    maxViews: 1,
    expiresAt: '2026-05-01T00:00:00Z',
    reason: 'a reason',
  }),
};
