/** How a sanction that was decided is undone (2.4, L-06, T-06). */
import type { Act } from '@chengxin/kit/change/act';
import { notifyOfSanction } from './notify-sanction.js';
import { endRecords } from './sanction-records.js';
import { stateOfSanction } from './sanction-change.rules.js';
import { sanction } from './sanction.noun.js';

/**
 * An appeal was won: the sanction is annulled, and where the decision itself does not stand its records
 * are revoked in the same transaction (T-06: within one working day).
 *
 * @param revokes  Whether the records fall with it; they stay where another sanction is to follow.
 */
export async function overturn(
  sanctionId: string,
  { revokes }: { readonly revokes: boolean },
  act: Act,
): Promise<void> {
  const row = await act.also(sanction, sanctionId, stateOfSanction, 'sanction.overturn');
  await notifyOfSanction('SANCTION_ANNULLED')(row, act);
  if (revokes) await endRecords(row, 'conduct.revoke', act);
}
