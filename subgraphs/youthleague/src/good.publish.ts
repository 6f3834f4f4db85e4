/** What the Youth League tells the archive of good records: coded facts and a reference (2.4). */

/** A good record as the archive takes it; `columns` are the pairs that differ by noun. */
const good = (typename: string, columns: string): string => `
  insert into outbox (topic, key, version, payload, at)
  select 'good', 'youthleague:${typename}:' || id, version,
    jsonb_strip_nulls(jsonb_build_object('studentNo', student_no, 'polarity', 'GOOD', ${columns},
      'source', jsonb_build_object('subgraph', 'youthleague', 'typename', '${typename}', 'id', id))),
    ?
  from changed`;

/**
 * P-05 asks for a post that was appraised competent. Level and length of the term travel along and
 * are the rule set's to judge; the appraisal does not. So a post is told once it is appraised
 * competent, and taken back when it no longer is.
 */
export const CADRE_POST_EVENT = `${good(
  'CadrePost',
  `'indicatorCode', 'P-05', 'level', level, 'occurredOn', from_on, 'endedOn', to_on,
   'state', case when appraisal in ('EXCELLENT', 'COMPETENT') then state else 'REVOKED' end`,
)} where appraisal in ('EXCELLENT', 'COMPETENT')
    or exists (select from outbox o where o.key = 'youthleague:CadrePost:' || changed.id)`;

/** P-06: a practice that the Youth League, a school-level office, confirmed. */
export const PRACTICE_EVENT = good(
  'PracticeRecord',
  `'indicatorCode', 'P-06', 'level', 'SCHOOL', 'occurredOn', practised_on, 'state', state`,
);

/** P-07: confirmed hours of a term; they are a fact of the day on which they were confirmed. */
export const VOLUNTEER_HOURS_EVENT = good(
  'VolunteerHours',
  `'indicatorCode', 'P-07', 'level', 'SCHOOL',
   'occurredOn', coalesce(confirmed_on, (approved_at at time zone 'UTC' + interval '8 hours')::date),
   'amount', hours::text, 'state', state`,
);
