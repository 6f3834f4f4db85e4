/** Early warnings that lie with the caller: those of `warningQueue` (4.7). */
import type { Context } from '@chengxin/kit/call/context';
import { warning } from '../supervision/warning.noun.js';
import { waitingFor } from '../warning/waiting-warnings.js';
import { OwnTaskKind } from './own-task.js';
import { readable, waiting, type Waiting } from './waiting-rows.js';

/** How many wait, and the first day of those that have one. */
export async function warnings(ctx: Context): Promise<Waiting> {
  const handled = waitingFor(ctx.identity.role);
  if (!handled) return undefined;
  const where = [...handled, ...(await readable(ctx, warning, 'warning.handle'))];
  const [[first], count] = await ctx.em.findAndCount(warning.entity, { $and: where } as never, {
    limit: 1,
    orderBy: { dueBy: 'asc', id: 'asc' },
    disableIdentityMap: true,
  });
  return waiting(OwnTaskKind.HANDLE_WARNINGS, count, first?.dueOn ?? undefined);
}
