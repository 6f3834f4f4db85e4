import { randomUUID } from 'node:crypto';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

const APPROVED = { approved_by: 'T9998', approved_at: '2026-03-02T00:00:00Z' };

export const goodRecordPlan: NounPlan = {
  noun: 'GoodRecord',
  office: 'archive',
  table: 'good_record',
  async seed(college, studentNo, state) {
    const { id = '' } = await put(college, 'archive', 'good_record', {
      student_no: studentNo,
      indicator_code: 'P-01',
      origin_group: 'GOOD_CONDUCT',
      source_office: 'SAO',
      occurred_on: '2026-01-10',
      state,
      evidence: '[{"id":"E-1","docNo":"E-1"}]',
      source_subgraph: 'archive',
      source_typename: 'GoodRecord',
      source_id: randomUUID(),
      source_version: 1,
      recorded_by: 'T9999',
      recorded_at: '2026-03-01T00:00:00Z',
      ...(state !== 'PROPOSED' && APPROVED),
    });
    return { id, version: 1 };
  },
  // Closed conduct is open to Student Affairs for an appeal or a repair alone.
  hidden: { SCHOOL_ADMIN: ['REVOKED'] },
  opening: (_college, studentNo) =>
    Promise.resolve({
      studentNo,
      recordNo: randomUUID().slice(0, 8),
      indicatorCode: 'P-01',
      occurredOn: '2026-01-10',
      evidenceDocNos: ['E-1'],
      reason: 'a reason',
    }),
};
