/** When a consent ends, what a third party reported under it goes at once (INV-10, T-04, L-09). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Follower } from '@chengxin/kit/import/approval';
import { lockStudents } from '../lock-order.js';
import { destroyKeysOf, forgetNotices } from '../notify/forget-notices.js';
import { followRecords } from './follow.js';

const UNDER = `
  select student_no as "studentNo" from conduct_record where consent_id = any(?::text[])
  union select student_no from good_record where consent_id = any(?::text[])`;
/** What hangs on a record goes with it: appeals, and notices of either. */
const HANGING = `
  with record as (select id from conduct_record where consent_id = any(?::text[])),
    good as (select id from good_record where consent_id = any(?::text[])),
    appealed as (
      select id from appeal
      where record_id in (select id from record) or good_record_id in (select id from good)
    )
  select id from record union all select id from good union all select id from appealed
  union all select id from notice
    where record_id in (select id from record) or appeal_id in (select id from appealed)`;
const forget = (table: string): string => `
  delete from ${table} where consent_id = any(?::text[])`;
const FORGET_WAITING = `
  delete from parked_event where source = 'thirdparty' and payload->>'consentId' = any(?::text[])`;

/** Forget all that stood under consents that ended; the credit follows in the same transaction. */
export async function forgetUnder(
  em: EntityManager,
  now: Date,
  consentIds: readonly string[],
): Promise<void> {
  if (!consentIds.length) return;
  const rows = await execute<{ studentNo: string }>(em, UNDER, [consentIds, consentIds]);
  const studentNos = rows.map(({ studentNo }) => studentNo);
  await lockStudents(em, studentNos);
  const hanging = await execute<{ id: string }>(em, HANGING, [consentIds, consentIds]);
  await execute(em, forget('conduct_record'), [consentIds]);
  await execute(em, forget('good_record'), [consentIds]);
  await destroyKeysOf(
    em,
    hanging.map(({ id }) => id),
  );
  await forgetNotices(em, `n.consent_id = any(?::text[])`, [consentIds]);
  await execute(em, FORGET_WAITING, [consentIds]);
  await followRecords(em, now, studentNos);
}

/** Consents have changed: what one that ended, or became another, carried is forgotten. */
export const forgetEnded: Follower = (em, { approvedAt }, consents) =>
  forgetUnder(
    em,
    approvedAt,
    consents
      .filter(
        ({ isWithdrawn, isOther, expiresAt }) =>
          isWithdrawn === true ||
          isOther === true ||
          Date.parse(String(expiresAt)) <= approvedAt.getTime(),
      )
      .map(({ consentId }) => String(consentId)),
  );
