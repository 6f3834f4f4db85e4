import { dayIn } from '@chengxin/kit/database/day';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Bands } from '@chengxin/kit/call/contribution';
import { examViolationBandOf, gpaBandOf } from './credit-view-bands.rules.js';

interface Fact {
  readonly gpa: string | null;
  readonly severity: string | null;
}

/**
 * The average as of a day is that of the summary, if it stood then; of a summary that came later, the mean
 * of the grade points published by then. A violation counts while it is in effect: what is proposed,
 * dismissed, lifted, repaired, revoked, sealed or expired leaves no trace (3.7(15)).
 */
const FACTS = `
  select coalesce(s.gpa, g.gpa)::text as gpa, v.severity
  from unnest(?::text[]) with ordinality as n (student_no, place)
  left join academic_summary s on s.student_no = n.student_no
    and ${dayIn('s.approved_at')} <= ?::date
  left join lateral (
    select round(sum(c.grade_point * c.credits) / nullif(sum(c.credits), 0), 2) as gpa
    from course_grade c
    where c.student_no = n.student_no and c.state = 'PUBLISHED' and c.grade_point is not null
      and ${dayIn('c.approved_at')} <= ?::date
  ) g on s.student_no is null
  left join lateral (
    select max(e.severity) as severity from exam_violation e
    where e.student_no = n.student_no and e.state in ('FOUND', 'ACTIVE', 'MITIGATED')
      and e.decided_on <= ?::date
  ) v on true
  order by n.place`;

/** The bands of this office, for a frozen release. Source: DOMAIN 3.6 (`creditViews`). */
export async function creditViewBands(
  em: EntityManager,
  onDay: string,
  studentNos: readonly string[],
): Promise<Bands[]> {
  const facts = await execute<Fact>(em, FACTS, [studentNos, onDay, onDay, onDay]);
  return facts.map(({ gpa, severity }) => ({
    gpaBand: gpaBandOf(gpa),
    examViolationBand: examViolationBandOf(severity),
  }));
}
