/** Numbers of cells as the sheet shows them. */
import { format } from 'numfmt';
import type { Stored } from '../table.js';

/** Beyond, a number of a spreadsheet has lost digits. */
const DIGITS = 15;
const EXACT = 10 ** DIGITS;
/** A formula that nobody has calculated yet. */
export const NOT_CALCULATED = '#VALUE!';
/** What is there and not shown is neither kept nor passed over. */
const NOT_SHOWN = '#####';
/** What a format puts around a number: words in quotes, single characters, room, colours. */
const WORDS = /"[^"]*"|[\\_*].|\[[^\]]*\]|[¥￥$€£]/g;

export interface Shown {
  readonly text: string;
  readonly stored?: Stored;
}

/** `9.8000000000000007` → `9.8`, `2.0240103170000000E9` → `2024010317`; an exponent stays where digits are lost. */
function plain(number: number): string {
  return Math.abs(number) < EXACT ? String(number) : number.toExponential();
}

function formatted(pattern: string, number: number): string | null {
  try {
    return format(pattern, number, { throws: true, locale: 'zh-CN' }).trim();
  } catch {
    return null;
  }
}

/** The number that a shown text says, or NaN: `9,800.00` is 9800, `85%` is 0.85, `(5)` is −5. */
function numberIn(text: string): number {
  const [, negative, digits = '', percent] =
    /^(\(|-)?\s*([\d,]*\.?\d+(?:E[+-]?\d+)?)(%)?\s*\)?$/i.exec(text) ?? [];
  const size = digits === '' ? NaN : Number(digits.replaceAll(',', ''));
  return (negative ? -size : size) / (percent ? 100 : 1);
}

/**
 * A number as its format shows it: `0031`, `¥9,800.00`, `85%`.
 *
 * @param value    As it is stored.
 * @param pattern  Of the cell's style; null where the number is shown as it is.
 */
export function shownNumber(value: string, pattern: string | null): Shown {
  const number = Number(Number(value).toPrecision(DIGITS));
  if (Number.isNaN(number)) return { text: NOT_CALCULATED };
  const whole = plain(number);
  if (pattern === null || Math.abs(number) >= EXACT) return { text: whole };
  const text = formatted(pattern, number);
  if (text === null) return { text: whole };
  if (text === '') return { text: NOT_SHOWN };
  const bare = formatted(pattern.replace(WORDS, ''), number) ?? text;
  const said = numberIn(bare);
  // A text of the format's own: there is no number to compare.
  if (Number.isNaN(said)) return { text };
  const isRounded = Math.abs(said - number) > Math.abs(number) * Number.EPSILON;
  if (isRounded) return { text, stored: { text: whole, isRounded } };
  return bare === text || bare.includes('%')
    ? { text }
    : { text, stored: { text: bare, isRounded } };
}
