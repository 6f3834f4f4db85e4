/** XLSX workbooks as spreadsheets write them, part by part. */
import { strToU8, zipSync } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Styles of the cells: by these numbers a cell says how its number is shown. */
export const STYLE = {
  general: 0,
  day: 1,
  dayAndTime: 2,
  chineseDay: 3,
  month: 4,
  yuan: 5,
  text: 6,
  percent: 7,
  fourDigits: 8,
  oneDecimal: 9,
  points: 10,
  hidden: 11,
};
const FORMATS = [0, 14, 22, 170, 171, 172, 49, 10, 173, 174, 175, 176];
const OWN_FORMATS = [
  [170, 'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@'],
  [171, 'yyyy\\-mm'],
  [172, '[Red]&quot;¥&quot;#,##0.00_);\\(#,##0.00\\)'],
  [173, '0000'],
  [174, '0.0'],
  [175, '0&quot;分&quot;'],
  [176, ';;;'],
];

/** The XML of a cell, or a text. */
export type Cell = string | { readonly xml: string };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A number, shown by a style. */
export const number = (value: number | string, style = STYLE.general): Cell => ({
  xml: `<c s="${style}"><v>${value}</v></c>`,
});
/** A cell of a type: `b`, `e`, `d`, `str`. */
export const typed = (type: string, value: string): Cell => ({
  xml: `<c t="${type}"><v>${value}</v></c>`,
});

const written = (cell: Cell): string =>
  typeof cell !== 'string'
    ? cell.xml
    : cell === ''
      ? '<c/>'
      : `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;

/** Rows of a sheet; null for a row that is not there. */
export const sheet = (rows: readonly (readonly Cell[] | null)[]): string =>
  rows
    .map((cells, at) => (cells ? `<row r="${at + 1}">${cells.map(written).join('')}</row>` : ''))
    .join('');

const relations = (all: readonly [id: string, type: string, target: string][]): string =>
  `<Relationships xmlns="${PACKAGE}">${all
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

/** The parts of a workbook; those that are given stand instead of the usual ones. */
export function parts(
  rows: string,
  { shared = '', more = {} }: { shared?: string; more?: Readonly<Record<string, string>> } = {},
): Record<string, string> {
  return {
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'styles', '/xl/styles.xml'],
      ['rId3', 'sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${OWN_FORMATS.map(
      ([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`,
    ).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${FORMATS.map(
      (id) => `<xf numFmtId="${id}"/>`,
    ).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${shared}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    ...more,
  };
}

/** A workbook of parts. */
export const zipped = (all: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)]))),
  );

/** A workbook of one sheet. */
export const workbook = (rows: readonly (readonly Cell[] | null)[]): Buffer =>
  zipped(parts(sheet(rows)));

const [LOCAL, CENTRAL] = [Buffer.from('PK\x03\x04'), Buffer.from('PK\x01\x02')];

/** The same archive, in which a part says that it unpacks to another size. */
export function claiming(archive: Buffer, part: string, size: number): Buffer {
  const changed = Buffer.from(archive);
  for (const [mark, sizeAt, nameAt] of [
    [LOCAL, 22, 30],
    [CENTRAL, 24, 46],
  ] as const)
    for (let at = changed.indexOf(mark); at >= 0; at = changed.indexOf(mark, at + 1))
      if (changed.toString('utf8', at + nameAt, at + nameAt + part.length) === part)
        changed.writeUInt32LE(size, at + sizeAt);
  return changed;
}
