import type { EntityManager } from '@chengxin/kit/database/orm';
import { dueAfterWorkingDays } from '../calendar/working-days.js';

/** Working days for a review [P]. Source: G7.3. */
const REVIEW_WORKING_DAYS = 10;

/** Day until which an entry that is submitted on a day is to be reviewed. */
export const reviewDueOn = (em: EntityManager, submittedOn: string): Promise<string> =>
  dueAfterWorkingDays(em, submittedOn, REVIEW_WORKING_DAYS);
