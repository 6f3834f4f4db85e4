/** A copy as PDF: every page is marked as the person’s own and no proof (3.6, L-11). */
import { setImmediate } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import { OWN_COPY, type OwnArchive } from '../own-archive.js';
import {
  A4,
  bytesOf,
  DIGITS,
  drawMark,
  drawRuns,
  newDocument,
  oneLine,
  pageText,
  typeFor,
  widthOf,
} from './drawing.js';
import { paginate, type Type } from './layout.js';
import { paragraphsOf } from './paragraphs.js';

const MARGIN = 50;
const SMALL = 8;
const AREA = {
  x: MARGIN,
  y: MARGIN + 2 * SMALL,
  width: A4.width - 2 * MARGIN,
  height: A4.height - 2 * MARGIN - 4 * SMALL,
};
const MARK = { size: 34, degrees: -35, opacity: 0.12 };
const BLACK = '#000000';
const GREY = '#555555';

const markText = `${OWN_COPY.zh} ${OWN_COPY.en}`;

/** What every page says, whatever else stands on it: above, below, and across it. */
function drawMarks(
  doc: PDFKit.PDFDocument,
  type: Type,
  {
    page,
    of,
    studentNo,
    exportId,
  }: { page: number; of: number; studentNo: string; exportId: string },
): void {
  const small = (text: string) => oneLine(text, SMALL, type);
  doc.fillColor(GREY);
  drawRuns(doc, small(markText), { size: SMALL, x: MARGIN, y: MARGIN - SMALL });
  const foot = A4.height - MARGIN;
  drawRuns(doc, small(`${studentNo} · ${exportId}`), { size: SMALL, x: MARGIN, y: foot });
  const count = small(pageText(page, of));
  drawRuns(doc, count, { size: SMALL, x: A4.width - MARGIN - widthOf(count), y: foot });
  drawMark(doc, type, OWN_COPY.zh, MARK);
  doc.fillColor(BLACK);
}

/** Others are served between two pages. */
export async function ownArchivePdf(archive: OwnArchive, schema: GraphQLSchema): Promise<Buffer> {
  const { studentNo, exportId, exportedAt } = archive;
  const paragraphs = paragraphsOf(archive, schema);
  const doc = newDocument(markText, exportedAt);
  const bytes = bytesOf(doc);
  const fixed = [markText, pageText(1, 1), DIGITS, studentNo, exportId, '·'];
  const type = await typeFor(doc, [...fixed, ...paragraphs.map(({ text }) => text)]);
  const pages = paginate(paragraphs, AREA, type);
  for (const [place, lines] of pages.entries()) {
    doc.addPage();
    drawMarks(doc, type, { page: place + 1, of: pages.length, studentNo, exportId });
    for (const { runs, ...where } of lines) drawRuns(doc, runs, where);
    await setImmediate();
  }
  doc.end();
  return bytes;
}
