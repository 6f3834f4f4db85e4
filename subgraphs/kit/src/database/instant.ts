import { execute, type EntityManager } from './orm.js';

const SET = `select set_config('chengxin.now', ?::timestamptz::text, true)`;

/** Say to the database at which instant the transaction changes things: by the one clock, not its own. */
export const setInstant = (em: EntityManager, now: Date): Promise<unknown> =>
  execute(em, SET, [now]);
