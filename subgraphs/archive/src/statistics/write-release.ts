/**
 * The tables of a run with their noise: drawn once, stored as they are published. Source: 3.6.
 *
 * The exact counts live in this transaction alone. Nothing stores or returns them.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { released, type College, type ExactCount, type ReleasedCell } from './release.rules.js';
import { TABLES, type StatisticTable } from './tables.js';

const COLLEGES = `
  select c.org_code as code, coalesce(array_agg(m.org_code order by m.org_code collate "C")
      filter (where m.org_code is not null), '{}') as majors
  from org c left join org m on m.parent_code = c.org_code and m.kind = 'MAJOR'
  where c.kind = 'COLLEGE' group by c.org_code order by c.org_code collate "C"`;

/** One row of a student in each part, whatever his records are: what the noise is made for. */
const countsOf = ({ source, isByMajor }: StatisticTable): string => `
  with said as (${source}),
  bounded as (
    select distinct on (student_no, part) student_no, part, value from said
    order by student_no, part, rank, value
  )
  select s.college, ${isByMajor ? 'm.org_code' : 'null'} as major, b.part, b.value,
    count(*)::integer as count
  from bounded b join student s on s.student_no = b.student_no
  left join org m on m.org_code = s.major_code and m.parent_code = s.college and m.kind = 'MAJOR'
  group by 1, 2, 3, 4`;

const SPEND = `
  insert into privacy_spending (run_id, table_name, epsilon, spent_at)
  values (?, ?, ?, ?::timestamptz)`;

const PUT = `
  insert into released_statistic (run_id, table_name, group_by, position, keys, value, half_width)
  select ?, ?, v."groupBy", v.position, v.keys, v.value, v."halfWidth"
  from jsonb_to_recordset(?::jsonb) as v("groupBy" text, position integer, keys jsonb, value integer,
    "halfWidth" integer)`;

const positioned = (cells: readonly ReleasedCell[]): string =>
  JSON.stringify(cells.map((cell, position) => ({ ...cell, position })));

/** Students of a run by place and value: what noise is added to, and nobody reads. */
export const exactCounts = (
  em: EntityManager,
  table: StatisticTable,
  runId: string,
): Promise<ExactCount[]> => execute<ExactCount>(em, countsOf(table), [runId]);

/**
 * Spend the budget of each table and store its cells.
 *
 * @throws The constraint `privacy_budget_not_overspent` when twelve months allow no more.
 */
export async function writeRelease(em: EntityManager, now: Date, runId: string): Promise<void> {
  const colleges = await execute<College>(em, COLLEGES);
  for (const table of TABLES) {
    const { name, epsilon } = table;
    await execute(em, SPEND, [runId, name, epsilon, now]);
    const counts = await exactCounts(em, table, runId);
    await execute(em, PUT, [runId, name, positioned(released(table, colleges, counts))]);
  }
}
