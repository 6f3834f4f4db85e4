/** The dashboard of the archives: counts of batches by unit, and of archives by state. Source: G5.1. */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { ArchiveState } from '../life-cycle/archive-state.js';
import { orgScope } from '../org/scope.loader.js';
import { CATALOGUE } from '../rules/catalogue-item.loader.js';
import { fullTens } from '../statistics/full-tens.js';
import type { ArchiveCount } from './archive-overview.entity.js';
import { ENTRIES, entryParameters } from './collection.loader.js';
import type { Counts } from './collection.rules.js';

/** What is counted of one unit. */
export interface UnitCounts extends Counts {
  readonly office: string;
  readonly importRuns: number;
  readonly importRunsWaiting: number;
  readonly lastReceivedOn: string | null;
  readonly submitted: number;
  readonly verified: number;
  readonly returned: number;
}

const UNITS = `${ENTRIES}, period as (
    select unit, due_on, min(received_on) as first_on, max(received_on) as last_on,
      sum(row_count) as rows, sum(rejected_count) as rejected, count(batch_id) as runs,
      count(*) filter (where state = 'RECEIVED') as waiting
    from entry group by unit, item, due_on
  ), unit as (
    select unit as office, count(*) filter (where due_on < ?::date or due_on is not null
        and first_on is not null)::int as due,
      count(first_on) filter (where due_on is not null)::int as received,
      count(*) filter (where first_on <= due_on)::int as timely,
      coalesce(sum(rows), 0)::int as rows,
      coalesce(sum(rejected), 0)::int as rejected,
      sum(runs)::int as runs, sum(waiting)::int as waiting, max(last_on)::text as last_on
    from period where unit is not null group by unit
  ), handed as (
    select office, count(*) filter (where state = 'SUBMITTED')::int as submitted,
      count(*) filter (where state = 'VERIFIED')::int as verified,
      count(*) filter (where state = 'RETURNED')::int as returned
    from submitted_batch where submitted_on between ? and ? group by office
  )
  select o.office, coalesce(u.due, 0) as due, coalesce(u.received, 0) as received,
    coalesce(u.timely, 0) as timely, coalesce(u.rows, 0) as rows,
    coalesce(u.rejected, 0) as rejected, coalesce(u.runs, 0) as "importRuns",
    coalesce(u.waiting, 0) as "importRunsWaiting", u.last_on as "lastReceivedOn",
    coalesce(h.submitted, 0) as submitted, coalesce(h.verified, 0) as verified,
    coalesce(h.returned, 0) as returned
  from unnest(?::text[]) o(office)
  left join unit u on u.office = o.office left join handed h on h.office = o.office
  order by o.office`;

const PROVIDERS = [...new Set(CATALOGUE.map(({ providerOffice }) => providerOffice))];

const isNarrow = (ctx: Context): boolean => ctx.predicates('COLLECTION').includes('OWN_UNIT');

/** Of every unit that the catalogue names, or of the caller's own (OWN_UNIT), in one statement. */
export async function countUnits(ctx: Context, year: number): Promise<UnitCounts[]> {
  const own = isNarrow(ctx) ? await orgScope(ctx) : undefined;
  const offices = PROVIDERS.filter((office) => own?.has(office) ?? true);
  return execute<UnitCounts>(ctx.em, UNITS, [
    ...(await entryParameters(ctx, { year })),
    ctx.today,
    `${year}-01-01`,
    `${year}-12-31`,
    offices,
  ]);
}

const BY_STATE = `select state, count(*)::int as count from archive group by state`;

/** Archives of the whole school; nothing for whoever sees his own unit alone. */
export async function countArchives(ctx: Context): Promise<ArchiveCount[] | null> {
  if (isNarrow(ctx)) return null;
  const rows = await execute<{ state: string; count: number }>(ctx.em, BY_STATE);
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  return Object.values(ArchiveState).map((state) => ({
    state,
    count: fullTens(counts.get(state) ?? 0),
  }));
}
