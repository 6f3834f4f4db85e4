/** One command makes an office's database: two roles, their rights, the tables. */
import { office as finance } from '@chengxin/finance/office';
import { provisionCommand } from '@chengxin/kit/command/provision';
import { unreadableTables } from '@chengxin/kit/database/privileges';
import { dropDatabase } from '@chengxin/kit/database/provision';
import { forkOf, openForWork } from '@chengxin/kit/database/orm';
import pg from 'pg';
import { afterEach, expect, inject, test, vi } from 'vitest';

const adminUrl = inject('adminUrl');
/** An office of a name of its own: the server may be somebody's. */
const name = `${inject('templates')}_provisioned`;
const office = { ...finance, name };
const SETTING = new RegExp(
  `^${name.toUpperCase()}_(OWNER_)?DATABASE_URL=(postgres://${name}_(owner|app):[\\w-]+@.+/${name})$`,
);

afterEach(async () => {
  vi.restoreAllMocks();
  await dropDatabase({ adminUrl, database: name });
});

/** Run the command; its settings, as the next process would read them. */
async function provision(env: Record<string, string> = {}, ...args: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const all = { CHENGXIN_ADMIN_DATABASE_URL: adminUrl, ...env };
  expect(await provisionCommand(office, args, all)).toBe(0);
  const lines = out.mock.calls.flatMap(([text]) => String(text).trim().split('\n'));
  out.mockRestore();
  expect(lines.filter((line) => !SETTING.test(line))).toEqual([]);
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) as Record<
    string,
    string
  >;
}
const urlIn = (settings: Record<string, string>, role: 'OWNER_' | '') =>
  settings[`${name.toUpperCase()}_${role}DATABASE_URL`] ?? '';
async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
const codeOf = (connecting: Promise<unknown>) =>
  connecting.then(
    () => 'answered',
    ({ code }: { code: string }) => code,
  );

test('it writes two settings with which the office reads all its tables and changes none of them', async () => {
  const settings = await provision();

  expect(Object.keys(settings)).toHaveLength(2);
  const app = urlIn(settings, '');
  expect(await query(app, 'select bill_no from bill')).toEqual([]);
  const orm = await openForWork(app);
  expect(await unreadableTables(forkOf(orm))).toEqual([]);
  await orm.close();
  expect(await codeOf(query(app, 'drop table bill'))).toBe('42501');
  expect(await codeOf(query(app, 'delete from outbox'))).toBe('42501');
  expect(await query(urlIn(settings, 'OWNER_'), 'select current_user as owner')).toEqual([
    { owner: `${name}_owner` },
  ]);
});

test('with the settings that it wrote it changes nothing, and no running office loses its password', async () => {
  const settings = await provision();

  expect(await provision(settings)).toEqual({});

  expect(await query(urlIn(settings, ''), 'select bill_no from bill')).toEqual([]);
});

test('it gives a database that is there no other passwords unless it is set to', async () => {
  const settings = await provision();
  const env = { CHENGXIN_ADMIN_DATABASE_URL: adminUrl };

  await expect(provisionCommand(office, [], env)).rejects.toThrow(
    `The database ${name} is there: set the two settings that it was made with, or give it others by --new-passwords.`,
  );
  expect(await query(urlIn(settings, ''), 'select bill_no from bill')).toEqual([]);

  const others = await provision({}, '--new-passwords');
  expect(await query(urlIn(others, ''), 'select bill_no from bill')).toEqual([]);
  expect(await codeOf(query(urlIn(settings, ''), 'select 1'))).toBe('28P01');
});

test('it names the setting that it needs', async () => {
  await expect(provisionCommand(office, [], {})).rejects.toThrow(
    'Set CHENGXIN_ADMIN_DATABASE_URL; see .env.example.',
  );
});
