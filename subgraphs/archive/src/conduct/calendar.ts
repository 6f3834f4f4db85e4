/** Credit that changes with the calendar alone: lines fade, consents end (DOMAIN 4.5, INV-10). */
import { execute, forkOf, type EntityManager, type Orm } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import { CLOSED_ARCHIVE } from '../life-cycle/archive/read-only.rules.js';
import { listed } from '../row-groups/row-groups.js';
import { judgeWaiting } from './conduct-topics.consume.js';
import { forgetUnder } from './forget-under.js';
import { followRecords } from './follow.js';

/** Students of one transaction: an event about one of them meanwhile waits no longer than that. */
const AT_ONCE = 1000;

const ENDED = `
  select c.consent_id as "consentId" from consent c where c.expires_at <= ?::timestamptz
    and (exists (select from conduct_record r where r.consent_id = c.consent_id)
      or exists (select from good_record r where r.consent_id = c.consent_id))`;

/** Without a record that counts, a score is 100.00 on every day; a closed archive is not scored (T-05). */
const COUNTING = `
  select student_no as "studentNo" from (
    select student_no from conduct_record where state in ('ACTIVE', 'MITIGATED')
    union select student_no from good_record where state = 'APPROVED') r
  where not exists (select from archive a
    where a.student_no = r.student_no and a.state in (${listed(CLOSED_ARCHIVE)}))
  order by 1`;

const inTransaction = (orm: Orm, work: (em: EntityManager) => Promise<void>): Promise<void> =>
  withRetries(() => forkOf(orm).transactional((em) => work(em as EntityManager)));

/**
 * Bring every student's credit to a day. A snapshot is written only where it differs from the
 * latest, so that a second run, or one on another replica, changes nothing.
 */
export async function followCalendar(orm: Orm, now: Date): Promise<void> {
  const ended = await execute<{ consentId: string }>(forkOf(orm), ENDED, [now]);
  await inTransaction(orm, (em) =>
    forgetUnder(
      em,
      now,
      ended.map(({ consentId }) => consentId),
    ),
  );
  // What waited for a rule may find it since this version of the product runs.
  await inTransaction(orm, (em) => judgeWaiting(em, now));
  const counting = await execute<{ studentNo: string }>(forkOf(orm), COUNTING);
  const studentNos = counting.map(({ studentNo }) => studentNo);
  for (let from = 0; from < studentNos.length; from += AT_ONCE)
    await inTransaction(orm, (em) =>
      followRecords(em, now, studentNos.slice(from, from + AT_ONCE)),
    );
}

/** Ten minutes into each day, when the calendar has moved on. */
export const followCalendarDaily: Job = {
  name: 'computeSnapshots',
  cron: '10 0 * * *',
  run: ({ orm }, at) => followCalendar(orm, at),
};
