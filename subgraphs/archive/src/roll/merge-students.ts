/** Two archives of one person become one (F-07, docs/decisions/0066). */
import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { requireChangeable } from '@chengxin/kit/change/door';
import { tableRow } from '@chengxin/kit/change/authorization';
import { lockVisible } from '@chengxin/kit/change/visible-row';
import { execute } from '@chengxin/kit/database/orm';
import { ConsentPurpose } from '../consent/consent.entity.js';
import { consent } from '../consent/consent.noun.js';
import { endConsent } from '../consent-life/follow-consent.js';
import { computeSnapshots } from '../credit/compute-snapshots.js';
import { account } from '../life-cycle/account/account.noun.js';
import { archive } from '../life-cycle/archive.noun.js';
import { stateAlone } from '../life-cycle/archive/entry.rules.js';
import { commitment } from '../life-cycle/commitment/commitment.noun.js';
import { publishExcuses } from '../loan/excuse.publish.js';
import { sendNotices } from '../notify/send-notices.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import { listed } from '../row-groups/row-groups.js';
import { student } from '../student/student.noun.js';
import type { Student } from '../student/student.entity.js';
import { releaseSteps } from './release-steps.js';
import { PUBLISH_MOVED } from './renumber-student.js';
import { pairsOf, type Numbers } from './pair.loader.js';
import type { StudentMerge } from './student-merge.entity.js';
import { endingWith, filledFrom, requireMergeable, type Leaving } from './student-merge.rules.js';

/**
 * The student whose number is given up: visible to the actor like the other.
 *
 * @throws NOT_FOUND; STATE_CONFLICT where nothing of him changes any more.
 */
export async function duplicateOf(
  ctx: Context,
  action: string,
  { duplicateNo }: Numbers,
): Promise<Student> {
  const other = await lockVisible(ctx, student, duplicateNo, { more: ['ADMINISTRATION'] });
  await requireChangeable(ctx, tableRow(action), other);
  return other;
}

/** @throws VALIDATION, STATE_CONFLICT as `requireMergeable`. */
export async function requirePair(numbers: Numbers, { follow }: Act): Promise<void> {
  const [pair] = await follow((em) => pairsOf(em, [numbers]));
  if (!pair) throw new Error('Two students are locked.');
  requireMergeable(pair);
}

/** Purposes by which data leave the school for somebody who reads them there. */
const TO_OTHERS = [ConsentPurpose.EMPLOYER_REPORT, ConsentPurpose.PROVIDER_SHARE];

const LEAVING = `
  select consent_id as "consentId", student_no as "studentNo", purpose,
    recipient_uscc as "recipientUscc", field_groups as "fieldGroups", expires_at as "expiresAt"
  from consent where student_no in (?, ?) and purpose in (${listed(TO_OTHERS)})
    and granted_at is not null and withdrawn_at is null and expires_at > ?
  order by granted_at, consent_id`;

/** The stricter of two consents holds, and none is stricter than one. */
async function endWiderConsents({ studentNo, duplicateNo }: Numbers, act: Act): Promise<void> {
  const given = await act.follow((em, now) =>
    execute<Leaving>(em, LEAVING, [studentNo, duplicateNo, now]),
  );
  const { now } = act;
  const consents = given.map((one) => ({ ...one, expiresAt: new Date(one.expiresAt) }));
  for (const id of endingWith(consents)) {
    const ended = await act.also(
      consent,
      id,
      () => ({ expiresAt: now, expiredAt: now }),
      'consent.expire',
    );
    await endConsent(ended, act);
  }
}

/** Offers that wait beside a promise to the same office in the same matter. */
const OFFERED_TWICE = `
  select o.id from commitment o
  where o.student_no = ? and o.state = 'OFFERED' and exists (select from commitment c
    where c.student_no = ? and (c.matter, c.owner_office, coalesce(c.business_ref, ''))
        = (o.matter, o.owner_office, coalesce(o.business_ref, ''))
      and c.state in ('OFFERED', 'SIGNED', 'IN_FORCE', 'BREACH_REPORTED', 'RECTIFYING'))`;

const OPEN_ACCOUNT = `select 1 from account where subject = ? and state in ('ACTIVATED', 'LOCKED')`;
const OPEN_ARCHIVE = `
  select 1 from archive where student_no = ? and state not in ('VOID', 'DESTROYED')`;

/** Each keeps the archive of the number that is given up until that day, as at a transfer (G11). */
const END_STEWARDS = `
  update steward_assignment set to_day = ?::date
  where student_no = ? and from_day <= ?::date and (to_day is null or to_day > ?::date)`;

/** What ends with the number that is given up, each by an action of its own. */
async function endOfDuplicate(row: StudentMerge, act: Act): Promise<void> {
  const { studentNo, duplicateNo } = row;
  const { also, follow, today } = act;
  await releaseSteps(duplicateNo, act);
  await follow((em) => execute(em, END_STEWARDS, [today, duplicateNo, today, today]));
  await endWiderConsents(row, act);
  const offers = await follow((em) =>
    execute<{ id: string }>(em, OFFERED_TWICE, [duplicateNo, studentNo]),
  );
  for (const { id } of offers) await also(commitment, id, () => ({}), 'commitment.expire');
  const isThere = (sql: string) =>
    follow(async (em) => (await execute(em, sql, [duplicateNo])).length > 0);
  if (await isThere(OPEN_ACCOUNT)) await also(account, duplicateNo, () => ({}), 'account.close');
  if (await isThere(OPEN_ARCHIVE)) await also(archive, duplicateNo, stateAlone, 'archive.merge');
}

const MERGE = 'select merge_in_archive(?, ?, ?)';

/**
 * Make one of two. The log keeps the other student as he was; what the one who stays does not say is
 * taken from him.
 */
export async function mergeStudentRows(row: StudentMerge, act: Act): Promise<void> {
  const { id, studentNo, duplicateNo } = row;
  const { also, follow } = act;
  await endOfDuplicate(row, act);
  const other = await also(student, duplicateNo, () => ({}));
  await also(student, studentNo, (stays) => filledFrom(stays, other));
  await follow(async (em, now) => {
    await execute(em, MERGE, [duplicateNo, studentNo, now]);
    await publishExcuses(em, now, [studentNo]);
    await computeSnapshots(em, now, [studentNo]);
    await execute(em, PUBLISH_MOVED, [studentNo, now, duplicateNo]);
    await sendNotices(em, now, [
      {
        studentNo,
        kind: 'MERGED',
        subgraph: 'archive',
        type: 'StudentMerge',
        id,
        office: STUDENT_AFFAIRS,
        groups: ['IDENTITY'],
      },
    ]);
  });
}
