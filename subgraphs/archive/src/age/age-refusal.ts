/** Refusals for age are counted: who tries one student again and again learns his birth date. */
import { dayIn } from '@chengxin/kit/database/day';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Act } from '@chengxin/kit/call/of-age';

/** So many of one student by one person in a day open a review (issue 9, DOMAIN 3.6). */
const REVIEWED_FROM = 3;

/** Calls of one person are serialized, so that two side by side are counted together. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('age-refusal ' || ?, 0))`;

const WRITE = `
  insert into age_refusal (request_id, at, actor, student_no)
  select ?, ?, ?, value->>'studentNo' from jsonb_array_elements(?::jsonb) e (value)`;

const OPEN = `
  with many as (
    select student_no from age_refusal
    where actor = ? and ${dayIn('at')} = ?::date
    group by student_no having count(*) >= ${REVIEWED_FROM}
  ), opened as (
    insert into access_review (detector, actor, actor_role, student_no, on_day, opened_at)
    select 'AGE_REFUSALS', ?, ?, student_no, ?::date, ? from many
    on conflict (detector, actor, student_no, on_day) do nothing
    returning id
  )
  insert into operation_log (at, actor, role, action, target, reason, request_id)
  select ?, 'archive', 'SYSTEM', 'detector.run', 'access_review ' || id, 'AGE_REFUSALS', ? from opened`;

/** Write down the acts that were refused to a person; the third of a student opens a review. */
export async function writeRefusals(
  em: EntityManager,
  { subject, role, requestId }: Identity,
  now: Date,
  today: string,
  refused: readonly Act[],
): Promise<void> {
  if (refused.length === 0) return;
  await execute(em, LOCK, [subject]);
  await execute(em, WRITE, [requestId, now, subject, JSON.stringify(refused)]);
  const review = [subject, role, today, now];
  await execute(em, OPEN, [subject, today, ...review, now, requestId]);
}
