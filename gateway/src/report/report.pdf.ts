/** A report on paper: A4, its check code as text and as QR, its mark across each page (Z2.1, G21). */
import { setImmediate } from 'node:timers/promises';
import { dayOf } from '@chengxin/kit/clock';
import type { OpenedReport } from '@chengxin/kit/call/report-paths';
import encodeQr from 'qr';
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
} from '../export/pdf/drawing.js';
import { LINE_HEIGHT, linesOf, paginate, type Line, type Type } from '../export/pdf/layout.js';
import type { ReportContent } from './report-content.js';
import { bodyOf, headOf, titleOf } from './report-paragraphs.js';

const MARGIN = 50;
const SMALL = 8;
const SCHOOL = 11;
const TITLE = 18;
const QR = 84;
/** Of the first page, before the sections. */
const HEAD = 88;
const AREA = {
  x: MARGIN,
  y: MARGIN,
  width: A4.width - 2 * MARGIN,
  height: A4.height - 2 * MARGIN - 3 * SMALL,
};
const MARK = { size: 40, degrees: -35, opacity: 0.08 };
const BLACK = '#000000';
const GREY = '#555555';

/** A code as black squares, at the right edge. */
function drawQr(doc: PDFKit.PDFDocument, text: string): void {
  const squares = encodeQr(text, 'raw', { ecc: 'medium', border: 1 });
  const size = QR / squares.length;
  const left = A4.width - MARGIN - QR;
  for (const [row, cells] of squares.entries())
    for (const [column, isBlack] of cells.entries())
      if (isBlack) doc.rect(left + column * size, MARGIN + row * size, size, size);
  doc.fill(BLACK);
}

function drawText(doc: PDFKit.PDFDocument, type: Type, text: string, at: Omit<Line, 'runs'>): void {
  drawRuns(doc, oneLine(text, at.size, type), at);
}

function drawHead(
  doc: PDFKit.PDFDocument,
  type: Type,
  report: OpenedReport,
  verifyUrl: string,
): void {
  const { school, title } = titleOf(report);
  drawQr(doc, verifyUrl);
  drawText(doc, type, school, { size: SCHOOL, x: MARGIN, y: MARGIN });
  let y = MARGIN + SCHOOL * LINE_HEIGHT;
  drawText(doc, type, title, { size: TITLE, x: MARGIN, y });
  y += TITLE * LINE_HEIGHT;
  for (const paragraph of headOf(report, dayOf))
    for (const runs of linesOf(paragraph, AREA.width - QR - MARGIN / 2, type)) {
      drawRuns(doc, runs, { size: paragraph.size, x: MARGIN, y });
      y += paragraph.size * LINE_HEIGHT;
    }
}

interface Page {
  readonly page: number;
  readonly of: number;
}

/** What every page says: whose paper it is by its mark, where it is verified, which page it is. */
function drawMarks(
  doc: PDFKit.PDFDocument,
  type: Type,
  { watermark, verifyUrl, page, of }: Page & { watermark: string; verifyUrl: string },
): void {
  const foot = A4.height - MARGIN;
  doc.fillColor(GREY);
  drawText(doc, type, `查验 Verify: ${verifyUrl}`, { size: SMALL, x: MARGIN, y: foot });
  const count = oneLine(pageText(page, of), SMALL, type);
  drawRuns(doc, count, { size: SMALL, x: A4.width - MARGIN - widthOf(count), y: foot });
  drawMark(doc, type, watermark, MARK);
  doc.fillColor(BLACK);
}

/**
 * The document; others are served between two pages.
 *
 * @param verifyUrl  Where the holder verifies it; its check code is the last segment.
 */
export async function reportPdf(
  report: OpenedReport,
  content: ReportContent,
  verifyUrl: string,
): Promise<Buffer> {
  const { school, title } = titleOf(report);
  const body = bodyOf(content);
  const doc = newDocument(title, report.issuedAt);
  const bytes = bytesOf(doc);
  const type = await typeFor(doc, [
    school,
    title,
    report.watermark,
    `查验 Verify: ${verifyUrl}`,
    pageText(1, 1),
    DIGITS,
    ...[...headOf(report, dayOf), ...body].map(({ text }) => text),
  ]);
  // The head takes the room of a first line that is empty.
  const pages = paginate([{ text: ' ', size: HEAD / LINE_HEIGHT }, ...body], AREA, type);
  for (const [place, lines] of pages.entries()) {
    doc.addPage();
    if (place === 0) drawHead(doc, type, report, verifyUrl);
    const of = { page: place + 1, of: pages.length };
    drawMarks(doc, type, { ...of, watermark: report.watermark, verifyUrl });
    for (const { runs, ...where } of lines) drawRuns(doc, runs, where);
    await setImmediate();
  }
  doc.end();
  return bytes;
}
