/** The records that a sanction rests on: found, linked, and ended with it (L-03, T-06). */
import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { lockVisible } from '@chengxin/kit/change/visible-row';
import { execute } from '@chengxin/kit/database/orm';
import type { ConductRecord } from '../../conduct/conduct-record.entity.js';
import { conductRecord } from '../../conduct/conduct-record.noun.js';
import { followRecords } from '../../conduct/follow.js';
import { endWithoutGrounds } from '../../supervision/end-without-grounds.js';
import type { Sanction } from '../sanction.entity.js';

/** A sanction lives from its draft until it is withdrawn or annulled; once lifted, its records do not count. */
const FREE = `
  select count(*)::integer as free from conduct_record r
  where r.id = any(?::uuid[]) and r.student_no = ? and r.state in ('ACTIVE', 'MITIGATED')
    and not r.disputed
    and not exists (select from sanction s
      where s.student_no = r.student_no and s.state not in ('WITHDRAWN', 'ANNULLED')
        and s.id is distinct from ?::uuid
        and (s.id = r.sanction_id or r.id::text = any(s.record_ids)))`;

const NOT_FREE =
  '所列记录须属同一学生、仍在计入、无未决异议，且没有其他处分或处分草案。 The records must be of one student, count, be undisputed, and stand under no other sanction or draft of one.';

/** What a sanction is to rest on; a draft has its number. */
export interface Grounds {
  readonly id?: string;
  readonly studentNo: string;
  readonly recordIds: readonly string[];
}

/** @throws STATE_CONFLICT unless all of them count, are undisputed, of the student, under no sanction. */
export async function requireFree(
  { id, studentNo, recordIds }: Grounds,
  { follow }: Act,
): Promise<void> {
  const [found] = await follow((em) =>
    execute<{ free: number }>(em, FREE, [recordIds, studentNo, id ?? null]),
  );
  if (found?.free !== recordIds.length) throw changeFault(ChangeErrorCode.STATE_CONFLICT, NOT_FREE);
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

/** The student is notified: from now on its records name the sanction. */
export async function linkRecords(row: Sanction, act: Act): Promise<void> {
  await requireFree(row, act);
  const { id, recordIds } = row;
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
  await endWithoutGrounds(
    act,
    records.map((record) => record.id),
  );
  await act.follow((em, now) => followRecords(em, now, [studentNo]));
}
