/** The number of a student changes (F-07, docs/decisions/0059): his rows move, logs stay as written. */
import type { Keyring } from '@chengxin/kit/call/keyring';
import type { Act } from '@chengxin/kit/change/act';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { sendNotices } from '../notify/send-notices.js';
import { openIdNumber, sealIdNumber } from '../student/id-number.js';
import { AliasKind } from '../student/student-alias.entity.js';
import { student } from '../student/student.noun.js';
import type { StudentRenumbering } from './student-renumbering.entity.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';

const TAKEN = `
  select exists (select from student s where s.student_no = n.number)
    or exists (select from student_alias a where a.old_no = n.number)
    or exists (select from former_number f where f.old_no = n.number) as "isTaken"
  from (select ?::text) as n (number)`;

/** Whether a number is or was that of a student. */
export async function isNumberTaken(em: EntityManager, number: string): Promise<boolean> {
  const [row] = await execute<{ isTaken: boolean }>(em, TAKEN, [number]);
  return row?.isTaken ?? true;
}

const MOVE = 'select renumber_in_archive(?, ?)';
const ALIAS = `
  insert into student_alias (old_no, student_no, kind, at) values (?, ?, '${AliasKind.RENUMBERED}', ?)`;

/**
 * What other offices follow by: the student under both numbers, the old one of which says whose it is,
 * and what is published under his number or names it. Takes his number, the instant, the old number.
 */
export const PUBLISH_MOVED = `
  with changed as (select student_no, version from student where student_no = ?)
  insert into outbox (topic, key, version, at)
  select e.topic, e.key, e.version, ? from changed c cross join lateral (
    select 'roster' as topic, n.number as key, c.version
    from unnest(array[?::text, c.student_no]) as n (number)
    union all
    select 'consent', k.consent_id, k.version from consent k
    where k.student_no = c.student_no and k.granted_at is not null
    union all
    select 'excuse', x.student_no || ':' || x.academic_year, x.version from excuse_told x
    where x.student_no = c.student_no
  ) e`;

/**
 * Move a student to his new number. The ID number is sealed under the number of its student, so it is
 * sealed anew.
 *
 * @throws A broken constraint, where somebody has the new number meanwhile.
 */
export async function renumberStudentRows(
  { id, oldNo, newNo }: StudentRenumbering,
  { also, follow }: Act,
  { dataKey }: Keyring,
): Promise<void> {
  await follow((em) => execute(em, MOVE, [oldNo, newNo]));
  await also(student, newNo, ({ sealedIdNumber }) => ({
    sealedIdNumber: sealIdNumber(dataKey, newNo, openIdNumber(dataKey, oldNo, sealedIdNumber)),
  }));
  await follow(async (em, now) => {
    await execute(em, ALIAS, [oldNo, newNo, now]);
    await execute(em, PUBLISH_MOVED, [newNo, now, oldNo]);
    await sendNotices(em, now, [
      {
        studentNo: newNo,
        kind: 'RENUMBERED',
        subgraph: 'archive',
        type: 'StudentRenumbering',
        id,
        office: STUDENT_AFFAIRS,
        groups: ['IDENTITY'],
      },
    ]);
  });
}
