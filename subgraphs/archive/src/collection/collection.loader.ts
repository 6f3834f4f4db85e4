/** What is due of a year and what has come, in one statement each. Source: G5.3, Z2.4. */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import { orgScope } from '../org/scope.loader.js';
import { CATALOGUE } from '../rules/catalogue-item.loader.js';
import type { BatchError } from '@chengxin/kit/import/batch.publish';
import { periodsOf, type Counts } from './collection.rules.js';

/** The year and unit that are selected of the collection. */
export interface CollectionFilter {
  readonly year: number;
  readonly unit?: string | undefined;
}

/** Item of batches that the catalogue does not name. */
const UNNAMED = '';

const plan = (year: number): string =>
  JSON.stringify([
    ...CATALOGUE.flatMap(({ code, providerOffice, updateCycle }) =>
      periodsOf(updateCycle, providerOffice, year).map((period) => {
        return { item: code, unit: providerOffice, ...period };
      }),
    ),
    { item: UNNAMED, unit: null, ...periodsOf('', UNNAMED, year)[0] },
  ]);

/**
 * What came: import runs, and what was handed over without a file, a nil report or what comes by form,
 * which count as received (INV-18) unless they went back.
 */
const CAME = `
  select coalesce(catalogue_item, '') as item, unit, batch_id, received_on as falls_on, received_on,
    row_count, rejected_count, changed_count, state, errors, by_form from collection_batch
  union all
  select catalogue_item, office, null, period_from, submitted_on, coalesce(row_count, 0), 0, null,
    null, '[]', false from submitted_batch s
  where state <> 'RETURNED' and not exists (select from collection_batch b
    where b.batch_id::text = any(s.import_runs) and not b.by_form)`;

/** Single facts by form deliver no item that is due by a day: its office hands over a file, or says so. */
const DELIVERS = `not (b.by_form and p."dueOn" is not null)`;

/** What came in the periods that it falls into, and periods with a due day in which nothing came. */
export const ENTRIES = `
  with came as (${CAME}), entry as (
    select p.item, coalesce(b.unit, p.unit) as unit, p."dueOn" as due_on, b.batch_id, p."from",
      b.received_on, b.row_count, b.rejected_count, b.changed_count, b.state, b.errors,
      array[coalesce(b.unit, p.unit, ''), p.item, coalesce(p."dueOn"::text, ''),
        coalesce(b.received_on::text, ''), coalesce(b.batch_id::text, '')] as position
    from jsonb_to_recordset(?::jsonb) as p(item text, unit text, "from" date, until date, "dueOn" date)
    left join came b on b.item = p.item and b.falls_on between p."from" and p.until
      and ${DELIVERS}
    where (b.received_on is not null or p."dueOn" is not null)
      and (?::text is null or coalesce(b.unit, p.unit) = ?::text)
      and (?::text[] is null or coalesce(b.unit, p.unit) = any(?::text[]))
  )`;

/** One entry of the status, as it stands in the table. */
export interface Entry {
  readonly batchId: string | null;
  readonly office: string | null;
  readonly catalogueItem: string | null;
  readonly dueOn: string | null;
  readonly receivedOn: string | null;
  readonly rows: number | null;
  readonly rejected: number | null;
  readonly changed: number | null;
  readonly state: string | null;
  readonly errors: readonly BatchError[] | null;
  /** What the office handed over of the item and period, the latest. */
  readonly submissionId: string | null;
  readonly position: readonly string[];
}

/** Years that a calendar day can be of. */
const YEARS = { first: 2000, last: 2999 } as const;

/**
 * Of all units, or of the caller's own (OWN_UNIT).
 *
 * @throws VALIDATION for a year that is none.
 */
export async function entryParameters(
  ctx: Context,
  { year, unit = null as never }: CollectionFilter,
): Promise<unknown[]> {
  if (year < YEARS.first || year > YEARS.last) throw fault('VALIDATION', 'year');
  const isNarrow = ctx.predicates('COLLECTION').includes('OWN_UNIT');
  const own = isNarrow ? [...(await orgScope(ctx))] : null;
  return [plan(year), unit, unit, own, own];
}

/** Entries after a position, in the order of unit, item and day. */
export async function readEntries(
  ctx: Context,
  filter: CollectionFilter,
  after: readonly unknown[] | null,
  limit: number,
): Promise<Entry[]> {
  return execute<Entry>(
    ctx.em,
    `${ENTRIES}
     select batch_id as "batchId", unit as office, nullif(item, '') as "catalogueItem",
       due_on::text as "dueOn", received_on::text as "receivedOn", row_count as rows,
       rejected_count as rejected, changed_count as changed, state, errors, position,
       (select s.id from submitted_batch s where s.catalogue_item = entry.item
          and s.period_from = entry."from" order by s.state = 'RETURNED', s.recorded_at desc limit 1) as "submissionId"
     from entry where ?::text[] is null or position > ?::text[]
     order by position limit ?`,
    [...(await entryParameters(ctx, filter)), after, after, limit],
  );
}

/** What the rates of a year are made of, in one statement. */
export async function countEntries(ctx: Context, filter: CollectionFilter): Promise<Counts> {
  const [counts] = await execute<Counts>(
    ctx.em,
    `${ENTRIES}, period as (
       select due_on, min(received_on) as first_on, sum(row_count) as rows,
         sum(rejected_count) as rejected
       from entry group by item, due_on
     )
     select count(*) filter (where due_on < ?::date or first_on is not null)::int as due,
       count(first_on)::int as received, count(*) filter (where first_on <= due_on)::int as timely,
       (select coalesce(sum(rows), 0)::int from period) as rows,
       (select coalesce(sum(rejected), 0)::int from period) as rejected
     from period where due_on is not null`,
    [...(await entryParameters(ctx, filter)), ctx.today],
  );
  return counts ?? { due: 0, received: 0, timely: 0, rows: 0, rejected: 0 };
}
