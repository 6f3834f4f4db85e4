/**
 * What each detector counts, as SQL: person, role, day and how many. Source: DOMAIN 3.6. Staff alone
 * are judged, but for refused fields; nobody under his own self-service.
 */
import { dayIn } from '@chengxin/kit/database/day';
import { GROUPS } from '@chengxin/kit/privacy/groups';
import { mayStandInList } from '@chengxin/kit/privacy/matrix';
import type { Detector, DetectorSettings } from './settings.js';

/** What a detector is given; each statement begins with it, and takes no other parameter. */
const GIVEN = `
  with given as (
    select ?::bigint as event, ?::bigint as line, ?::timestamptz as at, ?::integer as "from",
      ?::text[] as exempt, ?::integer as dusk, ?::integer as dawn)`;

export interface Window {
  /** Numbers of the last event and the last line of the log before the window. */
  readonly event: string;
  readonly line: string;
  /** The instant at which the detectors run. */
  readonly at: Date;
}

/** Values of `GIVEN`. */
export const givenTo = (
  detector: Detector,
  { event, line, at }: Window,
  { from, exempt, night: [dusk, dawn] }: DetectorSettings,
): readonly unknown[] => [event, line, at, from[detector], exempt, dusk, dawn];

/** Groups that no list shows: selecting one opens its student. */
const OPENING = GROUPS.filter((group) => !mayStandInList(group))
  .map((group) => `'${group}'`)
  .join(', ');

/**
 * Students whom a member of staff opened: one by his number, or by a group that is no list group. A
 * case, an audit, a round or what he has in hand stands in the reference: that is a task (D-01).
 */
const OPENED = `
  opened as (
    select distinct e.actor, e.actor_role as role, e.at, e.student_no, ${dayIn('e.at')} as day,
      extract(hour from e.at at time zone interval '8 hours') as hour
    from given, access_event e join access_call c using (request_id)
    where e.seq > given.event and e.reference is null and e.student_no <> ''
      and e.student_no = any(c.student_nos)
      and e.actor_role <> 'STAFF_SELF' and not e.actor = any(given.exempt)
      and exists (select from staff s where s.staff_no = e.actor)
      and ((c.allowed || c.masked) && array[${OPENING}]
        or (c.student_count is null and cardinality(c.student_nos) = 1)))`;

/** What lies with a reader: he keeps the student, has him in hand, or has acted for him lately. */
const IN_OWN_TASK = `
  exists (select from steward_assignment s
    where s.staff_no = o.actor and s.student_no = o.student_no)
  or exists (select from appeal a
    where a.student_no = o.student_no and o.actor in (a.handler_no, a.second_handler_no))
  or exists (select from repair_application r
    where r.student_no = o.student_no and r.handler_no = o.actor)
  or (o.actor, o.student_no) in (select a.actor, a.student_no from acted a)`;

/** Whose number stands in a line of the log: its target is words. */
const ACTED = `
  acted as (
    select distinct l.actor, word as student_no
    from given, operation_log l cross join regexp_split_to_table(l.target, ' ') word
    where l.id > given.line)`;

/** Changes that somebody else has requested before, on the same row, with what requests them. */
const REQUESTED = `
  (values ('grant.approve', '{grant.request,grant.delegate}'::text[]),
    ('change.decide', '{change.request}'),
    ('repair.decide', '{repair.apply}'),
    ('sanction.decide', '{sanction.draft}')) as requested (action, by)`;

/** Each answers with rows of `actor`, `role`, `day` and `count`. */
export const FINDINGS: Readonly<Record<Detector, string>> = {
  OPENED_STUDENTS: `${GIVEN}, ${OPENED}
    select o.actor, o.role, o.day::text, max(within.students)::integer as count
    from given, opened o cross join lateral (
      select count(distinct p.student_no) as students from opened p
      where p.actor = o.actor and p.at > o.at - interval '1 hour' and p.at <= o.at) within
    where o.actor in (select p.actor from given, opened p
      group by p.actor, given."from" having count(distinct p.student_no) >= given."from")
    group by o.actor, o.role, o.day, given."from" having max(within.students) >= given."from"`,
  OUTSIDE_TASKS: `${GIVEN}, ${OPENED}, ${ACTED}
    select o.actor, o.role, o.day::text, count(distinct o.student_no)::integer as count
    from given, opened o where not (${IN_OWN_TASK})
    group by o.actor, o.role, o.day, given."from"
    having count(distinct o.student_no) >= given."from"`,
  // After midnight it is still the night of the day before.
  AT_NIGHT: `${GIVEN}, ${OPENED}, night as (
      select o.actor, o.role, o.student_no, given."from",
        o.day - (given.dusk > given.dawn and o.hour < given.dawn)::integer as day
      from given, opened o
      where case when given.dusk > given.dawn then o.hour >= given.dusk or o.hour < given.dawn
        else o.hour >= given.dusk and o.hour < given.dawn end)
    select actor, role, day::text, count(distinct student_no)::integer as count
    from night group by actor, role, day, "from" having count(distinct student_no) >= "from"`,
  DENIED_FIELDS: `${GIVEN}, denied as (
      select distinct e.actor, e.actor_role as role, e.at, e.request_id, ${dayIn('e.at')} as day
      from given, access_event e join access_call c using (request_id)
      where e.seq > given.event and cardinality(c.denied) > 0 and not e.actor = any(given.exempt))
    select d.actor, d.role, d.day::text, max(within.requests)::integer as count
    from given, denied d cross join lateral (
      select count(distinct p.request_id) as requests from denied p
      where p.actor = d.actor and p.at > d.at - interval '10 minutes' and p.at <= d.at) within
    group by d.actor, d.role, d.day, given."from" having max(within.requests) >= given."from"`,
  WITHOUT_REQUEST: `${GIVEN}
    select l.actor, l.role, ${dayIn('l.at')}::text as day, count(*)::integer as count
    from given, operation_log l join ${REQUESTED} using (action)
    where l.id > given.line and l.target_id is not null and not l.actor = any(given.exempt)
      and not exists (select from operation_log p
        where p.target_type = l.target_type and p.target_id = l.target_id and p.id < l.id
          and p.action = any(requested.by))
    group by l.actor, l.role, ${dayIn('l.at')}, given."from" having count(*) >= given."from"`,
  // From a week before the transfer is known until the person is gone. What is requested, approved and
  // fetched is one export, of whoever takes it and of whoever lets it be taken.
  EXPORT_THEN_TRANSFER: `${GIVEN}, moving as (
      select t.staff_no, t.recorded_at - interval '7 days' as since,
        greatest(t.recorded_at, t.effective_at) as until, ${dayIn('t.recorded_at')} as day
      from given, transfer_notice t
      where t.recorded_at <= given.at
        and greatest(t.recorded_at, t.effective_at) > given.at - interval '1 day')
    select l.actor, l.role, m.day::text,
      count(distinct coalesce(l.target_id, l.id::text))::integer as count
    from given, moving m join operation_log l on l.actor = m.staff_no
      and l.at between m.since and m.until
    where l.action in ('export.request', 'export.approve', 'export.download')
      and not l.actor = any(given.exempt)
    group by l.actor, l.role, m.day, given."from"
    having count(distinct coalesce(l.target_id, l.id::text)) >= given."from"`,
};
