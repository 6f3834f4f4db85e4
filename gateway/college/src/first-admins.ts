import { giveFirstAdmins as give, hasAdmins } from '@chengxin/archive/identity/first-admins';
import type { Clock } from '@chengxin/kit/clock';
import { forkOf } from '@chengxin/kit/database/orm';
import { DECIDING_OFFICE } from '@chengxin/gateway/offices';
import type { StartedOffices } from './parts.js';

/** Of the demo, two people of student affairs: one imports what the other approves. */
const OF_THE_DEMO = 'T0001,T0002';

/**
 * Give a college its first two administrators; later starts change nothing.
 *
 * @throws Error when it has none, and is not the demo, and nobody is named.
 */
export async function giveFirstAdmins(
  { offices }: StartedOffices,
  clock: Clock,
  isEmpty: boolean,
): Promise<void> {
  const archive = offices.get(DECIDING_OFFICE);
  if (!archive) return;
  const em = forkOf(archive.orm);
  if (await hasAdmins(em)) return;
  const people = process.env['CHENGXIN_FIRST_ADMINS'] || (isEmpty ? '' : OF_THE_DEMO);
  if (!people)
    throw new Error(
      'Nobody administers this college yet: set CHENGXIN_FIRST_ADMINS to two staff numbers, for example T0001,T0002.',
    );
  await give(em, clock.now(), people.split(','));
}
