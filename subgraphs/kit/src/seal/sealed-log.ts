/** Which logs are sealed, and how a row of them reads. */
import { leafOf } from './merkle.rules.js';
import type { Leaf } from './seal.rules.js';

/** A log whose rows are only ever added, each under the next number. */
export interface SealedLog {
  /** Its table. */
  readonly table: string;
  /** Column of the number that each row gets by its insertion (an identity). */
  readonly id: string;
  /** SQL of what is sealed of a row, each a text. A column that a later release adds is not sealed. */
  readonly values: readonly string[];
}

/** An instant as a text that no setting of a session changes. */
export const instantText = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** What every office writes down of its changes. Values stand there as ciphertext. */
export const OPERATION_LOG: SealedLog = {
  table: 'operation_log',
  id: 'id',
  values: [
    instantText('at'),
    'actor',
    'role',
    'action',
    'target',
    'reason',
    'request_id',
    'target_type',
    'target_id',
    'sealed',
  ],
};

/** Every log of an office. */
export const logsOf = (office: { readonly sealedLogs?: readonly SealedLog[] }): SealedLog[] => [
  OPERATION_LOG,
  ...(office.sealedLogs ?? []),
];

/** A client of the database that answers rows: the office's own, or the verifier's. */
export type Run = <Row>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;

interface Row {
  readonly id: string;
  readonly values: readonly (string | null)[];
}

/** Rows after a number, up to and with another one, as leaves in the order of their numbers. */
export async function leavesOf(
  run: Run,
  { table, id, values }: SealedLog,
  { after, last, most }: { readonly after: string; readonly last: string; readonly most?: number },
): Promise<Leaf[]> {
  const rows = await run<Row>(
    `select ${id}::text as id, array[${values.map((value) => `(${value})::text`).join(', ')}] as values
     from ${table} where ${id} > ?::bigint and ${id} <= ?::bigint
     order by ${table}.${id} limit ?::bigint`,
    [after, last, most ?? null],
  );
  return rows.map((row) => ({ id: row.id, leaf: leafOf(JSON.stringify(row.values)) }));
}
