/** Dates as another system writes them: `DD.MM.YYYY`, `YYYYMMDD HHmmss`, `YYYY年M月`. */
import { narrow } from '../cell.js';
import { refuse, type Codec } from '../reason.js';
import type { Translate } from './mapping.js';

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

const TOKENS: Readonly<Record<string, readonly [part: Part, digits: string]>> = {
  YYYY: ['year', '\\d{4}'],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  DD: ['day', '\\d{2}'],
  D: ['day', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  ss: ['second', '\\d{2}'],
};
const PIECES = /YYYY|MM?|DD?|HH?|mm|ss|\s+|[^A-Za-z]|T/g;
/** The forms that this product writes; a date cell of a workbook comes as one. */
const OWN = /^\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}:\d{2})?)?$/;

interface Form {
  readonly parts: readonly Part[];
  readonly shape: RegExp;
}

/** A number of one or two digits that another number follows at once: the boundary is ambiguous. */
const isUnbounded = (piece: string, at: number, all: readonly string[]): boolean =>
  /^[MDH]$/.test(piece) && (all[at + 1] ?? '') in TOKENS;

/** How a form is read; null when it cannot be. */
function formOf(form: string): Form | null {
  const pieces = form.match(PIECES) ?? [];
  if (pieces.join('') !== form || pieces.some(isUnbounded)) return null;
  const parts = pieces.flatMap((piece) => TOKENS[piece]?.[0] ?? []);
  const has = (part: Part) => parts.includes(part);
  const isDoubled = new Set(parts).size < parts.length;
  const isLoose =
    (has('hour') && !(has('day') && has('minute'))) ||
    (has('minute') && !has('hour')) ||
    (has('second') && !has('minute'));
  if (isDoubled || isLoose || !has('year') || !has('month')) return null;
  const written = pieces.map((piece) => {
    const [, digits] = TOKENS[piece] ?? [];
    return digits ? `(${digits})` : /\s/.test(piece) ? '\\s+' : piece.replace(/[^\w]/, '\\$&');
  });
  return { parts, shape: new RegExp(`^${written.join('')}$`) };
}

/** Length of what each kind of field holds: an instant, a day, a month. */
const LENGTHS = [19, 10, 7];
const SAMPLE = '2025-10-31T08:30:00';

/**
 * Reads dates of a form.
 *
 * @param codec  Of the field; as much of a date is kept as it takes.
 * @returns      null when the form cannot be read, or the field holds no such date.
 */
export function dateForm(written: string, codec: Codec<unknown>): Translate | null {
  const form = formOf(narrow(written));
  if (!form) return null;
  const given = form.parts.includes('hour') ? 19 : form.parts.includes('day') ? 10 : 7;
  const length = LENGTHS.find((size) => size <= given && 'value' in codec(SAMPLE.slice(0, size)));
  if (!length) return null;
  const foreign = refuse(`日期应写作 ${written}`, `must be a date written as ${written}`);
  return (cell) => {
    const text = narrow(cell);
    if (OWN.test(text)) return { value: text.slice(0, length) };
    const found = form.shape.exec(text);
    if (!found) return foreign;
    const values = new Map(form.parts.map((part, place) => [part, found[place + 1]]));
    const at = (part: Part) => (values.get(part) ?? '').padStart(2, '0');
    const day = `${at('year')}-${at('month')}-${at('day')}`;
    return { value: `${day}T${at('hour')}:${at('minute')}:${at('second')}`.slice(0, length) };
  };
}
