/** How the styles of a workbook show a number. Excel marks days by the format alone. */
import { everything } from './xml.js';
import type { Zip } from './zip.js';

/** Parts of a date that a format shows. */
export type DateParts = 'month' | 'day' | 'minute' | 'second';

/** `as` says whether a number is shown as a date; `pattern` is its format where that matters. */
export interface Format {
  readonly as: 'number' | DateParts;
  readonly pattern: string | null;
}
export const GENERAL: Format = { as: 'number', pattern: null };

/** Formats that stand in no file, in western and Chinese Excel (ECMA-376-1, 18.8.30). */
const MONTHS = new Set([17, 27, 36, 50, 52, 54, 57]);
const isDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);
const TIMES: Readonly<Record<number, DateParts>> = {
  18: 'minute',
  19: 'second',
  20: 'minute',
  21: 'second',
  22: 'minute',
  45: 'second',
  46: 'second',
  47: 'second',
};
const NUMBERS: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"¥"#,##0;"¥"-#,##0',
  6: '"¥"#,##0;"¥"-#,##0',
  7: '"¥"#,##0.00;"¥"-#,##0.00',
  8: '"¥"#,##0.00;"¥"-#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  37: '#,##0;-#,##0',
  38: '#,##0;-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;-#,##0.00',
  41: '#,##0;-#,##0',
  42: '"¥"#,##0;"¥"-#,##0',
  43: '#,##0.00;-#,##0.00',
  44: '"¥"#,##0.00;"¥"-#,##0.00',
  48: '##0.0E+0',
};

/** Words and colours: text in quotes, what follows a backslash, an underscore or a star, brackets. */
const DECORATION = /"[^"]*"|[\\_*].|\[(?![hms]+\])[^\]]*\]/gi;

/** What a format of its own shows, by its first section. */
function formatOf(pattern: string): Format {
  const [letters = ''] = pattern.replace(DECORATION, '').toLowerCase().split(';');
  if (letters === 'general' || letters === '@') return GENERAL;
  if (!/[ymdhs]/.test(letters)) return { as: 'number', pattern };
  if (/s/.test(letters)) return { as: 'second', pattern: null };
  if (/h/.test(letters)) return { as: 'minute', pattern: null };
  const isMonth = /y/.test(letters) && /m/.test(letters) && !/d/.test(letters);
  return { as: isMonth ? 'month' : 'day', pattern: null };
}

function formatById(id: number): Format {
  if (MONTHS.has(id)) return { as: 'month', pattern: null };
  if (isDate(id)) return { as: TIMES[id] ?? 'day', pattern: null };
  return { as: 'number', pattern: NUMBERS[id] ?? null };
}

interface Style {
  readonly format: number;
}
interface OwnFormat {
  readonly id: number;
  readonly own: Format;
}

/** How each style of a workbook shows a number, by the number of the style. */
export async function readStyles(zip: Zip, part: string | null): Promise<Format[]> {
  if (!part) return [];
  let isCell = false;
  const found = await everything<Style | OwnFormat>(zip.text(part), (take) => ({
    open(element, { numFmtId = '0', formatCode = '' }) {
      if (element === 'cellXfs') isCell = true;
      if (element === 'numFmt') take({ id: Number(numFmtId), own: formatOf(formatCode) });
      if (element === 'xf' && isCell) take({ format: Number(numFmtId) });
    },
    close(element) {
      if (element === 'cellXfs') isCell = false;
    },
  }));
  const own = new Map(found.flatMap((one) => ('id' in one ? [[one.id, one.own] as const] : [])));
  return found.flatMap((one) =>
    'format' in one ? [own.get(one.format) ?? formatById(one.format)] : [],
  );
}
