/** Days and instants in cells. Source: DOMAIN 2.1 (ISO 8601, "day" = calendar day at +08:00). */
import { narrow } from './cell.js';
import { refuse, withArgument, type Codec, type Parsed } from './reason.js';

const FORMS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日$/,
];
/** Years outside are slips of the keyboard. */
const [FIRST_YEAR, LAST_YEAR] = [1900, 2199];

/** `YYYY-MM-DD` of a day that is in the calendar, else null. */
function realDay(year: number, month: number, day: number): string | null {
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? at.toISOString().slice(0, 10) : null;
}

/** Midnight behind a day, as databases export one: it says no more than the day. */
const MIDNIGHT = /(?:T|\s+)0?0:00(?::00(?:\.0+)?)?(?:\s*\+08:?00)?$/i;

/**
 * A calendar day: `2025-10-31`, `2025/10/31`, `20251031`, `2025年10月31日` → `2025-10-31`, also with
 * `00:00:00` behind it; any other time would be lost and is refused.
 */
export const day: Codec<string> = withArgument(
  (cell): Parsed<string> => {
    const written = narrow(cell).replace(MIDNIGHT, '');
    for (const form of FORMS) {
      const parts = form.exec(written);
      if (!parts) continue;
      const value = realDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
      return value ? { value } : refuse('日历上没有这一天', 'is not a day of the calendar');
    }
    return refuse('日期应写作 2025-10-31', 'must be a date such as 2025-10-31');
  },
  { type: 'Date', cell: (value: string) => ({ value }) },
);

const INSTANT =
  /^([^\sT]+)(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(?:\s*(Z|[+-]\d{2}:?\d{2}))?$/i;
const HERE = '+08:00';

/** Minutes east of UTC, or null when no place on earth has that offset. */
function offsetMinutes(offset: string): number | null {
  if (/^z$/i.test(offset)) return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * An instant: ISO 8601, seconds and offset optional; without an offset it is at +08:00. The date may
 * have any form of `day`, because a spreadsheet writes `2025/10/31 8:30` over what it was given.
 *
 * @returns ISO 8601 in UTC, `2025-10-31T00:30:00.000Z`.
 */
export const instant: Codec<string> = (cell) => {
  const parts = INSTANT.exec(narrow(cell));
  if (!parts)
    return refuse(
      '时间应写作 2025-10-31T08:30:00+08:00',
      'must be a time such as 2025-10-31T08:30:00+08:00',
    );
  const [, date = '', hour = '', minute = '', second = '0', fraction = '', offset = HERE] = parts;
  const on = day(date);
  if ('reason' in on) return on;
  const east = offsetMinutes(offset);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || east === null)
    return refuse('没有这个时刻', 'is not a time of the clock');
  const sinceMidnight = (Number(hour) * 60 + Number(minute) - east) * 60 + Number(second);
  const at = Date.parse(on.value) + sinceMidnight * 1000 + Number(fraction.padEnd(3, '0'));
  return { value: new Date(at).toISOString() };
};

const TERM = /^(\d{4})(?:-(\d{4}))?(?:学年[-\s]*|[-\s]+)第?([123一二三])(?:学期)?$/;
const TERM_NUMBERS: Readonly<Record<string, string>> = { 一: '1', 二: '2', 三: '3' };

/** A term: `2025-1`, `2025-2026-1`, `2025-2026学年第一学期` → `2025-1`. */
export const term: Codec<string> = (cell) => {
  const [, from = '', to, which = ''] = TERM.exec(narrow(cell)) ?? [];
  return from && (to === undefined || Number(to) === Number(from) + 1)
    ? { value: `${from}-${TERM_NUMBERS[which] ?? which}` }
    : refuse('学期应写作 2025-1 或 2025-2026-1', 'must be a term such as 2025-1 or 2025-2026-1');
};
