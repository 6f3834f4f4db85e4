/** When an office that was restored begins to serve: closed until then, its health aside. */
import { json, refusal, type Route, type ServedRoutes } from '../call/http.js';
import { forkOf } from '../database/orm.js';
import type { FeedReader } from '../feed/reader.js';
import { isPending } from '../feed/reread.js';
import type { OfficeParts } from '../server/office-parts.js';
import type { BackedUpOffice } from './parts.js';
import { reconcile } from './restored.js';

const ALIVE = 'GET /health/live';
const READY = 'GET /health/ready';
const FEED = 'POST /feed';

export interface Opening {
  /** The same routes; they refuse while the office is closed. */
  closing(routes: ServedRoutes): ServedRoutes;
  /**
   * Erase what went since, then open.
   *
   * @param then  What begins once it serves.
   * @returns     At once where nothing was restored or it must be waited for, with `then` done.
   */
  open(feeds: readonly FeedReader[], then: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const closedTo =
  (isOpen: () => boolean, refused: Route) =>
  (route: ServedRoutes[string]): ServedRoutes[string] =>
    typeof route === 'function'
      ? (request) => (isOpen() ? route(request) : refused(request))
      : {
          ...route,
          answer: async (request) =>
            isOpen() ? route.answer(request) : refusal(503, 'SUBGRAPH_UNAVAILABLE'),
        };

/** How an office opens; read once, as it starts. */
export async function openingOf(office: BackedUpOffice, parts: OfficeParts): Promise<Opening> {
  const stopping = new AbortController();
  let isOpen = !(await isPending(forkOf(parts.orm)));
  let isRead = isOpen;
  let opening: Promise<void> = Promise.resolve();
  const unavailable: Route = () => refusal(503, 'SUBGRAPH_UNAVAILABLE');
  const restoring: Route = () => json(503, { ready: false, reason: 'restored' });
  const refusedAt = (path: string) => (path === READY ? restoring : unavailable);
  return {
    closing: (routes) =>
      Object.fromEntries(
        Object.entries(routes).map(([path, route]) => {
          if (path === ALIVE) return [path, route];
          const opens = path === FEED ? () => isRead : () => isOpen;
          return [path, closedTo(opens, refusedAt(path))(route)];
        }),
      ),
    async open(feeds, then) {
      if (isOpen) return then();
      // Others need its feed to come so far themselves: nothing is in it that went.
      const onErased = () => (isRead ||= office.repeatErasures !== undefined);
      const work = { ...parts, feeds, signal: stopping.signal, onErased };
      opening = reconcile(office, work).then(async (isDone) => {
        if (!isDone) return;
        isOpen = true;
        isRead = true;
        await then();
      });
      opening.catch((error: unknown) =>
        parts.config.log.error({ err: error }, 'restored, and its jobs do not run'),
      );
    },
    async stop() {
      stopping.abort();
      await opening.catch(() => {});
    },
  };
}
