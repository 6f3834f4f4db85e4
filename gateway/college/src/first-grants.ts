import { giveFirstGrants as give } from '@chengxin/archive/identity/first-grants';
import type { Clock } from '@chengxin/kit/clock';
import { forkOf } from '@chengxin/kit/database/orm';
import { DECIDING_OFFICE } from '@chengxin/gateway/offices';
import type { StartedOffices } from './parts.js';

/** Two student-affairs people, so that one can bring in what the other approves. */
const FIRST_ADMINS = 'T0001,T0002';

/** Give an empty archive its first two administrators; later starts change nothing. */
export async function giveFirstGrants({ offices }: StartedOffices, clock: Clock): Promise<void> {
  const archive = offices.get(DECIDING_OFFICE);
  if (!archive) return;
  const people = (process.env['CHENGXIN_FIRST_ADMINS'] ?? FIRST_ADMINS).split(',');
  await give(forkOf(archive.orm), clock.now(), people);
}
