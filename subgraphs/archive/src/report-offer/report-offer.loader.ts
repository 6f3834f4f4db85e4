/** Who graduates on a day, as academic affairs has published it (G10.1). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { sendNotices } from '../notify/send-notices.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import type { Graduating } from './report-offer.rules.js';

/** Whose archive there is: a voided one has nothing to report, of a destroyed one nothing is left. */
const LISTED = `
  select g.student_no as "studentNo" from graduation g
  join student s on s.student_no = g.student_no and (?::text is null or s.class_code = ?)
  where g.graduation_on = ? and exists (select from archive a
    where a.student_no = g.student_no and a.state not in ('IMPORTED', 'VOID', 'DESTROYED'))
  order by 1`;

/** Numbers of those who graduate, in one statement. */
export async function graduating(
  em: EntityManager,
  { graduationOn, classCode = null as never }: Graduating,
): Promise<string[]> {
  const rows = await execute<{ studentNo: string }>(em, LISTED, [
    classCode,
    classCode,
    graduationOn,
  ]);
  return rows.map(({ studentNo }) => studentNo);
}

/** Each is notified once of his day, in one statement, whatever offers name him. */
export const notifyGraduating = (
  em: EntityManager,
  now: Date,
  { graduationOn }: Graduating,
  studentNos: readonly string[],
): Promise<unknown> =>
  sendNotices(
    em,
    now,
    studentNos.map((studentNo) => ({
      studentNo,
      kind: 'REPORT_OFFER',
      subgraph: 'archive',
      type: 'ReportOffer',
      id: `${graduationOn}/${studentNo}`,
      office: STUDENT_AFFAIRS,
      groups: ['IDENTITY'],
    })),
  );
