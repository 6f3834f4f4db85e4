import { addDays } from '@chengxin/kit/clock';

/** Days of a semester, both included: `2026H1` lasts from 1 February to 31 July (4.8). */
export function daysOf(period: string): { readonly first: string; readonly last: string } {
  const year = Number(period.slice(0, 4));
  return period.endsWith('H1')
    ? { first: `${year}-02-01`, last: `${year}-07-31` }
    : { first: `${year}-08-01`, last: `${year + 1}-01-31` };
}

/** The semester of a day: `2026-01-15` → `2025H2`. */
function semesterOf(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (month === 1) return `${year - 1}H2`;
  return `${year}H${month < 8 ? 1 : 2}`;
}

/** The semester that was over last on a day. */
export const semesterBefore = (day: string): string =>
  semesterOf(addDays(daysOf(semesterOf(day)).first, -1));
