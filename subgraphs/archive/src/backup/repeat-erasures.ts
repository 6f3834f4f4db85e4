/**
 * The archive was put back from a backup: students who were destroyed since go again, consents that were
 * withdrawn since end again, before anybody reads anything (3.6, INV-11, L-09).
 */
import { erasedAs, type Erasure } from '@chengxin/kit/backup/journal';
import type { RepeatErasures } from '@chengxin/kit/backup/parts';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { forgetUnder } from '../conduct/forget-under.js';
import { macOfStudent, PUBLISH_GONE, putTombstone } from '../closing/tombstone.js';
import { lockStudent } from '../lock-order.js';

export const DESTROYED = 'archive.destroy';
export const WITHDRAWN = 'consent.withdraw';

interface Student {
  readonly studentNo: string;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
}

const STUDENTS = `
  select s.student_no as "studentNo", a.opened_on::text as "openedOn", a.closed_on::text as "closedOn"
  from student s left join archive a using (student_no)
  union
  select a.student_no, a.opened_on::text, a.closed_on::text from archive a order by 1`;

const OVER = `update archive set state = 'DESTROYED', version = version + 1 where student_no = ?`;
const ERASE = 'select destroy_archive(?)';
const LOG = `
  insert into operation_log (at, actor, role, action, target, request_id)
  values (?, 'job:restore', 'SYS_OPERATOR', ?, ?, gen_random_uuid()::text)`;

/** Where and when something went. */
type Erased = ReadonlyMap<string, string>;

const erasedBy = (erasures: readonly Erasure[], action: string): Erased =>
  new Map(
    erasures
      .filter((one) => one.action === action)
      .map(({ subject, at }) => [subject, at] as const),
  );

const inTransaction = <T>({ orm }: OfficeParts, work: (em: EntityManager) => Promise<T>) =>
  forkOf(orm).transactional((inner) => work(inner as EntityManager));

async function destroyAgain(parts: OfficeParts, erased: Erased, now: Date): Promise<void> {
  const { keyring } = parts.config;
  for (const student of await execute<Student>(forkOf(parts.orm), STUDENTS)) {
    const { studentNo, openedOn, closedOn } = student;
    const destroyedOn = erased.get(macOfStudent(keyring, studentNo));
    if (!destroyedOn) continue;
    await inTransaction(parts, async (em) => {
      await lockStudent(em, studentNo);
      await execute(em, OVER, [studentNo]);
      await execute(em, PUBLISH_GONE, [now, studentNo, now, studentNo]);
      await putTombstone(em, keyring, {
        studentNo,
        openedOn: openedOn ?? destroyedOn,
        closedOn: closedOn ?? destroyedOn,
        destroyedOn,
      });
      await execute(em, ERASE, [studentNo]);
      await execute(em, LOG, [now, DESTROYED, `Archive ${studentNo} ${studentNo}`]);
    });
  }
}

const GIVEN = `
  select consent_id as "consentId" from consent
  where granted_at is not null and withdrawn_at is null order by 1`;
const WITHDRAW = `
  with changed as (
    update consent set withdrawn_at = ?::timestamptz, version = version + 1
    where consent_id = ? and withdrawn_at is null returning consent_id, student_no, version)
  insert into outbox (topic, key, version, at)
  select 'consent', consent_id, version, ?::timestamptz from changed`;
const OWNER = 'select student_no as "studentNo" from consent where consent_id = ?';

async function withdrawAgain(parts: OfficeParts, erased: Erased, now: Date): Promise<void> {
  for (const { consentId } of await execute<{ consentId: string }>(forkOf(parts.orm), GIVEN)) {
    const at = erased.get(erasedAs(parts.config.keyring, 'Consent', consentId));
    if (!at) continue;
    await inTransaction(parts, async (em) => {
      await execute(em, WITHDRAW, [at, consentId, now]);
      await forgetUnder(em, now, [consentId]);
      const [owner] = await execute<{ studentNo: string }>(em, OWNER, [consentId]);
      const target = `Consent ${consentId} ${owner?.studentNo ?? ''}`.trim();
      await execute(em, LOG, [now, WITHDRAWN, target]);
    });
  }
}

export const repeatErasures: RepeatErasures = async (parts, erasures, at) => {
  await withdrawAgain(parts, erasedBy(erasures, WITHDRAWN), at);
  await destroyAgain(parts, erasedBy(erasures, DESTROYED), at);
};
