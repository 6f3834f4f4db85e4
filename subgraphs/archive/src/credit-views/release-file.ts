/** The columns of a release, and the two files that are made of them. Source: DOMAIN 3.6. */
import type { ReleaseFormat } from '@chengxin/kit/call/export-paths';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { parquetWriteBuffer } from 'hyparquet-writer';
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

/** RFC 4180: a code of a college may have a comma in it. */
const quoted = ({ sql }: Column): string =>
  `'"' || replace(coalesce(${sql}, ''), '"', '""') || '"'`;

/** The whole file in one statement; its order is that of the pseudonyms, which is none. */
const fileOf = (columns: readonly Column[]): string => `
  select string_agg(concat_ws(',', ${columns.map(quoted).join(', ')}), E'\\r\\n'
    order by pseudonym) as text
  from credit_view where release_id = ?::uuid`;

async function csvOf(
  em: EntityManager,
  releaseId: string,
  columns: readonly Column[],
): Promise<string> {
  const [file] = await execute<{ text: string | null }>(em, fileOf(columns), [releaseId]);
  const head = columns.map(({ name }) => name).join(',');
  return `${head}${file?.text ? `\r\n${file.text}` : ''}\r\n`;
}

/** Each column as a whole, in the order of the pseudonyms, as Parquet stores them. */
const valuesOf = (columns: readonly Column[]): string => `
  select ${columns.map(({ name, sql }) => `array_agg((${sql})::text order by pseudonym) as ${name}`).join(', ')}
  from credit_view where release_id = ?::uuid`;

/** The same bytes each time: nothing of the moment stands in the file. */
async function parquetOf(
  em: EntityManager,
  releaseId: string,
  columns: readonly Column[],
): Promise<Buffer> {
  const [values] = await execute<Record<string, (string | null)[] | null>>(em, valuesOf(columns), [
    releaseId,
  ]);
  const columnData = columns.map(({ name }) => ({
    name,
    data: values?.[name] ?? [],
    type: 'STRING' as const,
  }));
  return Buffer.from(parquetWriteBuffer({ columnData }));
}

interface ReleaseForm {
  readonly type: string;
  readonly ending: string;
  write(em: EntityManager, releaseId: string, columns: readonly Column[]): Promise<string | Buffer>;
}

/** By what a request names them. */
export const RELEASE_FORMS: Readonly<Record<ReleaseFormat, ReleaseForm>> = {
  csv: { type: 'text/csv; charset=utf-8; header=present', ending: 'csv', write: csvOf },
  parquet: { type: 'application/vnd.apache.parquet', ending: 'parquet', write: parquetOf },
};
