/** What the school has laid down that a sanction rests on: its list, its meetings (L-16, Z5.5.1). */
import type { Act } from '@chengxin/kit/change/act';
import { execute } from '@chengxin/kit/database/orm';
import type { SanctionBasis } from './sanction-decision.rules.js';

const BASIS = `
  select array(select code from measure_list_item where subject_type = 'STUDENT' order by code)
      as listed,
    exists (select from resolution r join meeting m on m.meeting_id = r.meeting_id
      where r.resolution_no = ? and m.state in ('HELD', 'MINUTED')) as "isResolved"`;

/** @param resolutionNo  The resolution that the decision names. */
export async function sanctionBasis(
  resolutionNo: string | undefined,
  { follow }: Act,
): Promise<SanctionBasis> {
  const [basis] = await follow((em) => execute<SanctionBasis>(em, BASIS, [resolutionNo ?? null]));
  return basis ?? { listed: [], isResolved: false };
}
