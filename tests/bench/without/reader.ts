/** Stands in for the readers of the other offices' feeds: nothing is read beside the requests. */
import type { FeedReader } from '@chengxin/kit/feed/reader';

export const startFeedReader = (): FeedReader => ({
  drain: async () => 0,
  settle: async () => undefined,
  stop: async () => undefined,
});
