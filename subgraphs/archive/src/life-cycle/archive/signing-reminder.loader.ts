/** Whom a reminder of entry is due to, on a day: of all students, or of some. */
import { dayIn } from '@chengxin/kit/database/day';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { USUAL_VERIFICATION_DAYS } from './entry.rules.js';
import type { ReminderKind } from './signing-reminder.entity.js';
import {
  SIGNING_AT_MOST,
  SIGNING_EVERY_DAYS,
  VERIFICATION_DAYS_BEFORE,
} from './signing-reminder.rules.js';

/**
 * Students who were notified of something that they can still do: the agreement, a letter that is
 * offered, the account. `since` is the day of the last notice: a letter that is offered once more
 * begins anew. Of what nobody was notified of yet there is nothing to remind.
 */
const OPEN_SIGNINGS = `
  select student_no, ${dayIn('greatest(agreed_at, offered_at)')} as since
  from (
    select a.student_no, a.agreement_id, c.state as account,
      (select n.delivered_at from notice_standing n
        where n.key = 'Archive:' || a.student_no || ':AGREEMENT') as agreed_at,
      (select max(n.delivered_at) from commitment l
        join notice_standing n on n.key = 'Commitment:' || l.id || ':TEMPLATE'
        where l.student_no = a.student_no and l.matter = 'ENTRY' and l.state = 'OFFERED')
        as offered_at
    from archive a left join account c on c.student_no = a.student_no
    where a.state = 'PENDING_SIGNATURE'
  ) entry
  where agreement_id is null and agreed_at is not null or offered_at is not null
    or account = 'CREATED'`;

const SIGNINGS = `
  select o.student_no, 'SIGNING' as kind from (${OPEN_SIGNINGS}) o
  cross join lateral (select count(*) as times, max(r.reminded_on) as last from signing_reminder r
    where r.student_no = o.student_no and r.kind = 'SIGNING' and r.reminded_on > o.since) r
  where coalesce(r.last, o.since) + ${SIGNING_EVERY_DAYS} <= (select today from day)
    and r.times < ${SIGNING_AT_MOST}`;

/**
 * A day before the last one has come, since the check began, and nobody was reminded from that day on:
 * when the job did not run for a while, one reminder stands for all that were missed.
 */
const VERIFICATIONS = `
  select a.student_no, 'VERIFICATION' as kind from archive a, day
  where a.state = 'PENDING_VERIFICATION' and a.verification_due_on >= day.today and exists (
    select from unnest(array[${VERIFICATION_DAYS_BEFORE.join(', ')}]) before
    where before < coalesce(a.verification_days, ${USUAL_VERIFICATION_DAYS})
      and a.verification_due_on - before <= day.today and not exists (
        select from signing_reminder r where r.student_no = a.student_no
          and r.kind = 'VERIFICATION' and r.reminded_on >= a.verification_due_on - before))`;

/** Whoever does not study at present is reminded of nothing. */
const DUE = `
  with day as (select ?::date as today)
  select s.student_no as "studentNo", due.kind
  from (${SIGNINGS} union all ${VERIFICATIONS}) due join student s on s.student_no = due.student_no
  where s.enrolment_status = 'ENROLLED' and (?::text[] is null or s.student_no = any(?::text[]))
  order by 1`;

export interface DueReminder {
  readonly studentNo: string;
  readonly kind: ReminderKind;
}

/** @param studentNos  Of whom; of all, when nothing is said. */
export const dueReminders = (
  em: EntityManager,
  today: string,
  studentNos: readonly string[] | null = null,
): Promise<DueReminder[]> => execute<DueReminder>(em, DUE, [today, studentNos, studentNos]);
