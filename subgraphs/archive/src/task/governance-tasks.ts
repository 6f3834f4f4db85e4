/** What waits for those who plan and who approve meetings of the leading group (W-09, Z4.2, INV-14). */
import { actionOf } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { OwnTaskKind } from './own-task.js';
import { waiting, type Waiting } from './waiting-rows.js';

const HANDLED_BY = ['meeting.plan', 'meeting.approve'];
const WARNED_FROM = '10-01';
const LAST_DAY = '12-31';

const MISSING = `
  select count(*)::integer as count from leading_group g
  where g.set_up_on <= ?::date and (g.dissolved_on is null or g.dissolved_on > ?::date)
    and not exists (select from meeting m where m.year = ? and m.state in ('HELD', 'MINUTED'))`;

/** From 1 October on: the leading group has held no meeting in this year. */
export async function yearlyMeeting({ em, identity, today }: Context): Promise<Waiting> {
  const { role, purpose } = identity;
  const [year, day] = [today.slice(0, 4), today.slice(5)];
  const isHandler = HANDLED_BY.some(
    (name) => actionOf(name)?.rights.get(role)?.purpose === purpose,
  );
  if (!isHandler || day < WARNED_FROM) return undefined;
  const [found] = await execute<{ count: number }>(em, MISSING, [today, today, Number(year)]);
  return waiting(OwnTaskKind.HOLD_YEARLY_MEETING, found?.count ?? 0, `${year}-${LAST_DAY}`);
}
