/** The rows of a sheet, as they come. */
import type { Stored, TableRecord } from '../table.js';
import { cellText, type Book } from './cell.js';
import { elements, type Listener } from './xml.js';
import { damaged, type Zip } from './zip.js';

/** The last row and the last column that a sheet can have. */
const ROWS = 1_048_576;
const COLUMNS = 16_384;
const ADDRESS = /^([A-Z]{1,3})([1-9]\d{0,6})$/;
const LETTERS = 26;
const BEFORE_A = 64;

/** `C7` → 2. */
function columnOf(address: string): number {
  const [, letters = ''] = ADDRESS.exec(address) ?? [];
  let column = 0;
  for (const letter of letters) column = column * LETTERS + letter.charCodeAt(0) - BEFORE_A;
  if (column < 1 || column > COLUMNS) throw damaged();
  return column - 1;
}

/** A row as it stands in the sheet; a hidden one is seen by nobody. */
export interface SheetRow extends TableRecord {
  readonly isHidden: boolean;
}

/** Puts cells together to rows; what stands between them is passed over. */
function rowsOf(book: Book, found: (row: SheetRow) => void): Listener {
  let [line, column, cells]: [number, number, string[]] = [0, -1, []];
  let [type, style, value, isFormula]: [string, number, string | null, boolean] = [
    'n',
    0,
    null,
    false,
  ];
  let [isData, isText, isReading, isHidden] = [false, false, false, false];
  let stored: Map<number, Stored> | null = null;

  const startRow = ({ r, hidden }: { r?: string; hidden?: string }): void => {
    const next = r === undefined ? line + 1 : Number(r);
    if (!Number.isInteger(next) || next <= line || next > ROWS) throw damaged();
    [line, column, cells, stored] = [next, -1, [], null];
    isHidden = hidden === '1' || hidden === 'true';
  };
  const startCell = (address: string | undefined, attributes: { t?: string; s?: string }): void => {
    column = address === undefined ? column + 1 : columnOf(address);
    [type, style, value, isFormula] = [attributes.t ?? 'n', Number(attributes.s ?? 0), null, false];
  };
  const endCell = (): void => {
    const shown = cellText({ type, style, value, isFormula }, book);
    if (shown === null) throw damaged();
    if (shown.text === '') return;
    while (cells.length < column) cells.push('');
    cells[column] = shown.text;
    if (shown.stored) (stored ??= new Map()).set(column, shown.stored);
  };
  return {
    open(element, attributes) {
      if (element === 'sheetData') isData = true;
      if (!isData) return;
      if (element === 'row') startRow(attributes);
      else if (element === 'c') startCell(attributes['r'], attributes);
      else if (element === 'f') isFormula = true;
      else if (element === 'rPh') isReading = true;
      isText = element === 'v' || (element === 't' && !isReading);
      if (isText) value ??= '';
    },
    text(piece) {
      if (isText) value += piece;
    },
    close(element) {
      if (!isData) return;
      isText = false;
      if (element === 'sheetData') isData = false;
      else if (element === 'rPh') isReading = false;
      else if (element === 'c') endCell();
      else if (element === 'row') found({ line, cells, isHidden, ...(stored && { stored }) });
    },
  };
}

/** Rows of a sheet, in portions; `line` is the number that Excel shows beside the row. */
export const sheetRows = (zip: Zip, part: string, book: Book): AsyncGenerator<SheetRow[], void> =>
  elements<SheetRow>(zip.text(part), (found) => rowsOf(book, found));
