import { randomUUID } from 'node:crypto';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { EnumValue } from '../support/mutate.js';
import { BANK } from '../thirdparty/provider-files.js';
import type { NounPlan } from './plans.js';

const OFFICES: Readonly<Partial<Record<Role, string>>> = {
  SCHOOL_ADMIN: 'SAO',
  AAO_REVIEWER: 'AAO',
  FIN_REVIEWER: 'FIN',
  SEC_REVIEWER: 'SEC',
  CYL_REVIEWER: 'CYL',
  TPC_INST: 'TPC',
};
const COLLEGE = 'COL';
const WITH_OUTCOME: ReadonlySet<string> = new Set(['DECIDED', 'CLOSED', 'ESCALATED']);

/** A record that counts, of nobody else's appeal. */
export async function newRecord(
  college: TestCollege,
  studentNo: string,
  more: Readonly<Record<string, string | boolean>> = {},
): Promise<string> {
  const { id = '' } = await put(college, 'archive', 'conduct_record', {
    student_no: studentNo,
    indicator_code: 'D3-01',
    origin_group: 'BAD_CONDUCT',
    source_office: 'SAO',
    severity: 'S2',
    occurred_on: '2026-01-10',
    found_on: '2026-01-20',
    finding_body: '学校',
    finding_doc_no: 'F-1',
    finding_on: '2026-01-20',
    legal_basis: '校规',
    state: 'ACTIVE',
    notice_delivered_at: '2026-01-15T00:00:00Z',
    evidence: '[{"id":"E-1","docNo":"E-1"}]',
    source_subgraph: 'archive',
    source_typename: 'ConductRecord',
    source_id: randomUUID(),
    source_version: 1,
    recorded_at: '2026-01-20T00:00:00Z',
    ...more,
  });
  return id;
}

/** An appeal against what the bank found under a consent in force. */
async function ofProvider(college: TestCollege, studentNo: string): Promise<object> {
  const consentId = randomUUID();
  await put(college, 'archive', 'consent', {
    consent_id: consentId,
    student_no: studentNo,
    purpose: 'THIRD_PARTY_COLLECT',
    field_groups: '["CARD_OVERDRAFTS"]',
    recipient_name: '乙银行',
    recipient_uscc: BANK,
    notice_version: 'NT-2026.1',
    expires_at: '2026-12-31T00:00:00Z',
    form: 'SEPARATE',
    granted_at: '2026-01-01T00:00:00Z',
    recorded_by: studentNo,
    recorded_at: '2026-01-01T00:00:00Z',
  });
  const recordId = await newRecord(college, studentNo, {
    indicator_code: 'D2-02',
    origin_group: 'CARD_OVERDRAFTS',
    source_office: 'TPC',
    source_subgraph: 'thirdparty',
    source_typename: 'ProviderMaliceFinding',
    consent_id: consentId,
  });
  return {
    kind: 'RECORD',
    target_provider: BANK,
    target_groups: ['BAD_CONDUCT', 'CARD_OVERDRAFTS'],
    record_id: recordId,
  };
}

function outcomeIn(state: string): Record<string, string> {
  if (state === 'REVOKE_PROPOSED')
    return { outcome: 'REVOKE', decision_text: 'to be revoked', handler_no: 'T9999' };
  if (WITH_OUTCOME.has(state))
    return { outcome: 'REJECT', decision_text: 'rejected', handler_no: 'T9999' };
  return {};
}

export const appealPlan: NounPlan = {
  noun: 'Appeal',
  office: 'archive',
  table: 'appeal',
  async seed(college, studentNo, state, { role, person }) {
    const office = OFFICES[role] ?? COLLEGE;
    const isOpenTask = person !== null && appealPlan.openTask?.has(state);
    const { id = '' } = await put(college, 'archive', 'appeal', {
      student_no: studentNo,
      kind: 'PROFILE',
      target_subgraph: 'archive',
      target_typename: 'Student',
      target_id: randomUUID(),
      target_office: office,
      target_groups: ['IDENTITY'],
      grounds: 'grounds',
      requested_outcome: 'MODIFY',
      filed_at: '2026-04-01T00:00:00Z',
      handler_office: office,
      due_on: '2026-04-21',
      state,
      recorded_at: '2026-04-01T00:00:00Z',
      ...outcomeIn(state),
      ...(isOpenTask && { handler_no: person }),
      ...(role === 'TPC_INST' && (await ofProvider(college, studentNo))),
    });
    return { id, version: 1 };
  },
  opening: async (college, studentNo) => ({
    kind: new EnumValue('RECORD'),
    target: await newRecord(college, studentNo),
    grounds: 'grounds',
    requestedOutcome: new EnumValue('MODIFY'),
  }),
  more: {
    'appeal.answer': { answer: 'as the books say' },
    'appeal.decide': { outcome: new EnumValue('REJECT'), decisionText: 'as it was' },
  },
  openTask: new Set(['FILED', 'ACCEPTED', 'INVESTIGATING', 'ESCALATED']),
};
