import type { Records } from '@chengxin/kit/feed/topic';

/**
 * SQL: numbers that a student had before, by which other offices move their rows to the one that holds
 * (F-07). A number under which there is a student still is not among them.
 *
 * @param since  SQL: an instant from which on alone a number matters, since nothing stood under it before.
 */
const formerNos = (studentNo: string, since = "'-infinity'"): string => `(
  select jsonb_agg(f.old_no order by f.at, f.old_no) from student_alias f
  where f.student_no = ${studentNo} and f.at >= ${since}
    and not exists (select from student s where s.student_no = f.old_no))`;

/** What the archive publishes of a student: for filter and sort, never for a decision. */
export const ROSTER: Records = {
  prefix: '',
  from: 'student',
  id: 'student_no',
  idType: 'text',
  version: 'version',
  payload: `jsonb_build_object('name', name, 'college', college, 'classCode', class_code,
    'status', enrolment_status, 'formerNos', ${formerNos('student.student_no')})`,
};
/**
 * And of a number that a student had before: whose it is now. Were it gone, the offices would erase him,
 * whose rows they may not have moved yet (F-07, 3.6).
 */
export const FORMER_NUMBERS: Records = {
  prefix: '',
  from: 'student_alias',
  where: 'not exists (select from student s where s.student_no = old_no)',
  id: 'old_no',
  idType: 'text',
  version: '1',
  payload: `jsonb_build_object('movedTo', student_no)`,
};
export const ROSTER_EVENT = `
  insert into outbox (topic, key, version, at)
  select 'roster', student_no, version, ? from changed`;
/** The same of one student who was changed by himself. */
export const ROSTER_EVENT_OF_ONE = `
  with changed as (select student_no, version from student where student_no = ?) ${ROSTER_EVENT}`;

/** What the archive publishes to the third-party office of a consent, once it is given. */
export const CONSENTS: Records = {
  prefix: '',
  from: 'consent',
  where: 'granted_at is not null',
  id: 'consent_id',
  idType: 'text',
  version: 'version',
  payload: `jsonb_build_object('studentNo', student_no, 'purpose', purpose,
    'recipientUscc', recipient_uscc, 'grantedAt', granted_at, 'expiresAt', expires_at,
    'withdrawnAt', withdrawn_at, 'fieldGroups', field_groups,
    'formerNos', ${formerNos('consent.student_no', 'consent.granted_at')})`,
};
export const CONSENT_EVENT = `
  insert into outbox (topic, key, version, at)
  select 'consent', consent_id, version, ? from changed`;
