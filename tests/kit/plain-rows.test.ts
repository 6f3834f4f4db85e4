/** Rows that are read without the object mapper’s unit of work are the rows that it reads. */
import { isDeepStrictEqual } from 'node:util';
import type { EntityMetadata } from '@mikro-orm/core';
import { execute, forkOf, whereSql, type EntityManager } from '@chengxin/kit/database/orm';
import { keyOfClauses, plainRows, type PlainQuery } from '@chengxin/kit/read/plain-rows';
import { Bill } from '@chengxin/finance/bill.entity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { bringFacts } from '../support/student-facts.js';

const STUDENTS = ['2024010317', '2024010305', '2024020111'];

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringFacts(college, STUDENTS);
});
afterAll(() => college.stop());

const managerOf = (office: string): EntityManager => {
  const running = college.started.offices.get(office);
  if (!running) throw new Error(`${office} has not started.`);
  return forkOf(running.orm);
};

type Rows = readonly Record<string, unknown>[];

/** What is different of two readings, column by column. */
function differences({ props }: EntityMetadata, mapped: Rows, plain: Rows): string[] {
  if (mapped.length !== plain.length) return [`${mapped.length} rows, not ${plain.length}`];
  const columns = props.filter(({ kind, lazy }) => kind === 'scalar' && !lazy);
  return columns
    .filter(({ name }) =>
      mapped.some((row, i) => !isDeepStrictEqual(row[name] ?? null, plain[i]?.[name] ?? null)),
    )
    .map(({ name }) => name);
}

test('every entity of every office is read alike, column by column', async () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const office of college.started.offices.keys()) {
    const em = managerOf(office);
    for (const meta of em.getMetadata().getAll().values()) {
      if (meta.abstract || !meta.tableName) continue;
      const orderBy = Object.fromEntries(meta.primaryKeys.map((key) => [key, 'asc']));
      const options = { orderBy, disableIdentityMap: true } as never;
      const mapped = (await em.fork().find(meta.class as never, {}, options)) as Rows;
      const plain = (await plainRows(em, meta.class as never, {
        where: [{}],
        orderBy: orderBy as never,
      })) as Rows;
      compared += mapped.length;
      const what = differences(meta as EntityMetadata, mapped, plain);
      if (what.length) wrong.push(`${office} ${meta.className}: ${what.join(', ')}`);
      if (plain.some((row) => !(row instanceof (meta.class as never as typeof Object))))
        wrong.push(`${office} ${meta.className}: of another class`);
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(200);
});

const bills = (em: EntityManager, query: Omit<PlainQuery<Bill>, 'orderBy'>) =>
  plainRows(em, Bill, { ...query, orderBy: { id: 'asc' } });
const mappedBills = (em: EntityManager, where: object) =>
  em.fork().find(Bill, where as never, { orderBy: { id: 'asc' }, disableIdentityMap: true });
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

test('rows of some students, under clauses, in order, as many as wanted', async () => {
  const em = managerOf('finance');
  const among = { column: 'studentNo', values: STUDENTS.slice(0, 2) } as const;
  const all = await mappedBills(em, { studentNo: { $in: among.values } });
  expect(all.length).toBeGreaterThan(1);
  expect(ids(await bills(em, { where: [], among }))).toEqual(ids(all));
  const [{ item } = { item: undefined }] = all;
  const where = [{ item }, { amountFen: { $gt: 0 } }] as never[];
  const some = await mappedBills(em, { $and: [{ studentNo: { $in: among.values } }, ...where] });
  expect(ids(await bills(em, { where, among }))).toEqual(ids(some));
  expect(ids(await bills(em, { where: [], among, limit: 1 }))).toEqual(ids(all).slice(0, 1));
  expect(await bills(em, { where: [], among: { ...among, values: [] } })).toEqual([]);
});

test('rows are found by some values of a text or an identifier, and their plan is kept', async () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const office of college.started.offices.keys()) {
    const em = managerOf(office);
    for (const { abstract, tableName, className, props, class: entity } of em
      .getMetadata()
      .getAll()
      .values()) {
      if (abstract || !tableName) continue;
      const all = (await plainRows(em, entity as never, { where: [{}] })) as Rows;
      const uuids = props.filter(({ columnTypes }) => columnTypes?.includes('uuid'));
      for (const column of ['studentNo', ...uuids.map(({ name }) => name)]) {
        const values = all.flatMap((row) => (row[column] as string | null) ?? []).slice(0, 2);
        if (!values.length) continue;
        compared += 1;
        const among = { column, values } as never;
        const some = (await plainRows(em, entity as never, { where: [], among })) as Rows;
        const right = all.filter((row) => values.includes(row[column] as string));
        if (some.length !== right.length) wrong.push(`${office} ${className}.${column}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(20);

  const plans = await managerOf('finance').transactional(async (inner) => {
    const em = inner as EntityManager;
    const among = { column: 'studentNo', values: STUDENTS } as const;
    // The sixth time it is prepared; after five plans of its own it keeps one.
    for (let i = 0; i < 15; i++) await bills(em, { where: [], among });
    return execute<{ generic: number }>(
      em,
      `select generic_plans::integer as generic from pg_prepared_statements
       where statement like '%bill%' and statement like '%any((select%'`,
    );
  });
  expect(plans.some(({ generic }) => generic > 0)).toBe(true);
});

test('a kept statement is taken for the same clauses alone: values are theirs', async () => {
  const em = managerOf('finance');
  for (const studentNo of [...STUDENTS, ...STUDENTS]) {
    const found = await bills(em, { where: [{ studentNo }] });
    expect(new Set(found.map((bill) => bill.studentNo))).toEqual(new Set([studentNo]));
  }
});

test('clauses that cannot be told apart by their text have no key', () => {
  const ofDay = (day: string) => whereSql<Bill>((alias) => `${alias}.due_on < ?`, [day]);
  expect(keyOfClauses([{ a: 1 }])).toBe(keyOfClauses([{ a: 1 }]));
  expect(keyOfClauses([{ a: 1 }])).not.toBe(keyOfClauses([{ a: '1' }]));
  for (const clauses of [
    [ofDay('2026-01-01')],
    [{ $or: [{ a: 1 }, ofDay('2026-01-01')] }],
    [{ a: new Set([1]) }],
  ])
    expect(keyOfClauses(clauses)).toBeUndefined();
  const until = (at: number) => keyOfClauses([{ a: { $lte: new Date(at) } }]);
  expect([until(0) === until(0), until(0) === until(1)]).toEqual([true, false]);
  expect(keyOfClauses([{ a: undefined }])).not.toBe(keyOfClauses([{}]));
});

test('what SQL by hand says holds for it alone', async () => {
  const em = managerOf('finance');
  const of = (no: string) => whereSql<Bill>((alias) => `${alias}.student_no = ?`, [no]);
  for (const no of STUDENTS) {
    const found = await bills(em, { where: [of(no)] });
    expect(new Set(found.map((bill) => bill.studentNo))).toEqual(new Set([no]));
  }
});
