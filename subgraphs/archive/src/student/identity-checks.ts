/** How often one person may compare ID numbers in a day. Source: F-05. */
import type { Act } from '@chengxin/kit/change/act';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import { IdentityDisclosureKind } from './identity-disclosure.entity.js';
import { CHECKS_A_DAY, secondsToNextDay } from './identity-disclosure.rules.js';

/** Those of one person wait for one another, so that several at once are not more. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('identity-check ' || ?, 0))`;

const COUNT = `
  select count(*)::int as checks from identity_disclosure
  where recorded_by = ? and kind = '${IdentityDisclosureKind.ID_NUMBER_CHECK}'
    and recorded_at >= ?::date::timestamp at time zone interval '8 hours'`;

/** @throws RATE_LIMITED once somebody has compared as often today as one may. */
export const requireCheckLeft = ({ by, now, today, follow }: Act): Promise<void> =>
  follow(async (em) => {
    await execute(em, LOCK, [by.subject]);
    const [row] = await execute<{ checks: number }>(em, COUNT, [by.subject, today]);
    if ((row?.checks ?? 0) >= CHECKS_A_DAY)
      throw fault('RATE_LIMITED', `lastSix: ${CHECKS_A_DAY}/天。 ${CHECKS_A_DAY} a day.`, {
        retryAfterSeconds: secondsToNextDay(now, today),
      });
  });
