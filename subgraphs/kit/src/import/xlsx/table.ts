import { stat } from 'node:fs/promises';
import { changedMeanwhile, digestOf } from '../digest.js';
import { refusedFile } from '../reason.js';
import { isBlank } from '../row.js';
import type { Table, TableRecord } from '../table.js';
import type { Book } from './cell.js';
import { sheetRows, type SheetRow } from './sheet.js';
import { readStrings } from './strings.js';
import { readStyles } from './styles.js';
import { readWorkbook, type Workbook } from './workbook.js';
import { openZip, type Zip } from './zip.js';

/** Rows under the header. */
const ROWS_AT_MOST = 100_000;

const tooLong = () =>
  refusedFile(
    `此工作表超过 ${ROWS_AT_MOST} 行，请拆分或另存为 CSV。`,
    `This sheet has more than ${ROWS_AT_MOST} rows. Split it, or save it as CSV.`,
  );

async function readBook(zip: Zip, { styles, strings, from1904 }: Workbook): Promise<Book> {
  return {
    formats: await readStyles(zip, styles),
    strings: await readStrings(zip, strings),
    from1904,
  };
}

interface Sheet {
  readonly path: string;
  readonly part: string;
  readonly name: string;
  readonly others: readonly string[];
  readonly book: Book;
  /** Rows before the header. */
  readonly skip: number;
}

/** Rows of the sheet with anything in them. */
async function* filled({ path, part, book, skip }: Sheet): AsyncGenerator<SheetRow, void> {
  const zip = await openZip(path);
  try {
    for await (const portion of sheetRows(zip, part, book))
      for (const row of portion) if (row.line > skip && row.cells && !isBlank(row.cells)) yield row;
  } finally {
    zip.close();
  }
}

/** Rows that people see, all as wide as the header at least. */
async function* visible(sheet: Sheet): AsyncGenerator<TableRecord, void> {
  let width = 0;
  for await (const { isHidden, cells, ...row } of filled(sheet)) {
    if (isHidden || !cells) continue;
    width ||= cells.length;
    const missing = Array.from({ length: Math.max(0, width - cells.length) }, () => '');
    yield { ...row, cells: [...cells, ...missing] };
  }
}

async function firstSheet(path: string, skip: number): Promise<Sheet> {
  const zip = await openZip(path);
  try {
    const workbook = await readWorkbook(zip);
    const { sheet: part, name, others } = workbook;
    return { path, part, name, others, book: await readBook(zip, workbook), skip };
  } finally {
    zip.close();
  }
}

/**
 * Open the first visible sheet of an XLSX workbook; hidden rows are counted and not read. All of it is read once, so that a workbook which is
 * damaged or too long is refused before a row of it is kept; only its texts are held.
 *
 * @param skip  Rows before the header.
 * @throws  `VALIDATION` for a file that is no workbook, is damaged, unpacks to too much or has more
 *          than 100,000 rows under the header.
 */
export async function openXlsx(path: string, skip = 0): Promise<Table> {
  const { size: bytes } = await stat(path);
  const digest = await digestOf(path);
  const sheet = await firstSheet(path, skip);
  let [lines, hidden] = [0, 0];
  for await (const { isHidden } of filled(sheet)) {
    if (isHidden) hidden += 1;
    else lines += 1;
    if (lines + hidden > ROWS_AT_MOST + 1) throw tooLong();
  }
  const checkUnchanged = async () => {
    if ((await digestOf(path)) !== digest) throw changedMeanwhile();
  };
  return {
    bytes,
    digest,
    lines,
    sheet: sheet.name,
    ...(sheet.others.length > 0 && { otherSheets: sheet.others }),
    ...(hidden > 0 && { hidden }),
    async *records() {
      try {
        yield* visible(sheet);
      } catch (error) {
        // Halves of two workbooks look like a damaged one.
        await checkUnchanged();
        throw error;
      }
      await checkUnchanged();
    },
  };
}
