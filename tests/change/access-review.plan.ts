import { randomUUID } from 'node:crypto';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

/** Detectors open them; an audit closes them. */
export const accessReviewPlan: NounPlan = {
  noun: 'AccessReview',
  office: 'archive',
  table: 'access_review',
  async seed(college, _studentNo, state) {
    const { id = '' } = await put(college, 'archive', 'access_review', {
      detector: 'OPENED_STUDENTS',
      actor: randomUUID(),
      actor_role: 'SCHOOL_ADMIN',
      student_no: '',
      on_day: '2026-04-01',
      opened_at: '2026-04-01T00:00:00Z',
      state,
      ...(state === 'CLOSED' && {
        conclusion: 'EXPLAINED',
        closed_by: 'T9999',
        closed_at: '2026-04-02T00:00:00Z',
      }),
    });
    return { id, version: 1 };
  },
  opening: () => Promise.reject(new Error('A job opens a review.')),
  more: { 'detector.close': { conclusion: new EnumValue('EXPLAINED') } },
};
