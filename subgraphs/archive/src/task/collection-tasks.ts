/** What waits for the people of a unit of what it supplies by the catalogue (W-09, G5.3). */
import type { Context } from '@chengxin/kit/call/context';
import { awaitedOf } from '../collection/awaited.loader.js';
import { OwnTaskKind } from './own-task.js';
import { waiting, type Waiting } from './waiting-rows.js';

/** Items that are overdue, and batches of which rows were rejected; of the own unit alone. */
export async function collectionItems(ctx: Context): Promise<Waiting[]> {
  const awaited = await awaitedOf(ctx);
  if (!awaited) return [];
  const { late, incomplete } = awaited;
  return [
    waiting(OwnTaskKind.DELIVER_LATE_ITEMS, late.count, late.dueOn ?? undefined),
    waiting(OwnTaskKind.COMPLETE_BATCHES, incomplete.count, incomplete.dueOn ?? undefined),
  ];
}
