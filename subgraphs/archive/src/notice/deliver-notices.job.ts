/**
 * Delivers what was sent: to the portal always, where it stands from then on; then by the channels that
 * the school has (F-01).
 */
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import type { Act } from '@chengxin/kit/change/act';
import { jobWriter, type Writer } from '@chengxin/kit/change/writer';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { dueAfterWorkingDays } from '../calendar/working-days.js';
import type { Channel } from './channels/channel.js';
import { channelsOf, portalOf } from './channels/settings.js';
import { messageOf, sendOut } from './send-out.js';
import { waitOf } from '../notify/notice-text.js';
import type { Notice } from './notice.entity.js';
import { notice } from './notice.noun.js';
import { publishStanding } from './notice.publish.js';
import { delivered } from './notice.rules.js';

const NAME = 'deliverNotices';
const EVERY_MINUTE = '* * * * *';
/** Notices of one transaction. */
const AT_ONCE = 100;

/** Those that were sent before the run: what comes while it lasts waits for the next, or it were delivered before it was sent. */
const WAITING = `
  select id from notice where delivered_at is null and sent_at <= ?::timestamptz
  order by sent_at, id limit ${AT_ONCE}`;

/** What follows in the archive once the notice of a row of its own was delivered, by type of the row. */
export type OnDelivered = Readonly<Record<string, (of: Notice, act: Act) => Promise<unknown>>>;

/** The last day on which a statement to a notice of today is awaited; none where nobody waits. */
export async function lastDayOf(
  { em, today }: Pick<Writer, 'em' | 'today'>,
  { textVersion, kind }: Pick<Notice, 'textVersion' | 'kind'>,
): Promise<string | undefined> {
  const days = waitOf(textVersion, kind);
  return days ? dueAfterWorkingDays(em, today, days) : undefined;
}

/** What follows in the archive, where the row is its own; an office learns of it by its feed. */
export async function followDelivery(
  row: Notice,
  act: Act,
  onDelivered: OnDelivered,
): Promise<void> {
  if (row.subjectSubgraph === 'archive') await onDelivered[row.subjectTypename]?.(row, act);
}

async function deliver(writer: Writer, id: string, onDelivered: OnDelivered): Promise<void> {
  await changeByJob(
    writer,
    'notice.deliver',
    notice,
    id,
    async (row, act) => delivered(await lastDayOf(writer, row))(row, act),
    async (row, act) => {
      await publishStanding(row, act);
      await followDelivery(row, act, onDelivered);
    },
  );
}

/** Some notices in one transaction; answers how many there were. */
const deliverSome = ({ orm, config }: OfficeParts, at: Date, onDelivered: OnDelivered) =>
  withRetries(() =>
    forkOf(orm).transactional(async (inner) => {
      const em = inner as EntityManager;
      const writer = jobWriter(NAME, { em, keyring: config.keyring, at });
      const waiting = await execute<{ id: string }>(em, WAITING, [at]);
      for (const { id } of waiting) await deliver(writer, id, onDelivered);
      return waiting.length;
    }),
  );

export function deliverNotices(onDelivered: OnDelivered): Job {
  let channels: readonly Channel[] | undefined;
  return {
    name: NAME,
    cron: EVERY_MINUTE,
    async run(office, at) {
      while ((await deliverSome(office, at, onDelivered)) === AT_ONCE);
      const { clock, log } = office.config;
      channels ??= channelsOf(process.env, clock, log);
      await sendOut(office, at, channels, messageOf(portalOf(process.env)));
    },
  };
}
