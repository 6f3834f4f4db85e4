/** The school's calendar, as deadlines read it. */
import { addDays } from '@chengxin/kit/clock';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { addWorkingDays, type CalendarDays } from './working-day.rules.js';

/** No run of holidays is longer. */
const HOLIDAYS_AT_MOST = 60;
const DAYS_A_WEEK = 7;

const NAMED = `
  select day::text as day, is_working as "isWorking" from calendar_day
  where day > ?::date and day <= ?::date`;

/** Days after a day that the calendar names, as far as so many working days can reach. */
async function namedAfter(em: EntityManager, day: string, count: number): Promise<CalendarDays> {
  const until = addDays(day, count * DAYS_A_WEEK + HOLIDAYS_AT_MOST);
  const rows = await execute<{ day: string; isWorking: boolean }>(em, NAMED, [day, until]);
  return new Map(rows.map((row) => [row.day, row.isWorking]));
}

/** The last of some working days after a day (`YYYY-MM-DD`), in one statement. */
export async function dueAfterWorkingDays(
  em: EntityManager,
  day: string,
  count: number,
): Promise<string> {
  return addWorkingDays(day, count, await namedAfter(em, day, count));
}
