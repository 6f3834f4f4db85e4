import { stat } from 'node:fs/promises';
import { changedMeanwhile, digestOf } from '../digest.js';
import { refusedFile } from '../reason.js';
import { isBlank } from '../row.js';
import type { Table, TableRecord } from '../table.js';
import type { Book } from './cell.js';
import { sheetRows } from './sheet.js';
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
    shown: await readStyles(zip, styles),
    strings: await readStrings(zip, strings),
    from1904,
  };
}

interface Sheet {
  readonly path: string;
  readonly part: string;
  readonly book: Book;
  /** Rows before the header. */
  readonly skip: number;
}

/** Rows of the sheet with anything in them, all as wide as the header at least. */
async function* filled({ path, part, book, skip }: Sheet): AsyncGenerator<TableRecord, void> {
  const zip = await openZip(path);
  let width = 0;
  try {
    for await (const portion of sheetRows(zip, part, book))
      for (const { line, cells } of portion) {
        if (line <= skip || !cells || isBlank(cells)) continue;
        width ||= cells.length;
        const missing = Array.from({ length: Math.max(0, width - cells.length) }, () => '');
        yield { line, cells: [...cells, ...missing] };
      }
  } finally {
    zip.close();
  }
}

async function firstSheet(path: string, skip: number): Promise<Sheet> {
  const zip = await openZip(path);
  try {
    const workbook = await readWorkbook(zip);
    return { path, part: workbook.sheet, book: await readBook(zip, workbook), skip };
  } finally {
    zip.close();
  }
}

/**
 * Open the first sheet of an XLSX workbook. All of it is read once, so that a workbook which is
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
  let lines = 0;
  for await (const _ of filled(sheet)) if (++lines > ROWS_AT_MOST + 1) throw tooLong();
  const checkUnchanged = async () => {
    if ((await digestOf(path)) !== digest) throw changedMeanwhile();
  };
  return {
    bytes,
    digest,
    lines,
    async *records() {
      try {
        yield* filled(sheet);
      } catch (error) {
        // Halves of two workbooks look like a damaged one.
        await checkUnchanged();
        throw error;
      }
      await checkUnchanged();
    },
  };
}
