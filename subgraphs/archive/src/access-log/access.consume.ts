import type { AccessCall } from '@chengxin/kit/disclosure/access-call';
import { present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { writeAccess } from './write-access-events.js';

/** `access`: what another office showed of students, to be one event with what the others showed. */
export const accessOf =
  (office: string): FeedHandler =>
  async (em, events) => {
    const calls = present(events).map(({ payload }) => payload as unknown as AccessCall);
    await writeAccess(em, office, calls);
  };
