import { isDeepStrictEqual } from 'node:util';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import { applyRoster } from '@chengxin/kit/feed/roster';
import { startFeedReader, type FeedReader } from '@chengxin/kit/feed/reader';
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import type { RunningOffice } from '@chengxin/kit/server/office';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { keepLog } from '../support/log-lines.js';
import { asOwner, endConnection, ownerOf } from '../support/sql.js';
import { until } from '../support/until.js';

// The archive publishes, and finance consumes: with readers of this test, on its own database and
// keys.
const ERROR = 50;

let college: TestCollege;
let finance: RunningOffice;
const readers: FeedReader[] = [];
beforeAll(async () => {
  college = await startCollege();
  const running = college.started.offices.get('finance');
  if (!running) throw new Error('There is no finance.');
  finance = running;
  for (const name of ['finance', 'thirdparty'])
    for (const feed of college.started.offices.get(name)?.feeds ?? []) await feed.stop();
  await asOwner(
    college,
    'finance',
    'create table applied (id serial, topic text, key text, version integer)',
  );
});
beforeEach(async () => {
  await read().settle();
  await readers.pop()?.stop();
  await asOwner(college, 'finance', 'truncate applied');
});
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.stop();
});
afterAll(() => college.stop());

/** Writes down what it is given; what is given twice stands there twice. */
const write = async (em: EntityManager, events: readonly FeedEvent[]): Promise<void> => {
  await execute(
    em,
    `insert into applied (topic, key, version)
     select e->>'topic', e->>'key', (e->>'version')::int from jsonb_array_elements(?::jsonb) e`,
    [JSON.stringify(events)],
  );
};

/** A reader of the archive's feed in finance. */
function read(
  handlers: Readonly<Record<string, FeedHandler>> = { roster: write },
  { log = finance.config.log, address = () => college.started.addresses('archive') } = {},
): FeedReader {
  const { keyring, clock } = finance.config;
  const reader = startFeedReader(
    { orm: finance.orm, keyring, clock, log },
    { source: 'archive', address, handlers },
  );
  readers.push(reader);
  return reader;
}

const studentNos = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(first + i));

const roster = (key: string, version = 1): FeedEvent => ({
  topic: 'roster',
  key,
  version,
  payload: { name: `v${version}`, college: 'C01', classCode: '20240103', status: 'ENROLLED' },
});
const PUBLISH = `
  insert into outbox (topic, key, version, at)
  select e->>'topic', e->>'key', (e->>'version')::int, now() from jsonb_array_elements($1::jsonb) e`;
/** Students of the archive, of the college and class that events name. */
const enrol = (...events: readonly FeedEvent[]) =>
  asOwner(
    college,
    'archive',
    `insert into student select s.* from student model
     cross join lateral jsonb_array_elements($1::jsonb) e
     cross join lateral jsonb_populate_record(model, jsonb_build_object('student_no', e->'key',
       'name', e->'payload'->'name', 'class_code', '20240103', 'college', 'C01')) s
     where model.student_no = '2024010317'`,
    [JSON.stringify(events)],
  );
/** Events of the archive, in one transaction: most tests need no records, only their order. */
const publish = (events: readonly FeedEvent[]) =>
  asOwner(college, 'archive', PUBLISH, [JSON.stringify(events)]);

/** What finance could not apply. */
const failed = () =>
  asOwner(
    college,
    'finance',
    `select source, topic, key, version, reason from failed_event order by key`,
  );

/** Keys of what was applied, in the order in which it was. */
async function applied(): Promise<string[]> {
  const rows = await asOwner<{ key: string }>(
    college,
    'finance',
    'select key from applied order by id',
  );
  return rows.map(({ key }) => key);
}

test('a reader that was down for 1,000 events catches up: nothing is lost, doubled or out of order', async () => {
  const published = studentNos(3_000_000_000, 1000);
  for (let from = 0; from < published.length; from += 100)
    await publish(published.slice(from, from + 100).map((key) => roster(key)));

  await read().settle();

  expect(await applied()).toEqual(published);
});

test('one transaction of more than a page is read in the order of its numbers, not of their digits', async () => {
  // given: rows 9, 10, 99, 100, 999 and 1000 of the feed among them, by number and by transaction
  await asOwner(college, 'finance', 'delete from feed_cursor');
  const early = ['9', '10', '99', '100', '101'];
  await asOwner(
    college,
    'archive',
    `insert into outbox (id, xid, topic, key, version, at) overriding system value
     select 1000000 - e::int, e::text::xid8, 'roster', '400000000' || e, 1, now()
     from jsonb_array_elements_text($1::jsonb) e`,
    [JSON.stringify(early)],
  );
  const published = studentNos(5_000_000_000, 1200);
  await publish(published.map((key) => roster(key)));

  await read().settle();

  const keys = await applied();
  expect(keys.slice(0, early.length)).toEqual(early.map((xid) => `400000000${xid}`));
  expect(keys.slice(-published.length)).toEqual(published);
});

test('what a handler did before it failed is undone, and done once when it is read again', async () => {
  const published = studentNos(6_000_000_000, 3);
  let isBroken = true;
  const breaking: FeedHandler = async (em, events) => {
    await write(em, events.slice(0, 2));
    if (isBroken) throw new Error('The power fails.');
    await write(em, events.slice(2));
  };
  await publish(published.map((key) => roster(key)));
  const reader = read({ roster: breaking });

  await expect(reader.settle()).rejects.toThrow('The power fails.');
  expect(await applied()).toEqual([]);

  isBroken = false;
  await reader.settle();
  expect(await applied()).toEqual(published);
});

test('a reader whose connections are cut in the middle of a page applies it once, however often', async () => {
  // More often than an office has connections: each that was lost is replaced.
  const published = studentNos(6_100_000_000, 3);
  let cuts = 12;
  const cut: FeedHandler = async (em, events) => {
    await write(em, events);
    if (cuts-- > 0) await endConnection(await backendOf(em));
  };
  await publish(published.map((key) => roster(key)));
  const reader = read({ roster: cut });

  while (cuts > 0) await reader.drain().catch(() => 0);
  await reader.settle();

  expect(await applied()).toEqual(published);
  expect(await failed()).toEqual([]);
});

async function backendOf(em: EntityManager): Promise<number> {
  const [row] = await execute<{ pid: number }>(em, 'select pg_backend_pid() as pid');
  return row?.pid ?? 0;
}

test('a page that two readers of one office are given is applied once', async () => {
  const published = studentNos(6_200_000_000, 1200);
  await publish(published.map((key) => roster(key)));

  await Promise.all([read().settle(), read().settle(), read().settle()]);

  expect(await applied()).toEqual(published);
});

test('what began early and is committed late is not skipped', async () => {
  const reader = read();
  const late = await ownerOf(college, 'archive');
  await late.query('begin');
  await late.query(PUBLISH, [JSON.stringify([roster('6300000001')])]);

  // when: others begin later and commit before it
  await publish([roster('6300000002')]);
  await publish([roster('6300000003')]);
  expect(await reader.drain()).toBe(0);
  await late.query('commit');
  await late.end();

  await reader.settle();
  expect(await applied()).toEqual(['6300000001', '6300000002', '6300000003']);
});

test('a row with an early number of a transaction that begins late is not skipped either', async () => {
  const sequence = `select nextval(pg_get_serial_sequence('outbox', 'id')) as id`;
  const [taken] = await asOwner<{ id: string }>(college, 'archive', sequence);
  await publish([roster('6400000002')]);
  const reader = read();
  await reader.settle();
  expect(await applied()).toEqual(['6400000002']);

  await asOwner(
    college,
    'archive',
    `insert into outbox (id, topic, key, version, at) overriding system value
     values ($1, 'roster', '6400000001', 1, now())`,
    [taken?.id],
  );
  await reader.settle();

  expect(await applied()).toEqual(['6400000002', '6400000001']);
});

/** Academic affairs applies a page of the roster. */
function consume(...events: FeedEvent[]): Promise<void> {
  const academics = college.started.offices.get('academics');
  if (!academics) throw new Error('There are no academics.');
  return forkOf(academics.orm).transactional((em) =>
    applyRoster(em as EntityManager, events, college.clock.now()),
  );
}

test('an older version never overwrites a newer one, in one page or after it', async () => {
  const [one, other] = studentNos(6_500_000_000, 2) as [string, string];
  const known = () =>
    asOwner(
      college,
      'academics',
      `select student_no, name, version from roster where student_no in ($1, $2) order by 1`,
      [one, other],
    );
  const newest = [
    { student_no: one, name: 'v5', version: 5 },
    { student_no: other, name: 'v2', version: 2 },
  ];

  await consume(roster(one, 5), roster(one, 4), roster(other, 1), roster(other, 2));
  expect(await known()).toEqual(newest);

  await consume(roster(one, 3), roster(one, 5), roster(other, 1));
  expect(await known()).toEqual(newest);

  // What is gone is forgotten, unless something newer was consumed of it.
  await consume(
    { ...roster(one, 4), payload: {}, gone: true },
    { ...roster(other, 2), payload: {}, gone: true },
  );
  expect(await known()).toEqual(newest.slice(0, 1));
});

test('a reader is not given topics that it may not have', async () => {
  await publish([
    { topic: 'consent', key: 'CONSENT-1', version: 1, payload: {} },
    roster('6600000001'),
    { topic: 'secret', key: 'SECRET-1', version: 1, payload: {} },
  ]);

  await read({ consent: write, secret: write, roster: write }).settle();

  expect(await applied()).toEqual(['6600000001']);
});

test('a source that is down is called again, and consumed when it is back', async () => {
  const { log, lines } = keepLog();
  let port = 'http://127.0.0.1:9';
  read({ roster: write }, { log, address: () => port });
  await publish([roster('6700000001')]);
  await until(() => lines.length > 0);
  expect(await applied()).toEqual([]);

  port = college.started.addresses('archive') ?? '';
  // What is consumed stands a moment before the line that says so.
  await until(async () => (await applied()).length > 0 && lines.length > 1);

  expect(await applied()).toEqual(['6700000001']);
  expect(lines.map(({ msg }) => msg)).toEqual(['feed not read', 'feed is read again']);
});

/** Where finance stands in the archive's feed, and the last row there. */
const cursor = () =>
  asOwner(
    college,
    'finance',
    `select xid::text, id::text, epoch from feed_cursor where source = 'archive'`,
  );
const lastRow = () =>
  asOwner(
    college,
    'archive',
    `select xid::text, id::text, (select epoch from feed_epoch) as epoch
     from outbox order by outbox.xid desc, outbox.id desc limit 1`,
  );

test('the cursor moves past rows of topics that it does not consume, however many', async () => {
  await asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at)
     select 'secret', 'SECRET-' || n, 1, now() from generate_series(1, 12000) n`,
  );
  await publish([roster('6900000001')]);
  await asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at)
     select 'secret', 'SECRET-' || n, 2, now() from generate_series(1, 7000) n`,
  );

  const reader = read();
  // Rows of other topics may be held back a while by a transaction of another database of the server,
  // which no reader waits for.
  await until(async () => {
    await reader.settle();
    return isDeepStrictEqual(await cursor(), await lastRow());
  });

  expect(await applied()).toEqual(['6900000001']);
});

const rosterOf = (...keys: string[]) =>
  asOwner(
    college,
    'finance',
    'select student_no, name from roster where student_no = any($1) order by 1',
    [keys],
  );

test('malformed events are parked with their reason and an alert, the rest goes on, and they are tried again at the next start', async () => {
  const { log, lines } = keepLog();
  const published = studentNos(7_000_000_000, 20);
  const [bad = '', worse = ''] = [published[7], published[13]];
  const events = published.map((key) => roster(key));
  await enrol(...events);
  await publish(events);
  // A version of the office that cannot hold two of them.
  await asOwner(
    college,
    'finance',
    `alter table roster add constraint roster_new check (student_no not in ('${bad}', '${worse}'))`,
  );

  await read({ roster: applyRoster }, { log }).settle();

  const good = published.filter((key) => key !== bad && key !== worse);
  expect(await rosterOf(...published)).toEqual(
    good.map((key) => ({ student_no: key, name: 'v1' })),
  );
  const parked = [bad, worse].map((key) => ({
    source: 'archive',
    topic: 'roster',
    key,
    version: 1,
    reason: '23514 roster_new',
  }));
  expect(await failed()).toEqual(parked);
  expect(lines.map(({ level, msg, key, reason }) => ({ level, msg, key, reason }))).toEqual(
    parked.map(({ key, reason }) => ({ level: ERROR, msg: 'event parked', key, reason })),
  );
  const [row] = await asOwner(college, 'finance', 'select payload from failed_event limit 1');
  expect(JSON.stringify(row)).not.toContain('C01');

  // when: the office starts anew, in a version that can apply them
  await readers.pop()?.stop();
  await asOwner(college, 'finance', 'alter table roster drop constraint roster_new');
  read({ roster: applyRoster });
  await until(async () => (await failed()).length === 0);
  expect(await rosterOf(...published)).toEqual(
    published.map((key) => ({ student_no: key, name: 'v1' })),
  );
});

test('an event whose shape a handler cannot read is parked by the name of the error', async () => {
  const { log } = keepLog();
  const reading: FeedHandler = async (em, events) => {
    for (const { payload } of events) (payload as { name: string }).name.trim();
    await write(em, events);
  };
  const published = [roster('7100000001'), roster('7100000002'), roster('7100000003')] as const;
  await enrol(published[0], published[2]);
  await publish(published);

  await read({ roster: reading }, { log }).settle();

  expect(await applied()).toEqual(['7100000001', '7100000003']);
  expect(await failed()).toEqual([
    { source: 'archive', topic: 'roster', key: '7100000002', version: 1, reason: 'TypeError' },
  ]);
  await asOwner(college, 'finance', 'delete from failed_event');
});

test('a feed that is restored into another cluster loses nothing that is published there (3.2)', async () => {
  const reader = read();
  await publish([roster('7200000001'), roster('7200000002')]);
  await reader.settle();
  await publish([roster('7200000003')]);

  // As a restore leaves it: rows with transaction ids that this cluster has yet to come to.
  await asOwner(
    college,
    'archive',
    `update outbox set xid = (xid::text::bigint + 4000000000)::text::xid8`,
  );
  await asOwner(
    college,
    'archive',
    `update feed_epoch set history = '7000000000000000000/00000001'`,
  );
  await asOwner(
    college,
    'finance',
    `update feed_cursor set xid = (xid::text::bigint + 4000000000)::text::xid8`,
  );
  const [known] = await cursor();
  await asOwner(college, 'finance', 'truncate applied');
  await publish([roster('7200000004')]);
  await reader.settle();

  const keys = await applied();
  expect(keys.filter((key) => key.startsWith('72'))).toEqual([
    '7200000001',
    '7200000002',
    '7200000003',
    '7200000004',
  ]);
  const [now] = await cursor();
  expect([now]).toEqual(await lastRow());
  expect(now?.['epoch']).not.toBe(known?.['epoch']);

  await publish([roster('7200000005')]);
  await reader.settle();
  expect((await applied()).slice(keys.length)).toEqual(['7200000005']);
});

test('a parked event of a record that is gone is still one of a record that is gone', async () => {
  const { log } = keepLog();
  const given: FeedEvent[] = [];
  const keep: FeedHandler = async (_, events) => void given.push(...events);
  const refuse: FeedHandler = async () => {
    throw new RangeError('This version cannot.');
  };
  await publish([roster('6810000001')]);
  await read({ roster: refuse }, { log }).settle();
  await readers.pop()?.stop();

  read({ roster: keep });
  await until(async () => (await failed()).length === 0);

  expect(given).toEqual([
    { topic: 'roster', key: '6810000001', version: 1, payload: {}, gone: true },
  ]);
});

test('what is published arrives by itself', async () => {
  await enrol(roster('6800000001'));
  await publish([roster('6800000001')]);

  const known = () =>
    asOwner(college, 'academics', `select name from roster where student_no = '6800000001'`);
  await until(async () => (await known()).length > 0);
  expect(await known()).toEqual([{ name: 'v1' }]);
});
