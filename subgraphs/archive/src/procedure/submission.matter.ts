/** Whether a submission to the province puts a student in a matter, as SQL over his number. */
import { isBeforeNotice } from '../row-groups/before-notice.js';
import { listed } from '../row-groups/row-groups.js';
import { ACTIVE_STATES } from '../rules/conduct-state.js';

const COUNTING = listed(ACTIVE_STATES);

const inSubmission =
  (which: string) =>
  (studentNo: string): string =>
    `exists (select from submission m join conduct_record r on r.id = m.record_id
       where m.student_no = ${studentNo} and ${which} and r.state in (${COUNTING}))`;

/** From its notice on: before that a submission is Student Affairs' alone (3.7(15)). */
export const inNotifiedSubmission = inSubmission(
  `m.state <> 'WITHDRAWN' and not ${isBeforeNotice('Submission', 'm.state')}`,
);

/** Of an APPROVED submission whose record nobody disputes (note 8, 4.2). */
export const inApprovedSubmission = inSubmission(`m.state = 'APPROVED' and not r.disputed`);
