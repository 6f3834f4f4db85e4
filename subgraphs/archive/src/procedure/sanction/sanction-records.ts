/** The records that a sanction rests on: found, linked, and ended with it (L-03, T-06). */
import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { lockVisible } from '@chengxin/kit/change/visible-row';
import { execute } from '@chengxin/kit/database/orm';
import type { ConductRecord } from '../../conduct/conduct-record.entity.js';
import { conductRecord } from '../../conduct/conduct-record.noun.js';
import { followRecords } from '../../conduct/follow.js';
import { followRevocation } from '../../conduct/follow-revocation.js';
import { endWithoutGrounds } from '../../supervision/end-without-grounds.js';
import type { Sanction } from '../sanction.entity.js';
import { freeOf } from './free-records.loader.js';
import { checkFree, type Grounds } from './sanction-change.rules.js';

/** @throws As `checkFree`. */
export async function requireFree(grounds: Grounds, { follow }: Act): Promise<void> {
  const [free] = await follow((em) => freeOf(em, [grounds]));
  checkFree(grounds, free);
}

/** @throws NOT_FOUND for one that the actor does not see. */
export async function visibleRecords(
  ctx: Context,
  ids: readonly string[],
): Promise<ConductRecord[]> {
  const records: ConductRecord[] = [];
  // Each is locked in its turn.
  for (const id of ids) records.push(await lockVisible(ctx, conductRecord, id));
  return records;
}

/** The student is notified: from now on its records, which are free, name the sanction. */
export async function linkRecords({ id, recordIds }: Sanction, act: Act): Promise<void> {
  for (const recordId of recordIds)
    await act.also(conductRecord, recordId, () => ({ sanctionId: id }));
}

const COUNTING = `
  select id from conduct_record
  where sanction_id = ?::uuid and state in ('ACTIVE', 'MITIGATED') order by id`;

/**
 * End what counts of its records with the sanction, and compute the credit anew. A revoked record is
 * disputed no more; one that is lifted keeps its mark as long as its appeal is open.
 */
export async function endRecords(
  { id, studentNo }: Pick<Sanction, 'id' | 'studentNo'>,
  action: 'conduct.lift' | 'conduct.revoke',
  act: Act,
): Promise<void> {
  const records = await act.follow((em) => execute<{ id: string }>(em, COUNTING, [id]));
  const over = () => (action === 'conduct.revoke' ? { disputed: false } : {});
  for (const record of records) await act.also(conductRecord, record.id, over, action);
  const follow = action === 'conduct.revoke' ? followRevocation : endWithoutGrounds;
  await follow(
    act,
    records.map((record) => record.id),
  );
  await act.follow((em, now) => followRecords(em, now, [studentNo]));
}
