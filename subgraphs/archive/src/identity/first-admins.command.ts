import { forkOf } from '@chengxin/kit/database/orm';
import type { OfficeCommand } from '@chengxin/kit/server/run';
import { giveFirstAdmins } from './first-admins.js';

const USAGE = 'Usage: npm run first-admins -w @chengxin/archive -- <staff number> <staff number>';
const EXIT_USAGE = 2;

/** `npm run first-admins -w @chengxin/archive -- T0001 T0002`, once in the life of a college. */
export const firstAdmins: OfficeCommand = async ({ orm, config }, people) => {
  if (people.length !== 2) {
    process.stderr.write(`${USAGE}\n`);
    return EXIT_USAGE;
  }
  if (!(await giveFirstAdmins(forkOf(orm), config.clock.now(), people)))
    throw new Error(
      'This college has had an administrator: who holds SCHOOL_ADMIN grants the rest.',
    );
  process.stdout.write(`${people.join(' and ')} hold SCHOOL_ADMIN.\n`);
  return 0;
};
