import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

let opened = 0;
const nextRound = (): string => `AR-PLAN-${opened++}`;
const ROUND = { academicYear: '2025-2026', orgCodes: ['C01'], closesAt: '2026-05-01T00:00:00Z' };

export const aidRoundPlan: NounPlan = {
  noun: 'AidRound',
  office: 'archive',
  table: 'aid_round',
  key: 'round_id',
  fields: 'roundId state version',
  async seed(college, _studentNo, state) {
    const { round_id: id = '' } = await put(college, 'archive', 'aid_round', {
      round_id: nextRound(),
      academic_year: ROUND.academicYear,
      org_codes: JSON.stringify(ROUND.orgCodes),
      opens_at: '2026-04-01T00:00:00Z',
      closes_at: ROUND.closesAt,
      state,
      recorded_by: 'T9999',
      recorded_at: '2026-04-01T00:00:00Z',
    });
    return { id, version: 1 };
  },
  opening: () => Promise.resolve({ ...ROUND, roundId: nextRound(), reason: 'a reason' }),
};
