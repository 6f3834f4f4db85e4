/**
 * What an office reports of its backups becomes a `backup_run`, and what failed stands at its service
 * until a later one went well (F-06, G6.5).
 */
import { execute } from '@chengxin/kit/database/orm';
import { present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { sayState } from './service-state.js';

const KEEP = `
  insert into backup_run as t (id, office, started_at, bytes, sha256, restore_tested_at, result, cause,
    version)
  select distinct on (e->>'key') (e->>'key')::uuid, ?, (p->>'startedAt')::timestamptz,
    (p->>'bytes')::bigint, p->>'sha256', (p->>'restoreTestedAt')::timestamptz, p->>'result',
    p->>'cause', (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e cross join lateral (select e->'payload') payload (p)
  order by e->>'key', (e->>'version')::int desc
  on conflict (id) do update set restore_tested_at = excluded.restore_tested_at,
    cause = excluded.cause, version = excluded.version
  where t.version < excluded.version and t.office = excluded.office`;

/** The handler for what one office reports; it cannot change another office's evidence. */
export const backupsOf =
  (office: string): FeedHandler =>
  async (em, events, at) => {
    const there = present(events);
    if (!there.length) return;
    await execute(em, KEEP, [office, JSON.stringify(there)]);
    await sayState(em, [office], at);
  };
