import { execute, type EntityManager } from '../database/orm.js';
import { forget, gone, present } from './gone.js';
import type { FeedHandler } from './handler.js';
import type { FeedEvent } from './outbox.js';

const ERASE = `select erase_gone_student(n, ?::timestamptz) from unnest(?::text[]) n`;

/** Whose archive is destroyed, of him nothing is left in the office either (3.6, INV-11). */
async function erase(em: EntityManager, events: readonly FeedEvent[], at: Date): Promise<void> {
  const numbers = [...new Set(gone(events).map(({ key }) => key))];
  if (numbers.length) await execute(em, ERASE, [at, numbers]);
}

/**
 * Keeps an office's roster projection. An older version never overwrites a newer one. With a student
 * who is gone goes all that the office holds of him.
 */
export const applyRoster: FeedHandler = async (em, events, at) => {
  await forget(em, 'roster', 'student_no', events);
  await execute(
    em,
    `insert into roster (student_no, name, college, class_code, status, version)
     select distinct on (e->>'key') e->>'key', e->'payload'->>'name', e->'payload'->>'college',
       e->'payload'->>'classCode', e->'payload'->>'status', (e->>'version')::int
     from jsonb_array_elements(?::jsonb) e
     order by e->>'key', (e->>'version')::int desc
     on conflict (student_no) do update set name = excluded.name, college = excluded.college,
       class_code = excluded.class_code, status = excluded.status, version = excluded.version
     where roster.version < excluded.version`,
    [JSON.stringify(present(events))],
  );
  await erase(em, events, at);
};
