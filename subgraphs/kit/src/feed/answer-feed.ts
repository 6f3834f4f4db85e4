/** How an office answers those who read its feed. */
import { json, type HttpRequest, type HttpResponse } from '../call/http.js';
import { execute, forkOf } from '../database/orm.js';
import type { OfficeParts } from '../server/office-parts.js';
import type { OfficeConfig } from '../server/config.js';
import { currentEpoch } from './epoch.js';
import { FEED_START, readOutbox, type FeedPage, type FeedRequest } from './outbox.js';
import { listenToOutbox, type OutboxListener } from './outbox-listener.js';
import { notePlace } from './readers.js';
import type { Topics } from './topic.js';

/** A reader waits so long at most: a hint may be lost. */
const WAIT_AT_MOST_MS = 10_000;

/** An office whose feed is read. */
export interface PublishingOffice extends OfficeParts {
  readonly config: OfficeConfig;
  readonly publishes: Topics;
}

/** Those who may read a feed. */
export const readersOf = (publishes: Topics): string[] => [
  ...new Set(Object.values(publishes).flatMap((topic) => topic.readers)),
];

export const listenerOf = ({ orm, config }: Omit<PublishingOffice, 'publishes'>): OutboxListener =>
  listenToOutbox({
    databaseUrl: config.databaseUrl,
    notify: (...parts) => execute(forkOf(orm), 'select pg_notify(?, ?)', parts),
    log: config.log,
  });

const isEmpty = ({ events, isHeld }: FeedPage): boolean => events.length === 0 && !isHeld;

/**
 * Answers a reader what was published to him after his place. One who would wait is answered as soon
 * as there is something.
 */
export const answerFeed =
  ({ orm, config, publishes }: PublishingOffice, listener: OutboxListener) =>
  async ({ body, gone }: HttpRequest, reader: string): Promise<HttpResponse> => {
    const said = JSON.parse(body.toString('utf8')) as Partial<FeedRequest>;
    const topics = (said.topics ?? []).filter((topic) =>
      publishes[topic]?.readers.includes(reader),
    );
    const requested: FeedRequest = { after: FEED_START, ...said, topics };
    const { keyring, clock, ownerUrl } = config;
    const em = forkOf(orm);
    const epoch = await currentEpoch(em, ownerUrl);
    const after = await notePlace(em, publishes, { reader, epoch, requested, at: clock.now() });
    const read = () => readOutbox({ em, keyring, topics: publishes }, epoch, { topics, after });

    const since = listener.mark();
    const page = await read();
    const withinMs = Math.min(said.waitMs ?? 0, WAIT_AT_MOST_MS);
    if (withinMs <= 0 || !isEmpty(page)) return json(200, page);
    if (!(await listener.wait({ topics, since, withinMs, gone }))) return json(200, page);
    return json(200, { ...(gone.aborted ? page : await read()), hasWaited: true });
  };
