/** Statements that come often are prepared, and a plan that a migration has overtaken fails nobody. */
import { execute, forkOf, openForWork, type Orm } from '@chengxin/kit/database/orm';
import { dropDatabase, provisionDatabase } from '@chengxin/kit/database/provision';
import { asAdmin } from '@chengxin/kit/database/admin';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const database = `${inject('templates')}_prepared`;
let orm: Orm;
let ownerUrl: string;
beforeAll(async () => {
  const passwords = { owner: 'o', app: 'a' };
  const urls = await provisionDatabase({ adminUrl: inject('adminUrl'), database, passwords });
  ({ ownerUrl } = urls);
  await asAdmin(ownerUrl, (client) =>
    client.query('create table thing (id integer primary key); insert into thing values (1)'),
  );
  orm = await openForWork(urls.appUrl);
});
afterAll(async () => {
  await orm.close();
  await dropDatabase({ adminUrl: inject('adminUrl'), database });
});

const ALL = 'select * from thing where id = ?';
/** One connection: what is prepared is prepared on it. */
const inOne = <T>(work: (em: ReturnType<typeof forkOf>) => Promise<T>): Promise<T> =>
  forkOf(orm).transactional((em) => work(em as ReturnType<typeof forkOf>));
const prepared = (em: ReturnType<typeof forkOf>) =>
  execute<{ statement: string }>(em, 'select statement from pg_prepared_statements');

test('a text that came five times is prepared, one that came four times is not', async () => {
  await inOne(async (em) => {
    for (let i = 0; i < 4; i++) await execute(em, ALL, [1]);
    expect(await prepared(em)).toEqual([]);
    expect(await execute(em, ALL, [1])).toEqual([{ id: 1 }]);
    expect(await prepared(em)).toEqual([{ statement: 'select * from thing where id = $1' }]);
  });
});

test('what is prepared before a table changes is read as the table is now', async () => {
  for (let i = 0; i < 6; i++) await execute(forkOf(orm), ALL, [1]);
  await asAdmin(ownerUrl, (client) =>
    client.query(`alter table thing add column name text not null default 'x'`),
  );

  for (let i = 0; i < 6; i++)
    expect(await execute(forkOf(orm), ALL, [1])).toEqual([{ id: 1, name: 'x' }]);
});

test('texts that differ each time are not all kept', async () => {
  await inOne(async (em) => {
    for (let i = 0; i < 300; i++)
      for (let turn = 0; turn < 5; turn++)
        await execute(em, `select ?::integer + ${i} as sum`, [turn]);
    const [row] = await execute<{ count: number }>(
      em,
      'select count(*)::integer as count from pg_prepared_statements',
    );
    expect(row?.count).toBeLessThanOrEqual(200);
    expect(row?.count).toBeGreaterThan(100);
  });
});
