/** With a consent goes at once what a third party told under it (INV-10, T-04, L-09). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { ImportJob } from '@chengxin/kit/import/job';
import { lockStudents } from '../lock-order.js';
import { computeSnapshots } from '../credit/compute-snapshots.js';

/** What a consent said when facts came in under it. */
interface Said {
  readonly consentId: string;
  readonly studentNo: string;
  readonly purpose: string;
  readonly recipientUscc: string;
}

const SAID = `
  select consent_id as "consentId", student_no as "studentNo", purpose,
    recipient_uscc as "recipientUscc"
  from consent
  where consent_id in (select value->>'consentId' from import_row where batch_id = ?::uuid)
  order by consent_id`;

const ENDED = `
  select c.consent_id as "consentId" from consent c
  join jsonb_to_recordset(?::jsonb)
    as s("consentId" text, "studentNo" text, purpose text, "recipientUscc" text)
    on s."consentId" = c.consent_id
  where c.withdrawn_at is not null or c.expires_at <= ?::timestamptz
    or (c.student_no, c.purpose, c.recipient_uscc)
      <> (s."studentNo", s.purpose, s."recipientUscc")`;

const UNDER = `
  select student_no as "studentNo" from conduct_record where consent_id = any(?::text[])
  union select student_no from good_record where consent_id = any(?::text[])`;
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
  await execute(em, forget('conduct_record'), [consentIds]);
  await execute(em, forget('good_record'), [consentIds]);
  await execute(em, FORGET_WAITING, [consentIds]);
  await computeSnapshots(em, now, studentNos);
}

/** Consents are written down anew; what one that ended, or changed, carried is forgotten. */
export const withForgetting =
  (put: ImportJob['apply']): ImportJob['apply'] =>
  async (em, approval) => {
    const said = await execute<Said>(em, SAID, [approval.batchId]);
    const changed = await put(em, approval);
    const ended = await execute<Said>(em, ENDED, [JSON.stringify(said), approval.approvedAt]);
    await forgetUnder(
      em,
      approval.approvedAt,
      ended.map(({ consentId }) => consentId),
    );
    return changed;
  };
