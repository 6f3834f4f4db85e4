/** The size and the calendar of the demo college. */
import { addDays, dayOf } from '@chengxin/kit/clock';

export interface Plan {
  readonly students: number;
  /** First start: cases and dates are relative to it. */
  readonly startedAt: Date;
  /** Calendar day of the first start. */
  readonly today: string;
  /** Entry years of the students who are at school, the oldest first. */
  readonly cohorts: readonly number[];
}

/** The student whom the README queries: every office holds rows of her. */
export const SHOWN_STUDENT = '2024010317';

const ENTRY_MONTH = '09';
const YEARS_AT_SCHOOL = 3;

export function planOf(students: number, startedAt: Date): Plan {
  const today = dayOf(startedAt);
  const year = Number(today.slice(0, 4)) - (today.slice(5, 7) < ENTRY_MONTH ? 1 : 0);
  const cohorts = Array.from({ length: YEARS_AT_SCHOOL }, (_, i) => year - YEARS_AT_SCHOOL + 1 + i);
  return { students, startedAt, today, cohorts };
}

/** `2025-2026` for each year that a cohort has been at school. */
export const yearsOf = (cohort: number, plan: Plan): number[] => {
  const last = plan.cohorts.at(-1) ?? cohort;
  return Array.from({ length: Math.max(0, last - cohort + 1) }, (_, i) => cohort + i).slice(
    0,
    YEARS_AT_SCHOOL,
  );
};

/** An instant some days from the first start, at +08:00 midnight. */
export const dayFromStart = (plan: Plan, days: number): string => addDays(plan.today, days);
