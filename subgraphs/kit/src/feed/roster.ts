import { execute } from '../database/orm.js';
import { forget, present } from './gone.js';
import type { FeedHandler } from './handler.js';

/** Keeps an office's roster projection. An older version never overwrites a newer one. */
export const applyRoster: FeedHandler = async (em, events) => {
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
};
