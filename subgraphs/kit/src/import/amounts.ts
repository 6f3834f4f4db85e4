/** Numbers in cells. None of them passes through floating point. */
import { narrow } from './cell.js';
import { refuse, withArgument, type ArgumentForm, type Codec, type Parsed } from './reason.js';

/** `9,800.00`, `-1`, `.5` as Oracle writes a half. */
const NUMERAL = /^([+-]?)(?=\.?\d)(\d+|\d{1,3}(?:,\d{3})+|)(?:\.(\d+))?$/;

interface Numeral {
  readonly negative: boolean;
  /** Digits before the point, without separators and leading zeros. */
  readonly whole: string;
  /** Digits after the point; zeros at the end say nothing and are left out. */
  readonly fraction: string;
}

function readNumeral(text: string): Numeral | null {
  const parts = NUMERAL.exec(text);
  if (!parts) return null;
  const [, sign, whole = '', fraction = ''] = parts;
  return {
    negative: sign === '-',
    whole: whole.replaceAll(',', '').replace(/^0+(?=\d)/, '') || '0',
    fraction: fraction.replace(/0+$/, ''),
  };
}

/** What an integer column holds, and GraphQL's Int: more would stop the whole batch at its approval. */
const MOST = 2_147_483_647;
const MOST_YUAN = '21474836.47';

/** 980050 → `9800.50` */
function yuanText(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
/** Arguments give amounts as the graph does: in fen. */
const FEN: ArgumentForm = { type: 'Int', cell: (fen: number) => ({ value: yuanText(fen) }) };

/**
 * An amount in yuan (`9800`, `9,800.00`, `￥9800.5`, `9800元`) as integer fen, up to 21474836.47.
 * Source: DOMAIN 2.1.
 */
export const yuanToFen: Codec<number> = withArgument((cell): Parsed<number> => {
  const amount = readNumeral(narrow(cell).replace(/^¥\s*|\s*元$/g, ''));
  if (!amount) return refuse('不是金额', 'is not an amount');
  if (amount.negative) return refuse('金额不得为负', 'must not be negative');
  if (amount.fraction.length > 2) return refuse('金额最多两位小数', 'has more than two decimals');
  const fen = Number(amount.whole + amount.fraction.padEnd(2, '0'));
  return fen <= MOST
    ? { value: fen }
    : refuse(`金额不得超过 ${MOST_YUAN} 元`, `must not be more than ${MOST_YUAN} yuan`);
}, FEN);

/** An amount that is one: what is owed, paid or lent is never nothing. */
export const yuanAboveZero: Codec<number> = withArgument((cell): Parsed<number> => {
  const amount = yuanToFen(cell);
  return 'value' in amount && amount.value === 0
    ? refuse('金额须大于零', 'must be more than zero')
    : amount;
}, FEN);

const INT: ArgumentForm = { type: 'Int', cell: (value: number) => ({ value: String(value) }) };

/** A whole number, both bounds inclusive. */
export const integer = ({ min, max }: { min: number; max: number }): Codec<number> =>
  withArgument((cell): Parsed<number> => {
    const number = readNumeral(narrow(cell));
    if (!number || number.fraction !== '') return refuse('不是整数', 'is not a whole number');
    const size = Number(number.whole);
    const value = number.negative && size !== 0 ? -size : size;
    return value >= min && value <= max
      ? { value }
      : refuse(`应在 ${min} 至 ${max} 之间`, `must be between ${min} and ${max}`);
  }, INT);

const DECIMAL: ArgumentForm = { type: 'Decimal', cell: (value: string) => ({ value }) };

const scaled = ({ negative, whole, fraction }: Numeral, scale: number): bigint =>
  BigInt(`${negative ? '-' : ''}${whole}${fraction.padEnd(scale, '0')}`);

function bound(limit: number, scale: number): bigint {
  const numeral = readNumeral(String(limit));
  if (!numeral || numeral.fraction.length > scale)
    throw new Error(`${limit} is no bound of a decimal with scale ${scale}.`);
  return scaled(numeral, scale);
}

/**
 * An exact decimal, as text with `scale` decimals (`3.5` and `3.5000` → `3.50`).
 *
 * @param scale  Most decimals; more are refused, never rounded.
 * @param min    Inclusive, 0 when left out.
 * @param max    Inclusive.
 */
export function decimal(options: { scale: number; max: number; min?: number }): Codec<string> {
  const { scale, max, min = 0 } = options;
  const [low, high] = [bound(min, scale), bound(max, scale)];
  return withArgument((cell): Parsed<string> => {
    const number = readNumeral(narrow(cell));
    if (!number) return refuse('不是数字', 'is not a number');
    if (number.fraction.length > scale)
      return refuse(`最多 ${scale} 位小数`, `has more than ${scale} decimals`);
    const units = scaled(number, scale);
    if (units < low || units > high)
      return refuse(`应在 ${min} 至 ${max} 之间`, `must be between ${min} and ${max}`);
    const digits = number.fraction.padEnd(scale, '0');
    const sign = units < 0n ? '-' : '';
    return { value: `${sign}${number.whole}${scale > 0 ? `.${digits}` : ''}` };
  }, DECIMAL);
}
