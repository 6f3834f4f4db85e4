import { execute, type EntityManager } from '../database/orm.js';
import { forget, gone, present } from './gone.js';
import type { FeedHandler } from './handler.js';
import type { FeedEvent } from './outbox.js';
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

const ERASE = `select erase_gone_student(n, ?::timestamptz) from unnest(?::text[]) n`;

/** Whose archive is destroyed, of him nothing is left in the office either (3.6, INV-11). */
async function erase(em: EntityManager, events: readonly FeedEvent[], at: Date): Promise<void> {
  const numbers = [...new Set(gone(events).map(({ key }) => key))];
  if (numbers.length) await execute(em, ERASE, [at, numbers]);
}

/** The number that holds, of an event about one that a student had before: he is not gone. */
const movedTo = ({ payload }: FeedEvent): string | undefined =>
  (payload as { readonly movedTo?: string }).movedTo;

/** Each former number once, whichever of the two events says it. */
function numbersIn(events: readonly FeedEvent[]): FormerNumber[] {
  const said = formerNumbers(events, ({ key }) => key);
  const current = new Map(said.map(({ oldNo, studentNo }) => [oldNo, studentNo]));
  for (const event of present(events)) {
    const studentNo = movedTo(event);
    if (studentNo) current.set(event.key, studentNo);
  }
  return [...current].map(([oldNo, studentNo]) => ({ oldNo, studentNo }));
}

/** What an office holds of the roster: whom the archive has no more, is gone here after a restore. */
export const ROSTER_COPIES = { roster: `select student_no as key, version from roster` };

/** What an office does beside with students whose number has changed, once their rows have moved. */
export type Renumbered = (
  em: EntityManager,
  numbers: readonly FormerNumber[],
  at: Date,
) => Promise<unknown>;

/**
 * Keeps an office's roster projection, moves the rows of students whose number has changed (F-07), and
 * erases those of students who are gone. An older version never overwrites a newer one.
 */
export const rosterWith =
  (renumbered: Renumbered): FeedHandler =>
  async (em, events, at) => {
    const numbers = numbersIn(events);
    await renumber(em, numbers, at);
    if (numbers.length) await renumbered(em, numbers, at);
    await forget(em, 'roster', 'student_no', events);
    const there = present(events).filter((event) => !movedTo(event));
    await execute(em, KEEP, [JSON.stringify(there)]);
    await erase(em, events, at);
  };

/** The same of an office whose rows say all by their columns. */
export const applyRoster: FeedHandler = rosterWith(async () => {});
