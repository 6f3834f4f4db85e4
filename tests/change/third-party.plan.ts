import { randomUUID } from 'node:crypto';
import type { TestCollege } from '../support/college.js';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { BANK } from '../thirdparty/provider-files.js';
import { noticed } from './conduct.plan.js';
import type { NounPlan } from './plans.js';

const UNTIL = '2027-12-31';

/** A consent of the student to the bank, which is registered, as the archive published it. */
async function consentToBank(college: TestCollege, studentNo: string): Promise<string> {
  await asOwner(
    college,
    'thirdparty',
    `insert into provider (uscc, name, kind, licence_no, licence_until, state, recorded_by,
       recorded_at) values ($1, '乙银行', 'BANK', 'JR-1', $2, 'ACTIVE', 'T9999', now())
     on conflict do nothing`,
    [BANK, UNTIL],
  );
  const consentId = randomUUID();
  await put(college, 'thirdparty', 'consent', {
    consent_id: consentId,
    student_no: studentNo,
    purpose: 'THIRD_PARTY_COLLECT',
    recipient_uscc: BANK,
    field_groups: '["CARD_OVERDRAFTS"]',
    granted_at: '2026-02-20T01:00:00Z',
    expires_at: '2027-02-19T00:00:00Z',
    version: 1,
  });
  return consentId;
}

/** An overdue card statement of the bank. */
async function overdraft(college: TestCollege, studentNo: string) {
  const consentId = await consentToBank(college, studentNo);
  const { id = '' } = await put(college, 'thirdparty', 'card_overdraft', {
    consent_id: consentId,
    student_no: studentNo,
    provider: BANK,
    card_tail4: '4321',
    statement_on: '2026-03-05',
    overdue_fen: 100,
    overdue_days: 12,
    recorded_by: 'bank-b-09',
    recorded_at: '2026-03-06T01:00:00Z',
    approved_by: 'automatic checks',
    approved_at: '2026-03-06T01:00:00Z',
  });
  return { consentId, id };
}

export const providerPlan: NounPlan = {
  noun: 'Provider',
  machine: '',
  isOf: (action) => action === 'provider.register',
  office: 'thirdparty',
  table: '(select *, uscc as id from provider)',
  fields: 'uscc state version',
  seed: () => Promise.reject(new Error('It is registered, and stays.')),
  // Each role registers it anew: it is there already for whoever may.
  async opening(college) {
    await asOwner(college, 'thirdparty', `delete from provider where uscc = '91990000MA0000004L'`);
    return {
      uscc: '91990000MA0000004L',
      name: '戊银行',
      kind: new EnumValue('BANK'),
      licenceNo: 'JR-9',
      licenceUntil: UNTIL,
      reason: 'a reason',
    };
  },
};

export const deliveryPlan: NounPlan = {
  noun: 'Delivery',
  machine: '',
  isOf: (action) => action === 'thirdparty.ingest',
  office: 'thirdparty',
  table: 'delivery',
  fields: 'id version newRows',
  seed: () => Promise.reject(new Error('It is handed in, and stays.')),
  opening: async (college, studentNo) => ({
    consentId: await consentToBank(college, studentNo),
    cardOverdrafts: [
      { cardTail4: '4321', statementOn: '2026-03-05', overdueFen: 100, overdueDays: 1 },
    ],
    reason: 'a reason',
  }),
};

const FOUND = {
  approved_by: 'bank-b-08',
  approved_at: '2026-03-20T01:00:00Z',
};

export const providerMalicePlan: NounPlan = {
  noun: 'ProviderMaliceFinding',
  machine: 'ConductRecord',
  isOf: (action) => action.startsWith('providerMalice.'),
  states: ['PROPOSED', 'NOTIFIED', 'FOUND', 'DISMISSED'],
  office: 'thirdparty',
  table: 'provider_malice_finding',
  hidden: { TPC_INST: ['DISMISSED'] },
  async seed(college, studentNo, state) {
    const { consentId, id: cardOverdraftId } = await overdraft(college, studentNo);
    const { id = '' } = await put(college, 'thirdparty', 'provider_malice_finding', {
      student_no: studentNo,
      consent_id: consentId,
      provider: BANK,
      card_overdraft_id: cardOverdraftId,
      doc_no: 'YH-1',
      finding_on: '2026-03-10',
      severity: 'S2',
      notified_at: '2026-03-11T01:00:00Z',
      student_statement: 'a statement',
      recorded_by: 'bank-b-09',
      recorded_at: '2026-03-10T01:00:00Z',
      ...(state === 'FOUND' && FOUND),
      state,
    });
    await noticed(college, 'thirdparty', { type: 'ProviderMaliceFinding', id, kind: 'FINDING' });
    return { id, version: 1 };
  },
  opening: async (college, studentNo) => ({
    cardOverdraftId: (await overdraft(college, studentNo)).id,
    docNo: 'YH-2',
    severity: 'S2',
    reason: 'a reason',
  }),
};
