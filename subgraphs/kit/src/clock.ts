/** The one clock of a process; tests replace it. */
export interface Clock {
  /** This instant. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export function fixedClock(at: string): Clock & { set(at: string): void } {
  let now = new Date(at);
  return {
    now: () => new Date(now),
    set(next) {
      now = new Date(next);
    },
  };
}

export const HOUR_MS = 3_600_000;
const EAST_8_MS = 8 * HOUR_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Seconds until 24 hours after an instant are over, whole and never none. */
export const secondsToDayAfter = (instant: Date, now: Date): number =>
  Math.max(1, Math.ceil((instant.getTime() + DAY_MS - now.getTime()) / 1000));

/** Calendar day (`YYYY-MM-DD`) at +08:00 of an instant. Source: DOMAIN 2.1. */
export const dayOf = (instant: Date): string =>
  new Date(instant.getTime() + EAST_8_MS).toISOString().slice(0, 10);

/** Days from one calendar day to another; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** The calendar day some days after (or before) a day. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The same day of the month some months after (or before); `2026-08-31` and 6: `2027-02-28`. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const end = new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)));
  return end.toISOString().slice(0, 10);
}
