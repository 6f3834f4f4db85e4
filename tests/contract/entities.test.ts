/** Every entity and its table say the same, so that a forgotten column fails here and not at the first query. */
import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

/** Families of column types; a property of one may be stored in any of the family. */
const FAMILIES: readonly RegExp[] = [
  /^(text|varchar|character varying|char|uuid|numeric|decimal)/,
  /^(int|integer|smallint|bigint)/,
  /^bool/,
  /^date/,
  /^(timestamptz|timestamp with time zone)/,
  /^json/,
  /^bytea/,
  /(\[\]|ARRAY)$/,
];
const familyOf = (type: string): number => FAMILIES.findLastIndex((family) => family.test(type));

type Row = { table_name: string; column_name: string; data_type: string };
/** Type of each column, by table. */
type Tables = Map<string, Map<string, string>>;

async function tablesOf(office: string): Promise<Tables> {
  const running = college.started.offices.get(office);
  if (!running) throw new Error(`${office} has not started.`);
  const rows = await running.orm.em.getConnection().execute<Row[]>(
    `select table_name, column_name, data_type from information_schema.columns
     where table_schema = 'public'`,
  );
  const byTable = Map.groupBy(rows, (row) => row.table_name);
  return new Map(
    [...byTable].map(([table, columns]) => [
      table,
      new Map(columns.map((row) => [row.column_name, row.data_type])),
    ]),
  );
}

function faultOf(property: EntityProperty, column: string | undefined): string | undefined {
  if (!column) return 'has no column';
  const type = property.columnTypes[0] ?? '';
  // A large whole number may be read as text.
  if (column === 'bigint' && property.type === 'string') return undefined;
  return familyOf(type) === familyOf(column) ? undefined : `is ${type}, its column ${column}`;
}

function faultsOf(meta: EntityMetadata, columns: Map<string, string> | undefined): string[] {
  if (!columns) return [`${meta.className}: there is no table ${meta.tableName}`];
  return meta.props
    .filter(({ persist, fieldNames }) => persist !== false && fieldNames?.length)
    .flatMap((property) => {
      const fault = faultOf(property, columns.get(property.fieldNames[0] ?? ''));
      return fault ? [`${meta.className}.${property.name} ${fault}`] : [];
    });
}

test('every property of an entity has its column, of its type', async () => {
  const wrong: string[] = [];
  let count = 0;
  for (const [name, { orm }] of college.started.offices) {
    const tables = await tablesOf(name);
    for (const meta of orm.getMetadata().getAll().values()) {
      if (meta.abstract || meta.embeddable) continue;
      count += 1;
      wrong.push(...faultsOf(meta, tables.get(meta.tableName)).map((fault) => `${name}: ${fault}`));
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(college.started.offices.size);
});
