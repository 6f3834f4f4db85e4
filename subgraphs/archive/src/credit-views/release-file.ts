/** The columns of a release, and the files that are made of them. Source: DOMAIN 3.6. */
import type { ReleaseEncoding, ReleaseFormat } from '@chengxin/kit/call/export-paths';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { inGb18030 } from '@chengxin/kit/import/gb18030-2022';
import type { Group } from '@chengxin/kit/privacy/groups';
import { unzipSync, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import writeXlsxFile from 'write-excel-file/node';
import { DIMENSIONS } from './hierarchies.rules.js';

export interface Column {
  /** As the file calls it. */
  readonly name: string;
  /** The field of `CreditView` whose group it has. */
  readonly field: string;
  readonly group: Group;
  readonly sql: string;
}

const plain = (name: string, field: string, group: Group, sql: string = name): Column => ({
  name,
  field,
  group,
  sql,
});
export const COLUMNS: readonly Column[] = [
  plain('pseudonym', 'pseudonym', 'IDENTITY', 'pseudonym::text'),
  plain('college', 'college', 'IDENTITY'),
  plain('major', 'major', 'IDENTITY'),
  plain('cohort', 'cohort', 'IDENTITY'),
  plain('grade', 'grade', 'CREDIT_GRADE'),
  ...DIMENSIONS.map((code) =>
    plain(
      `${code.toLowerCase()}_band`,
      'dimensionBands',
      'CREDIT_LEDGER',
      `(select d->>'band' from jsonb_array_elements(dimension_bands) d where d->>'code' = '${code}')`,
    ),
  ),
  plain('gpa_band', 'gpaBand', 'ACADEMIC_SUMMARY'),
  plain('exam_violation_band', 'examViolationBand', 'ACADEMIC_MISCONDUCT'),
  plain('practice_hours_band', 'practiceHoursBand', 'GOOD_CONDUCT'),
  plain('cadre_level', 'cadreLevel', 'GOOD_CONDUCT'),
];

/** What a spreadsheet would compute; a code of a college may begin with anything. */
const COMPUTED = `'^[-=+@\\t\\r]'`;

/** RFC 4180: a code may have a comma in it. What would be computed begins with an apostrophe. */
const quoted = ({ sql }: Column): string =>
  `'"' || case when ${sql} ~ ${COMPUTED} then '''' else '' end
    || replace(coalesce(${sql}, ''), '"', '""') || '"'`;

/** The whole file in one statement; its order is that of the pseudonyms, which is none. */
const fileOf = (columns: readonly Column[]): string => `
  select string_agg(concat_ws(',', ${columns.map(quoted).join(', ')}), E'\\r\\n'
    order by pseudonym) as text
  from credit_view where release_id = ?::uuid`;

interface Wanted {
  readonly releaseId: string;
  readonly columns: readonly Column[];
  readonly encoding: ReleaseEncoding;
}

/** UTF-8 with the mark by which spreadsheets know it. */
async function csvOf(
  em: EntityManager,
  { releaseId, columns, encoding }: Wanted,
): Promise<string | Buffer> {
  const [file] = await execute<{ text: string | null }>(em, fileOf(columns), [releaseId]);
  const head = columns.map(({ name }) => name).join(',');
  const text = `${head}${file?.text ? `\r\n${file.text}` : ''}\r\n`;
  return encoding === 'gb18030' ? inGb18030(text) : `\uFEFF${text}`;
}

/** Each column as a whole, in the order of the pseudonyms. */
const valuesOf = (columns: readonly Column[]): string => `
  select ${columns.map(({ name, sql }) => `array_agg((${sql})::text order by pseudonym) as ${name}`).join(', ')}
  from credit_view where release_id = ?::uuid`;

interface ColumnData {
  readonly name: string;
  readonly data: (string | null)[];
}
async function columnsOf(em: EntityManager, { releaseId, columns }: Wanted): Promise<ColumnData[]> {
  const [values] = await execute<Record<string, (string | null)[] | null>>(em, valuesOf(columns), [
    releaseId,
  ]);
  return columns.map(({ name }) => ({ name, data: values?.[name] ?? [] }));
}

/** The same bytes each time: nothing of the moment stands in the file. */
async function parquetOf(em: EntityManager, wanted: Wanted): Promise<Buffer> {
  const data = await columnsOf(em, wanted);
  const columnData = data.map((column) => ({ ...column, type: 'STRING' as const }));
  return Buffer.from(parquetWriteBuffer({ columnData }));
}

/** When the parts of a workbook say that they were written: the first day that a ZIP can name. */
const ZIP_EPOCH = new Date(1980, 0, 1);

/** A workbook is a ZIP, whose parts bear the time of their writing: packed anew, without it. */
function withoutTime(workbook: Buffer): Buffer {
  const parts = Object.entries(unzipSync(workbook)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(zipSync(Object.fromEntries(parts), { mtime: ZIP_EPOCH }));
}

/** Texts and nothing else: no cell is computed, and no code becomes a number. */
async function xlsxOf(em: EntityManager, wanted: Wanted): Promise<Buffer> {
  const data = await columnsOf(em, wanted);
  const head = data.map(({ name: value }) => ({ value, fontWeight: 'bold' as const }));
  const body = (data[0]?.data ?? []).map((_, row) =>
    data.map(({ data: values }) => {
      const value = values[row];
      return value ? { value, type: String } : null;
    }),
  );
  return withoutTime(await writeXlsxFile([head, ...body]).toBuffer());
}

interface ReleaseForm {
  readonly ending: string;
  typeOf(encoding: ReleaseEncoding): string;
  write(em: EntityManager, wanted: Wanted): Promise<string | Buffer>;
}

/** By what a request names them. */
export const RELEASE_FORMS: Readonly<Record<ReleaseFormat, ReleaseForm>> = {
  csv: {
    ending: 'csv',
    typeOf: (encoding) => `text/csv; charset=${encoding}; header=present`,
    write: csvOf,
  },
  xlsx: {
    ending: 'xlsx',
    typeOf: () => 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: xlsxOf,
  },
  parquet: {
    ending: 'parquet',
    typeOf: () => 'application/vnd.apache.parquet',
    write: parquetOf,
  },
};
