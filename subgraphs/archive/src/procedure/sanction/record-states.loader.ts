/** What the records that sanctions rest on have come to (T-06). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { restsOnNothing } from '../../row-groups/procedure.groups.js';
import type { Sanction } from '../sanction.entity.js';

/** Which of some sanctions a condition on `s` holds of, in one statement. */
const areSuch =
  (condition: string) =>
  async (em: EntityManager, rows: readonly Sanction[]): Promise<boolean[]> => {
    const ids = rows.map(({ id }) => id);
    const sql = `select s.id from sanction s where s.id = any(?::uuid[]) and ${condition}`;
    const found = await execute<{ id: string }>(em, sql, [ids]);
    const such = new Set(found.map(({ id }) => id));
    return ids.map((id) => such.has(id));
  };

/** Whether all records of each of some sanctions were revoked. */
export const areUnfounded = areSuch(restsOnNothing('s.id'));

/** Whether one of the records of each is disputed. */
export const areDisputed = areSuch(
  `exists (select from conduct_record r where r.sanction_id = s.id and r.disputed)`,
);
