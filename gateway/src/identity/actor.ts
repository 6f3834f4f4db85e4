import type { Clock } from '@chengxin/kit/clock';
import { fault } from '@chengxin/kit/errors';
import type { ActorGrants, ActorQuestion } from '@chengxin/kit/call/actor';
import { DECIDING_OFFICE } from '../offices.js';
import type { OfficeCaller } from '../fetch/signed-post.js';

/** What a person may be, and how long anybody may go by it. */
export interface Actor extends ActorGrants {
  /** Instant, in milliseconds, from which on this is too old for anybody to answer by (INV-21). */
  readonly until: number;
}

/** Nobody answers by what was read longer ago than this (ARCHITECTURE §3, INV-21). */
const HOLDS_MS = 5000;
/** A request may begin by what was read so long ago; the rest of the time is for its calls. */
const FRESH_MS = 2000;
const KEPT_AT_MOST = 10_000;

export type ActorReader = (question: ActorQuestion) => Promise<Actor>;

/**
 * Asks the archive what a person may be, over a signed call, and keeps the answer for a moment.
 *
 * @throws SUBGRAPH_UNAVAILABLE when the archive does not answer: then nobody is anything.
 */
export function createActorReader(caller: OfficeCaller, clock: Clock): ActorReader {
  const kept = new Map<string, { at: number; actor: Promise<Actor> }>();

  async function ask(body: string, now: number): Promise<Actor> {
    try {
      const { status, text } = await caller.post(DECIDING_OFFICE, '/actor', body);
      if (status === 200) return { ...(JSON.parse(text) as ActorGrants), until: now + HOLDS_MS };
      throw new Error(`The archive answered ${status}.`);
    } catch (cause) {
      throw Object.assign(fault('SUBGRAPH_UNAVAILABLE'), { cause });
    }
  }

  return (question) => {
    const body = JSON.stringify(question);
    const now = clock.now().getTime();
    const known = kept.get(body);
    if (known && Math.abs(now - known.at) < FRESH_MS) return known.actor;
    if (kept.size >= KEPT_AT_MOST) kept.clear();
    const actor = ask(body, now);
    kept.set(body, { at: now, actor });
    actor.catch(() => kept.delete(body));
    return actor;
  };
}
