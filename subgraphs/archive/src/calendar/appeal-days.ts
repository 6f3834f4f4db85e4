/** Deadlines of appeals against sanctions, in the days that the school has chosen (L-06). */
import { addDays } from '@chengxin/kit/clock';
import type { EntityManager } from '@chengxin/kit/database/orm';
import type { AppealDays } from '@chengxin/kit/server/config';
import { dueAfterWorkingDays } from './working-days.js';

/** What is known of the call: where the calendar stands, and how the office is set up. */
interface Known {
  readonly em: EntityManager;
  readonly office: { readonly config: { readonly appealDays?: AppealDays } } | undefined;
}

/**
 * The last of some days after a day (`YYYY-MM-DD`): of any kind, or working days where the school
 * counts those.
 *
 * @source L-06, DOMAIN 7 (calendar or working days: by configuration)
 */
export const appealDayAfter = async (
  { em, office }: Known,
  day: string,
  count: number,
): Promise<string> =>
  office?.config.appealDays === 'WORKING'
    ? dueAfterWorkingDays(em, day, count)
    : addDays(day, count);
