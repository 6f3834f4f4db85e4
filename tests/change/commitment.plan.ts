import { publishText, standDelivered } from '../support/entry.js';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

const VERSION = 'E-2026.1';
const SIGNED = { signed_at: '2026-03-01T00:00:00Z', signature_hash: 'a'.repeat(64) };
const UNSIGNED: ReadonlySet<string> = new Set(['OFFERED', 'DECLINED', 'EXPIRED']);

/** Promises before an exam: what the entry letter moves beside itself is tested elsewhere. */
export const commitmentPlan: NounPlan = {
  noun: 'Commitment',
  office: 'archive',
  table: 'commitment',
  async seed(college, studentNo, state, { role, person }) {
    await publishText(college, ['COMMITMENT', 'EXAM', VERSION, 'AAO']);
    const { id = '' } = await put(college, 'archive', 'commitment', {
      ...(role === 'STAFF_SELF' ? { staff_no: person } : { student_no: studentNo }),
      matter: 'EXAM',
      template_version: VERSION,
      owner_office: 'AAO',
      state,
      recorded_at: '2026-03-01T00:00:00Z',
      ...(!UNSIGNED.has(state) && SIGNED),
    });
    await standDelivered(college, 'Commitment', id, 'TEMPLATE');
    return { id, version: 1 };
  },
  opening: () => Promise.reject(new Error('An office offers a promise.')),
};
