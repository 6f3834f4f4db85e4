/** Bands of the academic summary, for those who may not read the numbers. Source: masks.csv. */
import { numberBand } from '@chengxin/kit/privacy/bands';

/** `3.62` → `3.50-4.00`. */
export const gpaBand = numberBand('AcademicSummary', 'gpa');

/** Credits are whole and half: `112.5` → 1125. */
const tenths = (credits: string): number => Math.round(Number(credits) * 10);

/** Whether the credits reach what the study plan requires by now; null when no plan is known. */
export const creditsBand = (earned: string, due: string | null | undefined): string | null => {
  if (due === null || due === undefined) return null;
  return tenths(earned) >= tenths(due) ? 'ON_TRACK' : 'BEHIND';
};
