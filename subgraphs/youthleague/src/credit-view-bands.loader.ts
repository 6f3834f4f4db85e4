import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Bands } from '@chengxin/kit/call/contribution';
import { practiceHoursBandOf } from './credit-view-bands.rules.js';

interface Fact {
  readonly hours: string;
  readonly level: string | null;
}

/** Approved records alone: hours up to a day, and the highest post that was held on it. */
const FACTS = `
  select p.hours::text as hours, c.level
  from unnest(?::text[]) with ordinality as n (student_no, place)
  cross join lateral (
    select coalesce(sum(r.hours), 0) as hours from practice_record r
    where r.student_no = n.student_no and r.state = 'APPROVED' and r.practised_on <= ?::date
  ) p
  left join lateral (
    select t.level from cadre_post t
    where t.student_no = n.student_no and t.state = 'APPROVED' and t.from_on <= ?::date
      and (t.to_on is null or t.to_on >= ?::date)
    order by array_position(array['STATE', 'PROVINCE', 'SCHOOL', 'COLLEGE', 'CLASS'], t.level)
    limit 1
  ) c on true
  order by n.place`;

/** The bands of this office, for a frozen release. Source: DOMAIN 3.6 (`creditViews`). */
export async function creditViewBands(
  em: EntityManager,
  onDay: string,
  studentNos: readonly string[],
): Promise<Bands[]> {
  const facts = await execute<Fact>(em, FACTS, [studentNos, onDay, onDay, onDay]);
  return facts.map(({ hours, level }) => ({
    practiceHoursBand: practiceHoursBandOf(Number(hours)),
    cadreLevel: level ?? 'NONE',
  }));
}
