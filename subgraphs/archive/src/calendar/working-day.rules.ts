/** Deadlines in working days. Pure. Source: DOMAIN 2.1 (calendar table of the school). */
import { addDays } from '@chengxin/kit/clock';

/** Days that the school's calendar names: whether it works on them. */
export type CalendarDays = ReadonlyMap<string, boolean>;

const SUNDAY = 0;
const SATURDAY = 6;

/** Monday to Friday, where the calendar says nothing. */
function isWorking(day: string, named: CalendarDays): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return named.get(day) ?? (weekday !== SUNDAY && weekday !== SATURDAY);
}

/** The last of some working days after a day; the day itself for none. */
export function addWorkingDays(day: string, count: number, named: CalendarDays): string {
  let last = day;
  for (let left = count; left > 0;) {
    last = addDays(last, 1);
    if (isWorking(last, named)) left -= 1;
  }
  return last;
}
