/** How a sanction that was decided is undone (2.4, L-06, T-06). */
import type { Act } from '@chengxin/kit/change/act';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { execute } from '@chengxin/kit/database/orm';
import type { Sanction } from '../sanction.entity.js';
import { SanctionState } from '../sanction-state.js';
import { notifyOfSanction } from './notify-sanction.js';
import { endRecords } from './sanction-records.js';
import { stateOfSanction } from './sanction-change.rules.js';
import { sanction } from './sanction.noun.js';

const RECOMMENDED = `
  select 1 from appeal where sanction_id = ?::uuid
    and state in ('RECOMMEND_CHANGE', 'SUSPENDED_EXECUTION')`;

const UNDER_APPEAL = '申诉尚未作出结论，或已维持。 Its appeal is open, or the sanction was upheld.';

/**
 * While it is under appeal, the school does not anticipate the committee: it annuls a sanction on the
 * committee's conclusion alone, to decide anew.
 *
 * @throws STATE_CONFLICT
 */
export async function requireConclusion({ id, state }: Sanction, { follow }: Act): Promise<void> {
  if (state !== SanctionState.APPEALED) return;
  const found = await follow((em) => execute(em, RECOMMENDED, [id]));
  if (!found.length) throw changeFault(ChangeErrorCode.STATE_CONFLICT, UNDER_APPEAL);
}

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
