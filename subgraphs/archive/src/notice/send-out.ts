/** Sends by the channels beside the portal, tries again what failed, and keeps how it went (F-01). */
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import type { Channel, Message, Recipient, Sent } from './channels/channel.js';

const ATTEMPTS_AT_MOST = 6;
const FIRST_PAUSE_MS = 60_000;
const PAUSE_GROWTH = 4;
/** Messages of one run: the next one goes on. */
const AT_ONCE = 200;

/** What waits from now on: each delivered notice, by each channel that the school has. */
const ENQUEUE = `
  insert into notice_delivery (notice_id, channel, state, next_at, changed_at)
  select n.id, c, 'WAITING', ?::timestamptz, ?::timestamptz from notice n
  cross join unnest(?::text[]) c
  where n.delivered_at is not null and n.delivered_at > ?::timestamptz - interval '7 days'
    and n.acknowledged_at is null
  on conflict do nothing`;

/** A row that is being sent is left alone by another replica until its time has come again. */
const TAKE = `
  update notice_delivery d set attempts = attempts + 1, next_at = ?::timestamptz
    + (interval '1 millisecond' * ${FIRST_PAUSE_MS} * power(${PAUSE_GROWTH}, d.attempts))
  where (d.notice_id, d.channel) in (select w.notice_id, w.channel from notice_delivery w
    where w.state = 'WAITING' and w.next_at <= ?::timestamptz and w.channel = any(?::text[])
    order by w.next_at limit ${AT_ONCE} for update skip locked)
  returning d.notice_id as id, d.channel, d.attempts`;

const RECIPIENTS = `
  select n.id, n.student_no as "studentNo", s.email from notice n
  join student s using (student_no) where n.id = any(?::uuid[])`;

const KEEP = `
  update notice_delivery set state = ?, changed_at = ? where notice_id = ?::uuid and channel = ?`;

interface Taken {
  readonly id: string;
  readonly channel: string;
  readonly attempts: number;
}

/** What a message says: that there is a notice, and where; never what it is about. */
export const messageOf = (portal: string): Message => ({
  subject: '您有一条新的通知 A notice waits for you',
  text: `请登录诚信档案系统查看。 Log in to your integrity archive to read it.${portal && `\n${portal}`}`,
});

/** How a delivery stands after an attempt. */
function stateAfter(sent: Sent, attempts: number): string {
  if (sent === 'DELIVERED') return 'DELIVERED';
  if (sent === 'BOUNCED') return 'BOUNCED';
  return sent === 'LATER' && attempts < ATTEMPTS_AT_MOST ? 'WAITING' : 'GIVEN_UP';
}

async function recipientsOf(em: EntityManager, taken: readonly Taken[]) {
  const ids = taken.map(({ id }) => id);
  const rows = await execute<Recipient & { id: string }>(em, RECIPIENTS, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Send what waits. No transaction is open while a channel is waited for. */
export async function sendOut(
  { orm }: OfficeParts,
  at: Date,
  channels: readonly Channel[],
  message: Message,
): Promise<void> {
  if (!channels.length) return;
  const em = forkOf(orm);
  const byName = new Map<string, Channel>(channels.map((one) => [one.channel, one]));
  const names = [...byName.keys()];
  await execute(em, ENQUEUE, [at, at, names, at]);
  const taken = await execute<Taken>(em, TAKE, [at, at, names]);
  const recipients = await recipientsOf(em, taken);
  for (const { id, channel, attempts } of taken) {
    const to = recipients.get(id);
    const sent = (to && (await byName.get(channel)?.send(to, message))) ?? 'UNREACHABLE';
    await execute(em, KEEP, [stateAfter(sent, attempts), at, id, channel]);
  }
}
