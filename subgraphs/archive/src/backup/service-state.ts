/** What the newest backups say of a service: an operator reads it, never of a student (F-06, G6.5). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

/** How a note of this kind begins; what the Network Center wrote itself stays. */
const OWN = '备份 backup: ';

/** Without a backup for so long an office counts as not backed up: a night may be late. */
const HOURS_WITHOUT = 36;

/**
 * Of each office: whether its newest run failed, there was none of late, or the newest trial failed.
 * A service that somebody has set to another state himself is left alone.
 */
const SAY = `
  with office as (select unnest(?::text[]) as name),
  found as (
    select o.name, newest.result, newest.cause, written.started_at as written_at
    from office o
    left join lateral (select result, cause from backup_run r
      where r.office = o.name order by started_at desc limit 1) newest on true
    left join lateral (select started_at from backup_run r
      where r.office = o.name and result = 'WRITTEN'
      order by started_at desc limit 1) written on true
  ),
  said as (
    select name, case
      when result = 'FAILED' or cause is not null then coalesce(cause, 'FAILED')
      when written_at is null or written_at < ?::timestamptz - interval '${HOURS_WITHOUT} hours'
        then 'MISSING, since ' || coalesce(written_at::date::text, 'ever')
      end as trouble
    from found
  )
  insert into service_status as s (component, state, since, note)
  select name, case when trouble is null then 'UP' else 'DEGRADED' end, ?::timestamptz,
    '${OWN}' || trouble from said
  on conflict (component) do update set state = excluded.state, note = excluded.note,
    since = case when s.state = excluded.state then s.since else excluded.since end
  where s.note like '${OWN}%' or (s.state = 'UP' and s.note is null)`;

/** Say of some offices how their backups stand. */
export const sayState = (
  em: EntityManager,
  offices: readonly string[],
  at: Date,
): Promise<unknown> => execute(em, SAY, [offices, at, at]);
