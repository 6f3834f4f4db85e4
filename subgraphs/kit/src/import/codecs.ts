/** Cells that hold words and codes. Amounts, dates and identifiers have files of their own. */
import { fold, narrow, tidy } from './cell.js';
import { refuse, withArgument, type Codec, type Parsed, type Reason } from './reason.js';

/** Control characters but tab and line ends. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;
const LINE_BREAK = /[\r\n\u2028\u2029]/;
/** `2024010317.0`, `2.02401E+09`: what is left of a code that a spreadsheet took for a number. */
const TAKEN_FOR_NUMBER = /^\d+\.0+$|^\d(?:\.\d+)?E\+\d+$/i;
/** More labels than this are not listed in a reason. */
const LISTED = 12;

/**
 * Free text.
 *
 * @param max    Most characters (code points).
 * @param lines  Whether the cell may hold several lines. Off by default, so that a stray quote
 *               which swallows the next row is noticed.
 */
export const text =
  ({ max, lines = false }: { max: number; lines?: boolean }): Codec<string> =>
  (cell) => {
    const value = tidy(cell);
    if (CONTROL.test(value)) return refuse('含有不可见字符', 'holds unprintable characters');
    if (!lines && LINE_BREAK.test(value)) return refuse('不得换行', 'must be a single line');
    if (value.length > max && [...value].length > max)
      return refuse(`超过 ${max} 个字`, `is longer than ${max} characters`);
    return { value };
  };

const NOT_A_CODE: Reason = { zh: '代码格式不正确', en: 'does not have the form of this code' };

/** A code; the whole of it must match the shape. Never repaired when a spreadsheet changed it. */
export function code(shape: RegExp, reason: Reason = NOT_A_CODE): Codec<string> {
  const whole = new RegExp(`^(?:${shape.source})$`, shape.flags.replace(/[gy]/g, ''));
  return (cell) => {
    const value = narrow(cell);
    if (TAKEN_FOR_NUMBER.test(value))
      return refuse(
        '编号被表格软件转成了数字，请将该列设为文本',
        'was turned into a number by a spreadsheet; format the column as text',
      );
    return whole.test(value) ? { value } : { reason };
  };
}

/** A student number by the school's configured shape. Source: DOMAIN 2.1. */
export const studentNo = (shape: RegExp = /^[0-9]{10}$/): Codec<string> =>
  code(shape, { zh: '学号格式不正确', en: 'is not a student number' });

const ACADEMIC_YEAR = code(/^\d{4}-\d{4}$/, {
  zh: '学年应写作 2025-2026',
  en: 'an academic year is written 2025-2026',
});

/** `2025-2026`: two years of which one follows the other. */
export const academicYear: Codec<string> = (cell) => {
  const read = ACADEMIC_YEAR(cell);
  if (!('value' in read)) return read;
  const [first = 0, second = 0] = read.value.split('-').map(Number);
  return second === first + 1
    ? read
    : refuse('学年的两个年份应相连', 'the two years of an academic year follow one another');
};

/** One of a code set, written as its code or as one of its labels. */
export function choice<const C extends Readonly<Record<string, readonly string[]>>>(
  codes: C,
): Codec<keyof C & string> {
  const byName = new Map<string, keyof C & string>();
  for (const [value, labels] of Object.entries(codes))
    for (const name of new Set([value, ...labels].map(fold))) {
      if (byName.has(name)) throw new Error(`Two codes of one choice are called ${name}.`);
      byName.set(name, value);
    }
  const shown = Object.entries(codes).map(([value, [label]]) =>
    label ? `${value} ${label}` : value,
  );
  const unknown =
    shown.length > LISTED
      ? refuse('不在代码表内', 'is not in the code set')
      : refuse(`应为以下之一：${shown.join('、')}`, `must be one of: ${shown.join(', ')}`);
  const read = (cell: string): Parsed<keyof C & string> => {
    const value = byName.get(fold(narrow(cell)));
    return value === undefined ? unknown : { value };
  };
  return withArgument(read, {
    type: 'Text',
    cell: (value: string) => ({ value }),
    ...(shown.length <= LISTED && { oneOf: shown }),
  });
}

const YES = new Set(['是', 'true', '1', 'yes']);
const NO = new Set(['否', 'false', '0', 'no']);

export const boolean: Codec<boolean> = withArgument(
  (cell): Parsed<boolean> => {
    const answer = fold(narrow(cell));
    if (YES.has(answer)) return { value: true };
    return NO.has(answer) ? { value: false } : refuse('应为“是”或“否”', 'must be yes or no');
  },
  { type: 'Boolean', cell: (value: boolean) => ({ value: String(value) }) },
);

/** Several values in one cell; empty items are passed over, the first bad one is named by its place. */
export function list<T>(item: Codec<T>, separators = ';；|'): Codec<readonly T[]> {
  const between = new RegExp(`[${separators.replace(/[\\\]^-]/g, '\\$&')}]`);
  const read = (cell: string): Parsed<readonly T[]> => {
    const items = tidy(cell)
      .split(between)
      .filter((part) => tidy(part) !== '');
    if (items.length === 0) return refuse('没有任何一项', 'holds no item');
    const value: T[] = [];
    for (const [at, part] of items.entries()) {
      const parsed = item(part);
      if ('reason' in parsed)
        return refuse(`第 ${at + 1} 项：${parsed.reason.zh}`, `item ${at + 1} ${parsed.reason.en}`);
      value.push(parsed.value);
    }
    return { value };
  };
  return withArgument(read, {
    type: 'Texts',
    cell: (items: readonly string[]) =>
      items.some((one) => between.test(one))
        ? refuse(`每项不得含有 ${separators}`, `must not hold ${separators} in an item`)
        : { value: items.join(separators.slice(0, 1)) },
  });
}
