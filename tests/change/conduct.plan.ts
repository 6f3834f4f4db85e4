import { randomUUID } from 'node:crypto';
import type { TestCollege } from '../support/college.js';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import { newRecord } from './appeal.plan.js';
import type { NounPlan, Seeded } from './plans.js';

const FOUND = {
  found_on: '2026-01-20',
  finding_body: '学校',
  finding_doc_no: 'F-1',
  finding_on: '2026-01-20',
  approved_by: 'T9998',
  approved_at: '2026-01-20T00:00:00Z',
};
const BEFORE_FINDING: ReadonlySet<string> = new Set(['PROPOSED', 'NOTIFIED', 'DISMISSED']);

/** A notice of a kind that was delivered and whose time has passed. */
export const noticed = (
  college: TestCollege,
  office: string,
  subject: { readonly type: string; readonly id: string; readonly kind: string },
) =>
  put(college, office, 'notice_standing', {
    subject_type: subject.type,
    subject_id: subject.id,
    kind: subject.kind,
    delivered_at: '2026-01-12T00:00:00Z',
    waits_until: '2026-01-19',
  });

/** A bad record in a state, of whose notices all were delivered. */
async function seedRecord(
  college: TestCollege,
  studentNo: string,
  state: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Seeded> {
  const { id = '' } = await put(college, 'archive', 'conduct_record', {
    student_no: studentNo,
    indicator_code: 'D3-01',
    origin_group: 'BAD_CONDUCT',
    source_office: 'SAO',
    severity: 'S2',
    occurred_on: '2026-01-10',
    state,
    notice_delivered_at: '2026-01-12T00:00:00Z',
    evidence: '[{"id":"E-1","docNo":"E-1"}]',
    source_subgraph: 'archive',
    source_typename: 'ConductRecord',
    source_id: randomUUID(),
    source_version: 1,
    recorded_by: 'T9999',
    recorded_at: '2026-01-11T00:00:00Z',
    ...(!BEFORE_FINDING.has(state) && FOUND),
    ...more,
  });
  for (const kind of ['FINDING', 'RECORD'])
    await noticed(college, 'archive', { type: 'ConductRecord', id, kind });
  return { id, version: 1 };
}

/** Closed conduct is open to Student Affairs for an appeal or a repair alone. */
const CLOSED = ['DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED'];

const FINDING = { findingDocNo: 'F-2', findingOn: '2026-04-10' };

export const conductPlan: NounPlan = {
  noun: 'ConductRecord',
  office: 'archive',
  table: 'conduct_record',
  isOf: (action) => action.startsWith('conduct.') && action !== 'conduct.revoke',
  seed: (college, studentNo, state) => seedRecord(college, studentNo, state),
  hidden: { SCHOOL_ADMIN: CLOSED },
  opening: (_college, studentNo, role) =>
    Promise.resolve({
      studentNo,
      recordNo: randomUUID().slice(0, 8),
      indicatorCode: { AEO_STAFF: 'D6-01', CYL_CLERK: 'D6-05' }[role as string] ?? 'D3-01',
      severity: new EnumValue('S2'),
      occurredOn: '2026-01-10',
      evidenceDocNos: ['E-1'],
      reason: 'a reason',
    }),
  more: { 'conduct.find': FINDING },
};

/** A record that a higher body has decided on. */
export const revokedPlan: NounPlan = {
  ...conductPlan,
  title: 'ConductRecord that is revoked',
  isOf: (action) => action === 'conduct.revoke',
  hidden: { SCHOOL_ADMIN: [...CLOSED, 'PROPOSED', 'NOTIFIED', 'FOUND'] },
  async seed(college, studentNo, state) {
    const seeded = await seedRecord(college, studentNo, state);
    await put(college, 'archive', 'upper_decision', {
      student_no: studentNo,
      record_id: seeded.id,
      body: '教育厅',
      doc_no: 'U-1',
      decided_on: '2026-04-01',
      state: 'RECORDED',
      recorded_by: 'T9999',
      recorded_at: '2026-04-02T00:00:00Z',
    });
    return seeded;
  },
};

/** Malicious arrears: each on a bill of its own, which finance has. */
export const malicePlan: NounPlan = {
  ...conductPlan,
  title: 'ConductRecord of malicious arrears',
  isOf: (action) => action.startsWith('malice.'),
  async seed(college, studentNo, state) {
    const billNo = `B-${randomUUID()}`;
    await put(college, 'finance', 'bill', {
      bill_no: billNo,
      student_no: studentNo,
      academic_year: '2025-2026',
      item: 'TUITION',
      amount_fen: 980_000,
      due_on: '2025-10-31',
      recorded_by: 'T9999',
      recorded_at: '2025-09-01T00:00:00Z',
      approved_by: 'T9998',
      approved_at: '2025-09-02T00:00:00Z',
    });
    const malice = { indicator_code: 'D2-01', origin_group: 'TUITION', source_office: 'FIN' };
    return seedRecord(college, studentNo, state, { ...malice, bill_no: billNo });
  },
  more: { 'malice.find': FINDING },
};

export const upperDecisionPlan: NounPlan = {
  noun: 'UpperDecision',
  office: 'archive',
  table: 'upper_decision',
  seed: () => Promise.reject(new Error('It is recorded, and stays.')),
  opening: async (college, studentNo) => ({
    recordId: await newRecord(college, studentNo),
    body: '教育厅',
    docNo: 'U-1',
    decidedOn: '2026-04-01',
    reason: 'a reason',
  }),
};
