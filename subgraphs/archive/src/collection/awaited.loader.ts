/** What units are to deliver, or to complete, in the periods of today (W-09). */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { cell } from '@chengxin/kit/privacy/matrix';
import { officeOf } from '../org/own-office.js';
import { orgScope } from '../org/scope.loader.js';
import { CATALOGUE } from '../rules/catalogue-item.loader.js';
import { periodOn } from './collection.rules.js';

/** Items of one kind, and the first day on which one of them was due. */
interface Awaited {
  readonly count: number;
  readonly dueOn: string | null;
}
export interface AwaitedItems {
  /** Nothing came by the day on which it was due. */
  readonly late: Awaited;
  /** Of what came last, rows were rejected. */
  readonly incomplete: Awaited;
}

/**
 * The last file of each item in its period, and what was handed over of it: a single fact by form
 * delivers no item. What was handed over is with Student Affairs, unless it goes back.
 */
const AWAITED = `
  with latest as (
    select distinct on (p.item) p."dueOn" as due_on,
      coalesce(b.batch_id::text, s.id::text) is null and p."dueOn" < ?::date as is_late,
      b.rejected_count > 0 and coalesce(s.recorded_at < b.received_at, true) as is_incomplete
    from jsonb_to_recordset(?::jsonb) as p(item text, "from" date, until date, "dueOn" date)
    left join collection_batch b on b.catalogue_item = p.item and not b.by_form
      and b.received_on between p."from" and p.until
    left join submitted_batch s on s.catalogue_item = p.item and s.period_from = p."from"
      and s.state <> 'RETURNED'
    order by p.item, b.received_at desc, b.batch_id
  )
  select (count(*) filter (where is_late))::int as late,
    (min(due_on) filter (where is_late))::text as "lateOn",
    (count(*) filter (where is_incomplete))::int as incomplete,
    (min(due_on) filter (where is_incomplete))::text as "incompleteOn"
  from latest`;

interface Found {
  readonly late: number;
  readonly lateOn: string | null;
  readonly incomplete: number;
  readonly incompleteOn: string | null;
}

/** Units whose people a caller is one of: those of his grants, or the office that he works for. */
async function ownUnits(ctx: Context): Promise<ReadonlySet<string>> {
  const { role } = ctx.identity;
  const office = officeOf(role);
  if (office === undefined || cell(role, 'COLLECTION').effect !== 'ALLOW') return new Set();
  return ctx.predicates('COLLECTION').includes('OWN_UNIT') ? orgScope(ctx) : new Set([office]);
}

/** What waits of the caller's own units; nothing for who supplies nothing. */
export async function awaitedOf(ctx: Context): Promise<AwaitedItems | undefined> {
  const units = await ownUnits(ctx);
  const items = CATALOGUE.flatMap(({ code, providerOffice, updateCycle }) => {
    const period = periodOn(updateCycle, providerOffice, ctx.today);
    return period && units.has(providerOffice) ? [{ item: code, ...period }] : [];
  });
  if (!items.length) return undefined;
  const [found] = await execute<Found>(ctx.em, AWAITED, [ctx.today, JSON.stringify(items)]);
  return (
    found && {
      late: { count: found.late, dueOn: found.lateOn },
      incomplete: { count: found.incomplete, dueOn: found.incompleteOn },
    }
  );
}
