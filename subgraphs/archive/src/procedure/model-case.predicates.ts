import { ModelCaseState } from './model-case.entity.js';

/** Published, and the student's consent to it in force (note 22). */
export const publishedAt = (now: Date, today: string) => ({
  state: ModelCaseState.PUBLISHED,
  publishedOn: { $lte: today },
  consentFrom: { $lte: now },
  consentUntil: { $gt: now },
});
