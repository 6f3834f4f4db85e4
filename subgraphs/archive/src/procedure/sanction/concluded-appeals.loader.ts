/** What the appeal committee has concluded on sanctions that it does not uphold (L-06). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Sanction } from '../sanction.entity.js';

const RECOMMENDED = `
  select sanction_id as id from appeal where sanction_id = any(?::uuid[])
    and state in ('RECOMMEND_CHANGE', 'SUSPENDED_EXECUTION')`;

/** Whether the committee wants each of some sanctions changed or suspended. */
export async function areNotUpheld(
  em: EntityManager,
  rows: readonly Sanction[],
): Promise<boolean[]> {
  const ids = rows.map(({ id }) => id);
  const found = await execute<{ id: string }>(em, RECOMMENDED, [ids]);
  const concluded = new Set(found.map(({ id }) => id));
  return ids.map((id) => concluded.has(id));
}
