/** A reader of a feed waits for a hint of the database, and never only for that (DOMAIN 3.6). */
import { CALL_HEADER, signCall } from '@chengxin/kit/call/call';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { FeedPage } from '@chengxin/kit/feed/outbox';
import { listenToOutbox, type OutboxListener } from '@chengxin/kit/feed/outbox-listener';
import type { RunningOffice } from '@chengxin/kit/server/office';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { keepLog } from '../support/log-lines.js';
import { asOwner, cutConnections } from '../support/sql.js';
import { until } from '../support/until.js';

/** Longer than a test may take: who waits so long was not woken. */
const NEVER_MS = 400_000;

let college: TestCollege;
let archive: RunningOffice;
beforeAll(async () => {
  college = await startCollege();
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('There is no archive.');
  archive = running;
  for (const { feeds } of college.started.offices.values())
    for (const feed of feeds) await feed.stop();
});
const listeners: OutboxListener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.stop();
});
afterAll(() => college.stop());

const { log, lines } = keepLog();
const notifying = (...parts: string[]): Promise<unknown> =>
  execute(forkOf(archive.orm), 'select pg_notify(?, ?)', parts);

function listen(notify = notifying): OutboxListener {
  const { databaseUrl } = archive.config;
  const listener = listenToOutbox({ databaseUrl, notify, log });
  listeners.push(listener);
  return listener;
}

const { signal: STAYS } = new AbortController();

/** Waits for events of a topic from now on; says when the wait is over. */
function waitFor(listener: OutboxListener, topic: string, gone = STAYS) {
  const state = { isOver: false };
  const wait = listener
    .wait({ topics: [topic], since: listener.mark(), withinMs: NEVER_MS, gone })
    .finally(() => (state.isOver = true));
  return { wait, state };
}

const publish = (topic: string) =>
  asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at) values ($1, '2024010317', 1, now())`,
    [topic],
  );

/** The listener has its connection, since a first wait has ended. */
async function listening(): Promise<OutboxListener> {
  const listener = listen();
  const first = await listener.wait({ topics: [], since: 0, withinMs: 1, gone: STAYS });
  expect(first).toBe(true);
  return listener;
}

test('a wait ends when its topic is published, and not by another topic', async () => {
  const listener = await listening();
  const { wait, state } = waitFor(listener, 'roster');

  const before = listener.mark();
  await publish('secret');
  await until(() => listener.mark() > before);
  expect(state.isOver).toBe(false);

  await publish('roster');
  expect(await wait).toBe(true);
});

test('what was published since the reader looked ends his wait at once', async () => {
  const listener = await listening();
  const since = listener.mark();
  await publish('roster');
  await until(() => listener.mark() > since);

  const awaited = { topics: ['roster'], since, withinMs: NEVER_MS, gone: STAYS };
  expect(await listener.wait(awaited)).toBe(true);
});

test('what is taken back is not announced', async () => {
  const listener = await listening();
  const since = listener.mark();
  await asOwner(
    college,
    'archive',
    `do $$ begin
       insert into outbox (topic, key, version, at) values ('roster', '1', 1, now());
       raise exception 'taken back';
     exception when others then null; end $$`,
  );
  await publish('secret');
  await until(() => listener.mark() > since);

  expect(listener.mark()).toBe(since + 1);
});

test.each([
  ['the reader goes', (_: OutboxListener, reader: AbortController) => reader.abort()],
  ['the office stops', (listener: OutboxListener) => void listener.stop()],
])('a wait ends when %s', async (_, end) => {
  const listener = await listening();
  const reader = new AbortController();
  const { wait, state } = waitFor(listener, 'roster', reader.signal);
  expect(state.isOver).toBe(false);

  end(listener, reader);
  await wait;
  expect(state.isOver).toBe(true);
});

test('a feed answers a reader who waits as soon as there is something (over HTTP)', async () => {
  const finance = college.started.offices.get('finance');
  if (!finance) throw new Error('There is no finance.');
  const { keyring, clock } = finance.config;
  const page = async (more: object): Promise<FeedPage> => {
    const body = JSON.stringify({ topics: ['roster'], ...more });
    const call = await signCall(keyring, clock, { to: 'archive', path: '/feed', body });
    const answer = await request(new URL('/feed', archive.url), {
      method: 'POST',
      headers: { [CALL_HEADER]: call, 'content-type': 'application/json' },
      body,
      headersTimeout: NEVER_MS,
    });
    return (await answer.body.json()) as FeedPage;
  };
  let read = await page({});
  // Rows may be held back by transactions of other databases, and come with the page after that.
  while (read.events.length > 0 || read.isHeld) read = await page({ after: read.position });
  const { position: after } = read;

  const waiting = page({ after, waitMs: NEVER_MS });
  await publish('roster');
  let next = await waiting;
  while (next.events.length === 0) next = await page({ after, waitMs: NEVER_MS });
  expect(next.events.map(({ topic, key }) => [topic, key])).toEqual([['roster', '2024010317']]);
  const { position: end } = next;
  await until(async () => (await page({ after: end, waitMs: 1 })).hasWaited === true);
});

test('a wait ends when the connection is lost: its reader looks himself', async () => {
  const listener = await listening();
  const { wait } = waitFor(listener, 'roster');
  await cutConnections(college, 'archive');
  await wait;

  // Nor does anybody wait until there is another connection.
  const { wait: next } = waitFor(listener, 'roster');
  expect(await next).toBe(false);
});

test('nobody waits where a pooler keeps the hints', async () => {
  lines.length = 0;
  const listener = listen(async () => {});

  const { wait } = waitFor(listener, 'roster');
  expect(await wait).toBe(false);
  expect(lines.map(({ msg, err }) => [msg, err?.message])).toEqual([
    ['no hints of the outbox: its readers request more often', 'The database sends no hints.'],
  ]);
});
