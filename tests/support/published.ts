/** What an office's feed gives to its readers, read as they read it. */
import { setTimeout } from 'node:timers/promises';
import { loadOffices } from '@chengxin/college/office-list';
import { forkOf } from '@chengxin/kit/database/orm';
import { FEED_START, readOutbox, type FeedEvent } from '@chengxin/kit/feed/outbox';
import type { TestCollege } from './college.js';

const HELD_MS = 20;
const EPOCH = 'of this test';

/** Events of some topics, from the first one, as they are disclosed now. */
export async function published(
  college: TestCollege,
  office: string,
  ...topics: readonly string[]
): Promise<FeedEvent[]> {
  const running = college.started.offices.get(office);
  const definition = (await loadOffices()).find(({ name }) => name === office);
  if (!running || !definition) throw new Error(`There is no ${office}.`);
  const { keyring } = running.config;
  const events: FeedEvent[] = [];
  for (let after = FEED_START; ;) {
    const feed = { em: forkOf(running.orm), keyring, topics: definition.publishes };
    const page = await readOutbox(feed, EPOCH, { topics, after });
    events.push(...page.events);
    const isEnd = page.position.xid === after.xid && page.position.id === after.id;
    if (isEnd && !page.isHeld) return events;
    // Rows wait for transactions of other databases of this server.
    if (isEnd) await setTimeout(HELD_MS);
    after = page.position;
  }
}
