/** What is counted for the leading group, each in one statement. Source: Z2.3, Z2.5. */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { orgScope } from '../org/scope.loader.js';
import type { AnnualSummary } from './annual-summary.entity.js';
import type { SupervisionCoverage } from './supervision-coverage.entity.js';

/** Units whose numbers a caller reads: his own (note 31), or null for every one. */
async function unitsOf(ctx: Context): Promise<string[] | null> {
  return ctx.predicates('GOVERNANCE').includes('OWN_UNIT') ? [...(await orgScope(ctx))] : null;
}

/** Who has made a commitment `c`, once whatever number of them he has made. */
const WHO = 'coalesce(c.student_no, c.staff_no, c.org_code)';

/** A text in force supervises before the event, a check during or after it. */
const COVERAGE = `
  with v as (select ?::date as today, ?::timestamptz as since, ?::text[] as own), supervised as (
    select t.matter as field, 'PRE' as phase, t.owner_office as office, null as who
    from v, commitment_template t
    where t.kind = 'COMMITMENT' and t.state = 'PUBLISHED' and t.valid_from <= v.today
      and (t.valid_to is null or t.valid_to >= v.today)
    union all
    select c.matter, 'PRE', c.owner_office, ${WHO} from commitment c where c.state = 'IN_FORCE'
    union all
    select c.matter, k.phase, k.checked_by, ${WHO}
    from v, commitment_check k join commitment c on c.id = k.commitment_id
    where k.recorded_at >= v.since
  )
  select field, phase, count(distinct s.office)::int as offices,
    count(distinct s.who)::int as supervised
  from v, supervised s where v.own is null or s.office = any(v.own)
  group by field, phase`;

/** Of the fields and phases in which anything supervises. */
export async function countSupervision(
  ctx: Context,
  since: Date,
): Promise<readonly SupervisionCoverage[]> {
  return execute(ctx.em, COVERAGE, [ctx.today, since, await unitsOf(ctx)]);
}

const YEAR = `
  with v as (select ?::int as year, ?::date as today, ?::text[] as own),
  met as (select m.* from v, meeting m where m.year = v.year and m.state <> 'CANCELLED'
    and (v.own is null or m.organiser = any(v.own))),
  given as (select t.* from v, task t where extract(year from t.due_on) = v.year
    and t.state <> 'CANCELLED' and (v.own is null or t.unit = any(v.own))),
  locked as (select r.run_id, s.state = 'RELEASED' as is_released
    from v, evaluation_run r left join statistic_release s on s.run_id = r.run_id
    where r.kind = 'OFFICIAL'
      and extract(year from r.locked_at at time zone 'Asia/Shanghai') = v.year)
  select v.year, (select count(*)::int from met) as meetings,
    (select count(*)::int from met where state in ('HELD', 'MINUTED')) as "meetingsHeld",
    (select count(*)::int from resolution r join met on met.meeting_id = r.meeting_id) as resolutions,
    (select count(*)::int from given) as tasks,
    (select count(*)::int from given where state = 'DONE') as "tasksDone",
    (select count(*)::int from given where state = 'OPEN' and due_on < v.today) as "tasksOverdue",
    case when v.own is null then (select count(*)::int from training_session
      where extract(year from passed_on) = v.year) end as trainings,
    array(select run_id from locked order by 1) as "lockedRuns",
    array(select run_id from locked where is_released order by 1) as "releasedRuns"
  from v`;

export type YearCounts = Omit<AnnualSummary, 'collection'>;

export async function countYear(ctx: Context, year: number): Promise<YearCounts> {
  const [counts] = await execute<YearCounts>(ctx.em, YEAR, [year, ctx.today, await unitsOf(ctx)]);
  return counts as YearCounts;
}
