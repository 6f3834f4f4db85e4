/** Every entity and its table say the same, so that a forgotten column fails here and not at the first query. */
import { CALLS } from '@chengxin/kit/database/deadlines';
import { openOrm, type Orm } from '@chengxin/kit/database/orm';
import { Roster } from '@chengxin/kit/read/roster';
import { loadOffices } from '@chengxin/college/office-list';
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

async function tablesOf(orm: Orm): Promise<Tables> {
  const rows = await orm.em.getConnection().execute<Row[]>(
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

/** An office's database as its calls open it, with its entities. */
async function opened(office: string): Promise<Orm> {
  const definition = (await loadOffices()).find(({ name }) => name === office);
  const running = college.started.offices.get(office);
  if (!definition || !running) throw new Error(`${office} has not started.`);
  return openOrm(running.config.databaseUrl, [Roster, ...definition.entities], CALLS);
}

test('every property of an entity has its column, of its type', async () => {
  const wrong: string[] = [];
  for (const name of college.started.offices.keys()) {
    const orm = await opened(name);
    const tables = await tablesOf(orm);
    const entities = [...orm.getMetadata().getAll().values()].filter(
      ({ abstract, embeddable }) => !abstract && !embeddable,
    );
    await orm.close();
    expect(entities.length).toBeGreaterThan(1);
    for (const meta of entities)
      wrong.push(...faultsOf(meta, tables.get(meta.tableName)).map((fault) => `${name}: ${fault}`));
  }
  expect(wrong).toEqual([]);
});
