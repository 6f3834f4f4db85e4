/** What the documents of the product have in common: their paper, their font, and how a line is drawn. */
import PDFDocument from 'pdfkit';
import { fontOf, sliceOf } from './fonts.js';
import { linesOf, OF_NUMBERS, printable, type Line, type Run, type Type } from './layout.js';

export const A4 = { width: 595.28, height: 841.89 };

/** An empty document without a page. */
export const newDocument = (title: string, createdAt: string): PDFKit.PDFDocument =>
  new PDFDocument({
    autoFirstPage: false,
    size: [A4.width, A4.height],
    margin: 0,
    lang: 'zh-CN',
    info: { Title: title, CreationDate: new Date(createdAt) },
  });

/** The slices of the font that some texts need. */
function slicesIn(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts)
    for (const character of printable(text, { sliceOf })) {
      const slice = sliceOf(character);
      if (slice) found.add(slice);
    }
  return [...found];
}

/** Widths of characters, each measured once. */
function typeOf(doc: PDFKit.PDFDocument): Type {
  const widths = new Map<string, number>();
  return {
    sliceOf,
    widthOf(slice, character) {
      const known = widths.get(character);
      if (known !== undefined) return known;
      const width = doc.font(slice).fontSize(1).widthOfString(character);
      widths.set(character, width);
      return width;
    },
  };
}

/** Draw a line of runs at a place. */
export function drawRuns(
  doc: PDFKit.PDFDocument,
  runs: readonly Run[],
  { size, x, y }: Omit<Line, 'runs'>,
) {
  let at = x;
  for (const { slice, text, width } of runs) {
    doc.font(slice).fontSize(size).text(text, at, y, { lineBreak: false });
    at += width;
  }
}

export const widthOf = (runs: readonly Run[]): number =>
  runs.reduce((sum, { width }) => sum + width, 0);

/** How the words of a mark lie across a page. */
export interface Mark {
  readonly size: number;
  readonly degrees: number;
  readonly opacity: number;
}

/** A line that is not broken. */
export const oneLine = (text: string, size: number, type: Type): readonly Run[] =>
  linesOf({ text, size }, A4.width, type)[0] ?? [];

/** Draw words across the middle of a page, whatever else stands on it. */
export function drawMark(
  doc: PDFKit.PDFDocument,
  type: Type,
  text: string,
  { size, degrees, opacity }: Mark,
): void {
  const across = oneLine(text, size, type);
  const [x, y] = [A4.width / 2, A4.height / 2];
  doc
    .save()
    .rotate(degrees, { origin: [x, y] })
    .fillOpacity(opacity);
  drawRuns(doc, across, { size, x: x - widthOf(across) / 2, y: y - size / 2 });
  doc.restore().fillOpacity(1);
}

/** What counts the pages, and the digits that it may need. */
export const pageText = (page: number, of: number): string =>
  `第 ${page} 页 / 共 ${of} 页 page ${page} of ${of}`;
export const DIGITS = '0123456789';

/** The font for all that a document says; what is no part of the texts cannot be drawn. */
export async function typeFor(doc: PDFKit.PDFDocument, texts: readonly string[]): Promise<Type> {
  // Some of a text may turn out to be in no slice: numbers are written in its place.
  for (const slice of slicesIn([...texts, OF_NUMBERS]))
    doc.registerFont(slice, await fontOf(slice));
  return typeOf(doc);
}

/** The bytes of a document once it is ended. */
export function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  doc.on('end', () => resolve(Buffer.concat(parts)));
  doc.on('error', reject);
  return promise;
}
