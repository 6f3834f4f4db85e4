import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Records } from '@chengxin/kit/feed/topic';
import { lockStudents } from '../lock-order.js';
import { EXCUSING_STATES } from './excused.rules.js';

export const EXCUSES: Records = {
  prefix: '',
  from: 'excuse_told',
  id: `(student_no || ':' || academic_year)`,
  idType: 'text',
  version: 'version',
  payload: `jsonb_build_object('studentNo', student_no, 'academicYear', academic_year,
    'excused', excused)`,
};

const PUBLISH = `
  with loans as (
    select student_no, year || '-' || (year + 1) as academic_year, state from loan_record
    where student_no = any(?::text[])
  ), hardships as (
    select student_no, academic_year from aid_record
    where student_no = any(?::text[]) and hardship_level is not null
  ), years as (
    select student_no, academic_year from loans
    union select student_no, academic_year from hardships
    union select student_no, academic_year from excuse_told where student_no = any(?::text[])
  ), present as (
    select y.*, exists (select from loans l where (l.student_no, l.academic_year) =
        (y.student_no, y.academic_year) and l.state = any(?::text[]))
      or exists (select from hardships h where (h.student_no, h.academic_year) =
        (y.student_no, y.academic_year)) as excused
    from years y
  ), changed as (
    insert into excuse_told as t (student_no, academic_year, excused)
    select p.student_no, p.academic_year, p.excused from present p
    where p.excused or exists (select from excuse_told known
      where (known.student_no, known.academic_year) = (p.student_no, p.academic_year))
    on conflict (student_no, academic_year) do update set excused = excluded.excused,
      version = t.version + 1
    where t.excused <> excluded.excused
    returning *
  )
  insert into outbox (topic, key, version, at)
  select 'excuse', student_no || ':' || academic_year, version, ? from changed`;

/**
 * Publish to finance the academic years in which a pending loan or a recognised hardship excuses
 * the bills of some students, or excuses them no more; never which of the two. Source: T-01.
 */
export async function publishExcuses(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
): Promise<void> {
  await lockStudents(em, studentNos);
  const pending = [...EXCUSING_STATES];
  await execute(em, PUBLISH, [studentNos, studentNos, studentNos, pending, now]);
}
