/** The text of a cell, as the codecs read it. */
import { NOT_CALCULATED, shownNumber, type Shown } from './number.js';
import { GENERAL, type DateParts, type Format } from './styles.js';
import { unescaped } from './strings.js';
import { DAY_MS } from '../../clock.js';

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
  readonly formats: readonly Format[];
  readonly strings: readonly string[];
  readonly from1904: boolean;
}

const DAY_SECONDS = 86_400;
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Excel believes in the 29th of February 1900: days after it are counted from a day earlier. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const NO_SUCH_DAY = 60;
/** The last day of the year 9999. */
const LAST_DAY = 2_958_465;
/** What Excel shows for a date that it cannot show. */
const NOT_SHOWN = '#####';

function dateOf(day: number, from1904: boolean): string {
  if (day === NO_SUCH_DAY && !from1904) return '1900-02-29';
  const early = day < NO_SUCH_DAY ? DAY_MS : 0;
  const start = from1904 ? EPOCH_1904 : EPOCH_1900 + early;
  return new Date(start + day * DAY_MS).toISOString().slice(0, 10);
}

/** A date as far as the format shows it: a time of day that is hidden moves no day. */
function shownDate(value: string, as: DateParts, from1904: boolean): string {
  const isTime = as === 'minute' || as === 'second';
  const total = isTime ? Math.round(Number(value) * DAY_SECONDS) : Number(value) * DAY_SECONDS;
  const day = Math.floor(total / DAY_SECONDS);
  if (!(total >= 0) || day > LAST_DAY) return NOT_SHOWN;
  const clock = new Date(Math.floor(total % DAY_SECONDS) * 1000).toISOString().slice(11, 19);
  const time = as === 'minute' ? `${clock.slice(0, 5)}:00` : clock;
  if (isTime && day === 0 && !from1904) return time;
  const date = dateOf(day, from1904);
  if (isTime) return time === '00:00:00' ? date : `${date}T${time}`;
  return as === 'month' ? date.slice(0, 7) : date;
}

/** A text of a workbook, or null for a shared one that is not there. */
function textOf({ type, value, isFormula }: RawCell, { strings }: Book): string | null {
  if (value === null || value === '') return isFormula && type !== 'str' ? NOT_CALCULATED : '';
  if (type === 's') return strings[Number(value)] ?? null;
  if (type === 'str' || type === 'inlineStr') return unescaped(value);
  if (type === 'b') return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
  return value;
}

const TEXTS = new Set(['s', 'str', 'inlineStr', 'b', 'd', 'e']);

/**
 * A cell as the sheet shows it: a number by its format, without exponent or `.0`; a date as
 * `2025-10-31` or `2025-10-31T08:30:00`; a boolean as `TRUE`, an error as `#N/A`; of a formula, what
 * it came to when the file was saved. Null for a cell of a damaged workbook.
 */
export function cellText(cell: RawCell, book: Book): Shown | null {
  const { type, style, value } = cell;
  if (value === null || value === '' || TEXTS.has(type)) {
    const text = textOf(cell, book);
    return text === null ? null : { text };
  }
  const { as, pattern } = book.formats[style] ?? GENERAL;
  return as === 'number'
    ? shownNumber(value, pattern)
    : { text: shownDate(value, as, book.from1904) };
}
