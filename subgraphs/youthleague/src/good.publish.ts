/** What the Youth League publishes of good records: coded facts and a reference (2.4). */
import { dayIn } from '@chengxin/kit/database/day';
import type { Records } from '@chengxin/kit/feed/topic';

const prefixOf = (typename: string): string => `youthleague:${typename}:`;

/** The record changed. */
const changed = (typename: string, where = 'true'): string => `
  insert into outbox (topic, key, version, at)
  select 'good', '${prefixOf(typename)}' || id, version, ? from changed where ${where}`;

/** A good record as the archive takes it; `columns` are the pairs that differ by noun. */
const good = (table: string, typename: string, columns: string, where: string): Records => ({
  prefix: prefixOf(typename),
  from: table,
  where,
  id: 'id',
  idType: 'uuid',
  version: 'version',
  payload: `jsonb_strip_nulls(jsonb_build_object('studentNo', student_no, 'polarity', 'GOOD',
    ${columns}, 'state', state,
    'source', jsonb_build_object('subgraph', 'youthleague', 'typename', '${typename}', 'id', id)))`,
});

const IS_COMPETENT = `appraisal in ('EXCELLENT', 'COMPETENT')`;
/** Nothing is published of what is proposed (3.7(15)), and what was revoked is gone. */
const IS_APPROVED = `state = 'APPROVED'`;

export const GOOD_RECORDS: readonly Records[] = [
  /**
   * P-05 requires a post that was appraised competent. Level and length of the term are published
   * for the rule set to judge; the appraisal is not. So a post is published once it is appraised
   * competent, and is gone when it no longer is.
   */
  good(
    'cadre_post',
    'CadrePost',
    `'indicatorCode', 'P-05', 'level', level, 'occurredOn', from_on, 'endedOn', to_on`,
    `${IS_APPROVED} and ${IS_COMPETENT}`,
  ),
  /** P-06: a practice that the Youth League, a school-level office, confirmed. */
  good(
    'practice_record',
    'PracticeRecord',
    `'indicatorCode', 'P-06', 'level', 'SCHOOL', 'occurredOn', practised_on`,
    IS_APPROVED,
  ),
  /** P-07: confirmed hours of a term; they are a fact of the day on which they were confirmed. */
  good(
    'volunteer_hours',
    'VolunteerHours',
    `'indicatorCode', 'P-07', 'level', 'SCHOOL',
     'occurredOn', coalesce(confirmed_on, ${dayIn('approved_at')}),
     'amount', hours::text`,
    IS_APPROVED,
  ),
];

/** A post that neither is nor was appraised competent is none of the archive's business. */
export const CADRE_POST_EVENT = changed(
  'CadrePost',
  `${IS_COMPETENT} or exists (select from cadre_post before
     where before.id = changed.id and before.${IS_COMPETENT})`,
);
export const PRACTICE_EVENT = changed('PracticeRecord');
export const VOLUNTEER_HOURS_EVENT = changed('VolunteerHours');
