import { addDays } from '@chengxin/kit/clock';
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Role } from '@chengxin/kit/privacy/roles';
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import DataLoader from 'dataloader';
import { formerNumbersOf } from '../student/former-numbers.loader.js';
import { AccessEvent } from './access-event.entity.js';
import { notOutsideReads, targetAllowed } from './access-event.predicates.js';
import type { Shown } from './access-event.rules.js';

/** How far `Student.accessEvents` reaches back; all of the log is in pages. */
const RECENT_DAYS = 30;

const AUDITOR: Role = 'AUDITOR';

/** What an auditor read is visible to everybody else after the audit closes (DOMAIN 3.4). */
const afterAudit = ({ now, identity }: Context): object =>
  identity.role === AUDITOR
    ? {}
    : {
        $or: [
          { actorRole: { $ne: AUDITOR } },
          { audit: { closesAt: null } },
          { audit: { closesAt: { $lte: now } } },
        ],
      };

/** Events of the log that the caller may see. */
export const accessRows: StudentRows<AccessEvent> = {
  entity: AccessEvent,
  group: 'ACCESS_LOG',
  predicates: { TARGET_ALLOWED: targetAllowed, NOT_OUTSIDE_READS: notOutsideReads },
  where: afterAudit,
  orderBy: { at: 'desc', id: 'desc' },
};

/** Events about a student of late, the latest first. */
export const recentAccessOf = studentRows<AccessEvent>({
  ...accessRows,
  formerOf: formerNumbersOf,
  where: (ctx) => ({
    $and: [{ at: { $gt: `${addDays(ctx.today, -RECENT_DAYS)}T00:00:00+08:00` } }, afterAudit(ctx)],
  }),
});

const PARTS = `
  select event_id as "eventId", allowed, masked, denied, student_count as "studentCount"
  from access_event_part where event_id in (select jsonb_array_elements_text(?::jsonb))`;

const batch = (ctx: Context) => async (ids: readonly string[]) => {
  const rows = await execute<Shown & { eventId: string }>(ctx.em, PARTS, [JSON.stringify(ids)]);
  const byEvent = Map.groupBy(rows, ({ eventId }) => eventId);
  return ids.map((id) => byEvent.get(id) ?? []);
};

/** What the offices showed within an event. */
export const partsOfEvent = (ctx: Context): DataLoader<string, Shown[]> =>
  ctx.loader(PARTS, () => new DataLoader<string, Shown[]>(batch(ctx)));
