import type { Role } from '@chengxin/kit/privacy/roles';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

/** An item of each office that hands something over. */
const ITEMS: Readonly<Partial<Record<Role, string>>> = {
  AAO_CLERK: 'AAO-001',
  FIN_CLERK: 'FIN-001',
  SEC_CLERK: 'SEC-001',
  CYL_CLERK: 'CYL-001',
  HRO_STAFF: 'HRO-001',
  RDO_STAFF: 'RDO-001',
  AEO_STAFF: 'AEO-001',
  DIS_OFFICER: 'DIS-001',
};
let made = 0;

export const submittedBatchPlan: NounPlan = {
  noun: 'SubmittedBatch',
  office: 'archive',
  table: 'submitted_batch',
  openTask: new Set(['SUBMITTED']),
  async seed(college, _studentNo, state) {
    const { id = '' } = await put(college, 'archive', 'submitted_batch', {
      office: 'FIN',
      catalogue_item: `FIN-${made++}`,
      period_from: '2025-01-01',
      period_until: '2025-12-31',
      is_nil: true,
      row_count: 0,
      rejected_count: 0,
      submitted_on: '2026-01-02',
      state,
      recorded_by: 'T9999',
      recorded_at: '2026-01-02T00:00:00Z',
      ...(state !== 'SUBMITTED' && {
        verdict: state === 'VERIFIED' ? 'COMPLETE' : 'INCOMPLETE',
        verified_on: '2026-01-03',
        approved_by: 'T9998',
        approved_at: '2026-01-03T00:00:00Z',
      }),
    });
    return { id, version: 1 };
  },
  opening: (_college, _studentNo, role = 'FIN_CLERK') =>
    Promise.resolve({
      catalogueItem: ITEMS[role] ?? 'FIN-001',
      periodOn: '2024-05-06',
      isNil: true,
    }),
  more: { 'batch.verify': { verdict: new EnumValue('COMPLETE') } },
};
