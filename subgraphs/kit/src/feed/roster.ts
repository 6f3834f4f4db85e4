import { execute, type EntityManager } from '../database/orm.js';
import { forget, present } from './gone.js';
import type { FeedHandler } from './handler.js';
import { formerNumbers, renumber, type FormerNumber } from './renumber.js';

const KEEP = `
  insert into roster (student_no, name, college, class_code, status, version)
  select distinct on (e->>'key') e->>'key', e->'payload'->>'name', e->'payload'->>'college',
    e->'payload'->>'classCode', e->'payload'->>'status', (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e
  order by e->>'key', (e->>'version')::int desc
  on conflict (student_no) do update set name = excluded.name, college = excluded.college,
    class_code = excluded.class_code, status = excluded.status, version = excluded.version
  where roster.version < excluded.version`;

/** What an office does beside with students whose number has changed, once their rows have moved. */
export type Renumbered = (
  em: EntityManager,
  numbers: readonly FormerNumber[],
  at: Date,
) => Promise<unknown>;

/**
 * Keeps an office's roster projection, and moves the rows of students whose number has changed (F-07).
 * An older version never overwrites a newer one.
 */
export const rosterWith =
  (renumbered: Renumbered): FeedHandler =>
  async (em, events, at) => {
    const numbers = formerNumbers(events, ({ key }) => key);
    await renumber(em, numbers);
    if (numbers.length) await renumbered(em, numbers, at);
    await forget(em, 'roster', 'student_no', events);
    await execute(em, KEEP, [JSON.stringify(present(events))]);
  };

/** The same of an office whose rows say all by their columns. */
export const applyRoster: FeedHandler = rosterWith(async () => {});
