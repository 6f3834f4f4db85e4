/** What follows when a student changes college (G19.1): scope is that of his present one, history stays. */
import { invalid } from '@chengxin/kit/change/errors';
import type { Act } from '@chengxin/kit/change/act';
import { execute } from '@chengxin/kit/database/orm';
import { isWrongAlone } from '@chengxin/kit/import/stage';
import { sendNotices } from '../notify/send-notices.js';
import { orgsBelow } from '../org/orgs-below.js';
import { ROSTER_EVENT_OF_ONE } from '../student/roster.publish.js';
import { PLACE_CHECKS } from '../student/student.import.js';
import { student } from '../student/student.noun.js';
import { releaseSteps } from './release-steps.js';
import type { StudentTransfer } from './student-transfer.entity.js';
import { placeOf, type NewPlaceOf } from './student-transfer.rules.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';

/**
 * The same holds of the new place as of a row of the roll: college, class and major are there, the
 * class is one of the college, and no other college teaches the major.
 *
 * @throws VALIDATION naming what is wrong.
 */
export async function requirePlace(to: NewPlaceOf, { by, now, follow }: Act): Promise<void> {
  const place = placeOf(to);
  for (const { column, reason, wrong } of PLACE_CHECKS) {
    const check = { column, reason, wrong };
    const isWrong = await follow((em) =>
      isWrongAlone({ em, orgs: by.orgs, at: now }, place, check),
    );
    if (isWrong) throw invalid(column, `${reason.zh}。 ${reason.en}.`);
  }
}

/** Stewards of the old college keep the archive until the day of the transfer (G11). */
const END_STEWARDS = `
  update steward_assignment a set to_day = ?::date from staff f
  where a.student_no = ? and f.staff_no = a.staff_no
    and a.from_day <= ?::date and (a.to_day is null or a.to_day > ?::date)
    and f.org_code in (${orgsBelow('org_code = ?')})`;

/** The student is in his new college from now on; the offices follow, and he is notified. */
export async function followTransfer(transfer: StudentTransfer, act: Act): Promise<void> {
  const { id, studentNo, fromCollege } = transfer;
  const { also, follow, today } = act;
  await also(student, studentNo, () => placeOf(transfer));
  await releaseSteps(studentNo, act);
  await follow(async (em, now) => {
    await execute(em, END_STEWARDS, [today, studentNo, today, today, fromCollege]);
    await execute(em, ROSTER_EVENT_OF_ONE, [studentNo, now]);
    await sendNotices(em, now, [
      {
        studentNo,
        kind: 'TRANSFERRED',
        subgraph: 'archive',
        type: 'StudentTransfer',
        id,
        office: STUDENT_AFFAIRS,
        groups: ['IDENTITY'],
      },
    ]);
  });
}
