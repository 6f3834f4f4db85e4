/** Which styles show a number as a date. Excel stores days as numbers and tells them by their format. */
import { everything } from './xml.js';
import type { Zip } from './zip.js';

/** `month`: a date of which year and month are shown. */
export type Shown = 'number' | 'date' | 'month';

/** Formats that stand in no file, in western and Chinese Excel (ECMA-376-1, 18.8.30). */
const MONTHS = new Set([17, 27, 36, 50, 52, 54, 57]);
const isDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** Words and colours: text in quotes, what follows a backslash, an underscore or a star, brackets. */
const DECORATION = /"[^"]*"|[\\_*].|\[(?![hms]+\])[^\]]*\]/gi;

/** What a format of its own shows, by its first section. */
function shownBy(format: string): Shown {
  const [letters = ''] = format.replace(DECORATION, '').toLowerCase().split(';');
  if (!/[ymdhs]/.test(letters)) return 'number';
  return /y/.test(letters) && /m/.test(letters) && !/[dhs]/.test(letters) ? 'month' : 'date';
}

const shownById = (id: number): Shown =>
  MONTHS.has(id) ? 'month' : isDate(id) ? 'date' : 'number';

interface Style {
  readonly format: number;
}
interface OwnFormat {
  readonly id: number;
  readonly shown: Shown;
}

/** How each style of a workbook shows a number, by the number of the style. */
export async function readStyles(zip: Zip, part: string | null): Promise<Shown[]> {
  if (!part) return [];
  let isCell = false;
  const found = await everything<Style | OwnFormat>(zip.text(part), (take) => ({
    open(element, { numFmtId = '0', formatCode = '' }) {
      if (element === 'cellXfs') isCell = true;
      if (element === 'numFmt') take({ id: Number(numFmtId), shown: shownBy(formatCode) });
      if (element === 'xf' && isCell) take({ format: Number(numFmtId) });
    },
    close(element) {
      if (element === 'cellXfs') isCell = false;
    },
  }));
  const own = new Map(found.flatMap((one) => ('id' in one ? [[one.id, one.shown] as const] : [])));
  return found.flatMap((one) =>
    'format' in one ? [own.get(one.format) ?? shownById(one.format)] : [],
  );
}
