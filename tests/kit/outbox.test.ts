/** Rows of an outbox stay until every reader has passed them and 14 days are over (DOMAIN 3.6). */
import { setTimeout } from 'node:timers/promises';
import { CALL_HEADER, signCall } from '@chengxin/kit/call/call';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { FEED_START, type FeedEvent, type FeedPage } from '@chengxin/kit/feed/outbox';
import { pruneOutbox } from '@chengxin/kit/feed/prune';
import type { RunningOffice } from '@chengxin/kit/server/office';
import { office as archiveOffice } from '@chengxin/archive/office';
import { office as financeOffice } from '@chengxin/finance/office';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bill } from '../support/bill.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

const NOW = '2026-04-20T10:00:00+08:00';
/** An hour more than 14 days before, and an hour less. */
const OLD = '2026-04-06T09:00:00+08:00';
const YOUNG = '2026-04-06T11:00:00+08:00';
/** Offices that read the roster of the archive. */
const READERS = ['academics', 'finance', 'security', 'youthleague'] as const;
const STUDENT = '2024010317';

const HELD_MS = 20;
/** What a feed keeps, all of it empty before each test. */
const TABLES = [
  'outbox',
  'outbox_pruned',
  'outbox_republished',
  'record_key',
  'feed_reader',
  'operation_log',
];

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: NOW });
  await college.bring('finance', 'bills', [bill('B-1', STUDENT)]);
  for (const { feeds } of college.started.offices.values())
    for (const feed of feeds) await feed.stop();
});
beforeEach(async () => {
  for (const office of ['archive', 'finance'])
    for (const table of TABLES) await asOwner(college, office, `delete from ${table}`);
  cursors.clear();
});
afterAll(() => college.stop());

const running = (name: string): RunningOffice => {
  const office = college.started.offices.get(name);
  if (!office) throw new Error(`There is no ${name}.`);
  return office;
};
const prune = (definition = archiveOffice) =>
  pruneOutbox(definition, running(definition.name).config.ownerUrl).run(
    running(definition.name),
    college.clock.now(),
  );

/** How far each reader is in each feed, as its own database would hold it. */
const cursors = new Map<string, Pick<FeedPage, 'position' | 'epoch'>>();
const START: Pick<FeedPage, 'position' | 'epoch'> = { position: FEED_START };

/** One office requests from another what comes after a place. */
async function send(
  reader: string,
  { source = 'archive', topic = 'roster', after = START }: Place = {},
): Promise<FeedPage> {
  const { keyring, clock } = running(reader).config;
  const { position, epoch } = after;
  const body = JSON.stringify({ topics: [topic], after: position, ...(epoch && { epoch }) });
  const call = await signCall(keyring, clock, { to: source, path: '/feed', body });
  const answer = await request(new URL('/feed', college.started.addresses(source)), {
    method: 'POST',
    headers: { [CALL_HEADER]: call },
    body,
  });
  expect(answer.statusCode).toBe(200);
  return (await answer.body.json()) as FeedPage;
}
interface Place {
  readonly source?: string;
  readonly topic?: string;
  readonly after?: Pick<FeedPage, 'position' | 'epoch'>;
}

/** One office reads on to the end: with the last request it has all. */
async function read(
  reader: string,
  { source = 'archive', topic = 'roster' }: Place = {},
): Promise<FeedEvent[]> {
  const given: FeedEvent[] = [];
  const name = `${reader} ${source} ${topic}`;
  for (;;) {
    const after = cursors.get(name) ?? START;
    const page = await send(reader, { source, topic, after });
    given.push(...page.events);
    cursors.set(name, page);
    const isEnd = page.position.id === after.position.id && page.epoch === after.epoch;
    if (isEnd && !page.isHeld) return given;
    // Rows wait for transactions of other tests on the same server.
    if (isEnd) await setTimeout(HELD_MS);
  }
}
async function allRead(): Promise<void> {
  for (const reader of READERS) await read(reader);
}

const publish = (at: string, ...keys: readonly string[]) =>
  asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at)
     select 'roster', key, 1, $2 from unnest($1::text[]) with ordinality k (key, n) order by n`,
    [keys, at],
  );
const keysIn = async (office = 'archive'): Promise<string[]> => {
  const rows = await asOwner<{ key: string }>(
    college,
    office,
    'select key from outbox order by xid, id',
  );
  return rows.map(({ key }) => key);
};
const keysOf = (events: readonly FeedEvent[]): string[] => events.map(({ key }) => key);

test('what every reader has passed goes when it is 14 days old, and each run leaves its count', async () => {
  await publish(OLD, 'A', 'B');
  await publish(YOUNG, 'C');
  await prune();
  expect(await keysIn()).toEqual(['A', 'B', 'C']);

  await allRead();
  await prune();
  expect(await keysIn()).toEqual(['C']);

  college.clock.set('2026-04-20T13:00:00+08:00');
  await prune();
  expect(await keysIn()).toEqual([]);
  college.clock.set(NOW);

  expect(
    await asOwner(
      college,
      'archive',
      'select actor, role, action, target, reason from operation_log order by id',
    ),
  ).toEqual(
    ['0 rows', '2 rows', '1 rows'].map((reason) => ({
      actor: 'archive',
      role: 'SYSTEM',
      action: 'feed.prune',
      target: 'outbox',
      reason,
    })),
  );
});

test('a reader that lags keeps what it has not passed, and finds all of it when it comes back', async () => {
  await publish(OLD, 'A');
  await allRead();
  await publish(OLD, 'B', 'C');
  for (const reader of READERS.slice(1)) await read(reader);

  await prune();
  expect(await keysIn()).toEqual(['B', 'C']);

  expect(keysOf(await read('academics'))).toEqual(['B', 'C']);
  await prune();
  expect(await keysIn()).toEqual([]);
});

test('a row that is given and not yet applied stays: the reader has not requested what comes after', async () => {
  await allRead();
  await publish(OLD, 'A');
  for (const reader of READERS.slice(1)) await read(reader);
  const after = cursors.get('academics archive roster') ?? START;
  expect(keysOf((await send('academics', { after })).events)).toEqual(['A']);

  await prune();

  expect(await keysIn()).toEqual(['A']);
});

test('a reader that was never seen keeps everything; a topic without a reader keeps nothing', async () => {
  await publish(OLD, 'A');
  await allRead();
  await asOwner(college, 'archive', `delete from feed_reader where reader = 'security'`);
  await asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at) values ('majority', 'M', 1, $1)`,
    [OLD],
  );

  await prune();

  expect(await keysIn()).toEqual(['A']);
});

test('of a topic of its own a reader has passed nothing by reading another one', async () => {
  await allRead();
  await asOwner(college, 'archive', `delete from feed_reader where topic = 'excuse'`);
  await asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at) values ('excuse', 'E', 1, $1)`,
    [OLD],
  );
  await publish(OLD, 'A');
  await allRead();

  await prune();

  expect(await keysIn()).toEqual(['E']);
});

test('the run-time role can neither change nor delete what stands in an outbox, nor a key, nor what went', async () => {
  await publish(OLD, 'A');
  const { orm } = running('archive');
  const refused = [
    'delete from outbox',
    `update outbox set at = now() - interval '1 year'`,
    'delete from record_key',
    'update record_key set sealed_key = key',
    'delete from feed_reader',
    'delete from outbox_pruned',
    'delete from outbox_republished',
    'update outbox_pruned set id = 0',
    `insert into outbox_pruned (topic, xid, id) values ('roster', '1', 1)`,
    'update feed_epoch set history = history',
  ];
  for (const sql of refused)
    await expect(execute(forkOf(orm), sql)).rejects.toMatchObject({ code: '42501' });
  expect(await keysIn()).toEqual(['A']);
});

test('what is written into an event in clear is left out; a topic of records carries none (3.6)', async () => {
  const { orm } = running('archive');
  await execute(
    forkOf(orm),
    `insert into outbox (topic, key, version, payload, at)
     values ('roster', 'A', 1, '{"name": "cny1x"}', now())`,
  );
  expect(await asOwner(college, 'archive', 'select key, payload, sealed from outbox')).toEqual([
    { key: 'A', payload: {}, sealed: null },
  ]);
});

test('a disclosure is sealed under a key of its own, which goes with its row', async () => {
  await college.request('T0401', 'query CnyReading { bills { nodes { billNo } } }');
  const events = await asOwner<{ key: string }>(
    college,
    'finance',
    `select key, payload from outbox where topic = 'access'`,
  );
  expect(events).toEqual([{ key: expect.any(String), payload: {} }]);
  const keys = () => asOwner(college, 'finance', 'select topic, key from record_key');
  expect(await keys()).toEqual([{ topic: 'access', key: events[0]?.key }]);

  const of = { source: 'finance', topic: 'access' };
  const [event] = await read('archive', of);
  expect(event).toMatchObject({ key: events[0]?.key, payload: { operationName: 'CnyReading' } });
  college.clock.set('2026-05-05T10:00:00+08:00');
  await prune(financeOffice);
  college.clock.set(NOW);

  expect(await keysIn('finance')).toEqual([]);
  expect(await keys()).toEqual([]);
});

test('a disclosure whose key is destroyed is gone', async () => {
  await college.request('T0401', '{ bills { nodes { billNo } } }');
  await asOwner(college, 'finance', 'delete from record_key');

  expect(await read('archive', { source: 'finance', topic: 'access' })).toMatchObject([
    { topic: 'access', version: 1, payload: {}, gone: true },
  ]);
});

/** As a restore elsewhere leaves an outbox: of another history, with numbers that are yet to come here. */
async function restoreElsewhere(): Promise<void> {
  const later = `(xid::text::bigint + 4000000000)::text::xid8`;
  for (const table of ['outbox', 'feed_reader', 'outbox_pruned'])
    await asOwner(college, 'archive', `update ${table} set xid = ${later}`);
  await asOwner(
    college,
    'archive',
    `update feed_epoch set history = '7000000000000000000/00000001'`,
  );
}

test('after a restore nothing goes until its readers have passed it in the new epoch', async () => {
  await publish(OLD, 'A', 'B');
  await allRead();
  await restoreElsewhere();
  await prune();
  expect(await keysIn()).toEqual(['A', 'B']);

  expect(keysOf(await read('finance'))).toEqual(['A', 'B']);
  await prune();
  expect(await keysIn()).toEqual(['A', 'B']);

  await allRead();
  await prune();
  expect(await keysIn()).toEqual([]);
});

/** Everybody on the roll, as the archive publishes him. */
const everybody = async (): Promise<string[]> => {
  const rows = await asOwner<{ no: string }>(
    college,
    'archive',
    'select student_no as no from student order by 1',
  );
  return rows.map(({ no }) => no);
};
/** Where a reader stands, and how its database is restored to where it stood. */
const placeOf = (reader: string) => cursors.get(`${reader} archive roster`) ?? START;
const setBack = (reader: string, place: Pick<FeedPage, 'position' | 'epoch'> = START) =>
  cursors.set(`${reader} archive roster`, place);

test('a reader that is new gets every record, though its rows went long ago', async () => {
  await publish(OLD, STUDENT);
  await allRead();
  await prune();
  await publish(YOUNG, STUDENT);
  await allRead();
  await asOwner(college, 'archive', `delete from feed_reader where reader = 'security'`);
  setBack('security');

  const given = await read('security');

  expect(keysOf(given)).toEqual([STUDENT, ...(await everybody())]);
  expect(given.find(({ key }) => key === STUDENT)).toMatchObject({ payload: { name: '李思源' } });
  // Once: it goes on from there, and whoever begins next reads the same rows.
  expect(await read('security')).toEqual([]);
  setBack('finance');
  expect(keysOf(await read('finance'))).toEqual([STUDENT, ...(await everybody())]);
  expect(await keysIn()).toEqual([STUDENT, ...(await everybody())]);
});

test('a reader that was set back behind rows that went gets every record, each time that it needs it', async () => {
  await allRead();
  const stood = placeOf('finance');
  for (let i = 0; i < 2; i += 1) {
    await publish(OLD, STUDENT);
    await asOwner(college, 'archive', 'update outbox set at = $1', [OLD]);
    await allRead();
    await prune();
    expect(await keysIn()).toEqual([]);
    setBack('finance', stood);

    expect(keysOf(await read('finance'))).toEqual(await everybody());
    expect(await read('finance')).toEqual([]);
  }
});

test('for readers that begin at once all is published once', async () => {
  await publish(OLD, STUDENT);
  await allRead();
  await prune();
  for (const reader of READERS) setBack(reader);

  await Promise.all(READERS.map((reader) => send(reader)));

  expect(await keysIn()).toEqual(await everybody());
});

test('a reader that was set back to rows that are still there reads them, and nothing is published anew', async () => {
  await publish(OLD, STUDENT);
  await allRead();
  await prune();
  const stood = placeOf('finance');
  await publish(YOUNG, STUDENT);
  await allRead();
  setBack('finance', stood);

  expect(keysOf(await read('finance'))).toEqual([STUDENT]);
  expect(await keysIn()).toEqual([STUDENT]);
});

test('in a new epoch every reader gets every record, if rows went before it', async () => {
  await publish(OLD, STUDENT);
  await allRead();
  await prune();
  await restoreElsewhere();

  for (const reader of READERS) expect(keysOf(await read(reader))).toEqual(await everybody());
  expect(await keysIn()).toEqual(await everybody());
});
