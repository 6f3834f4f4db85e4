/** Sanctions that rest on nothing any more (T-06). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { restsOnNothing } from '../../row-groups/procedure.groups.js';
import type { Sanction } from '../sanction.entity.js';

const UNFOUNDED = `
  select s.id from sanction s where s.id = any(?::uuid[]) and ${restsOnNothing('s.id')}`;

/** Whether all records of each of some sanctions were revoked. */
export async function areUnfounded(
  em: EntityManager,
  rows: readonly Sanction[],
): Promise<boolean[]> {
  const ids = rows.map(({ id }) => id);
  const found = await execute<{ id: string }>(em, UNFOUNDED, [ids]);
  const unfounded = new Set(found.map(({ id }) => id));
  return ids.map((id) => unfounded.has(id));
}
