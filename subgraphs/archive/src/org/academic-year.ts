/** First month of an academic year. */
const FIRST_MONTH = 9;

/** The academic year of a day: `2026-04-12` → `2025-2026`. */
export function academicYearOf(day: string): string {
  const year = Number(day.slice(0, 4));
  const first = Number(day.slice(5, 7)) < FIRST_MONTH ? year - 1 : year;
  return `${first}-${first + 1}`;
}
