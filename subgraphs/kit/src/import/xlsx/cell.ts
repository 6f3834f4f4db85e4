/** The text of a cell, as the codecs read it. */
import type { Shown } from './styles.js';
import { unescaped } from './strings.js';

/** A cell as it stands in the file. */
export interface RawCell {
  /** `s` a shared text, `str` and `inlineStr` a text, `b` a boolean, `e` an error, `d` a date, else a number. */
  readonly type: string;
  readonly style: number;
  /** Null when none was stored. */
  readonly value: string | null;
  readonly isFormula: boolean;
}

/** What a workbook says about its cells. */
export interface Book {
  readonly shown: readonly Shown[];
  readonly strings: readonly string[];
  readonly from1904: boolean;
}

const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Excel believes in the 29th of February 1900: days after it are counted from a day earlier. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const NO_SUCH_DAY = 60;
/** The last day of the year 9999. */
const LAST_DAY = 2_958_465;
/** Beyond, a number of a spreadsheet has lost digits. */
const DIGITS = 15;
const EXACT = 10 ** DIGITS;
/** What Excel shows for a date that it cannot show. */
const NOT_SHOWN = '#####';
/** A formula that nobody has calculated yet. */
const NOT_CALCULATED = '#VALUE!';

/** `9.8000000000000007` → `9.8`, `2.0240103170000000E9` → `2024010317`; an exponent stays where digits are lost. */
function numberText(value: string): string {
  const number = Number(Number(value).toPrecision(DIGITS));
  if (Number.isNaN(number)) return NOT_CALCULATED;
  return Math.abs(number) < EXACT ? String(number) : number.toExponential();
}

function dateText(value: string, shown: Shown, from1904: boolean): string {
  const total = Math.round(Number(value) * DAY_SECONDS);
  const [day, seconds] = [Math.floor(total / DAY_SECONDS), total % DAY_SECONDS];
  if (!(total >= 0) || day > LAST_DAY) return NOT_SHOWN;
  const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
  if (day === 0 && !from1904) return clock;
  if (day === NO_SUCH_DAY && !from1904) return '1900-02-29';
  const early = day < NO_SUCH_DAY ? DAY_MS : 0;
  const start = from1904 ? EPOCH_1904 : EPOCH_1900 + early;
  const date = new Date(start + day * DAY_MS).toISOString().slice(0, 10);
  if (seconds > 0) return `${date}T${clock}`;
  // `2025-10`, typed into a cell, becomes the first of that month and shows no day.
  return shown === 'month' && date.endsWith('-01') ? date.slice(0, 7) : date;
}

/**
 * A number without exponent or `.0`, a date as `2025-10-31` or `2025-10-31T08:30:00`, a boolean as
 * `TRUE`, an error as `#N/A`; of a formula, what it came to when the file was saved.
 */
export function cellText({ type, style, value, isFormula }: RawCell, book: Book): string | null {
  if (value === null || value === '') return isFormula && type !== 'str' ? NOT_CALCULATED : '';
  if (type === 's') return book.strings[Number(value)] ?? null;
  if (type === 'str' || type === 'inlineStr') return unescaped(value);
  if (type === 'b') return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'e') return value;
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
  const shown = book.shown[style] ?? 'number';
  return shown === 'number' ? numberText(value) : dateText(value, shown, book.from1904);
}
