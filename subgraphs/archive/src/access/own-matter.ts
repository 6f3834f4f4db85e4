/**
 * Whether a student stands in a matter of an office (notes 8, 10, 12), as SQL over his number: asked
 * of one student by the decision, of all by a list. A record that is over puts nobody in a matter.
 */
import type { Role } from '@chengxin/kit/privacy/roles';
import { ACTIVE_STATES, ConductState, PENDING_STATES } from '../conduct/conduct-state.js';
import { isBeforeNotice } from './before-notice.js';

/** A condition on the student whose number stands in a column. */
export type StudentCondition = (studentNo: string) => string;

const listed = (states: readonly string[]): string => states.map((one) => `'${one}'`).join(', ');
const KNOWN = listed([...PENDING_STATES, ...ACTIVE_STATES]);
const COUNTING = listed(ACTIVE_STATES);
const FROM_FOUND = listed([ConductState.FOUND, ...ACTIVE_STATES]);

const promised =
  (office: string): StudentCondition =>
  (no) =>
    `exists (select from commitment m where m.student_no = ${no} and m.owner_office = '${office}')`;

const inResearchCase: StudentCondition = (no) =>
  `exists (select from conduct_record m where m.student_no = ${no}
     and m.source_typename = 'MisconductCase' and m.state in (${FROM_FOUND}))`;

const inSubmission =
  (which: string): StudentCondition =>
  (no) =>
    `exists (select from submission m join conduct_record r on r.id = m.record_id
       where m.student_no = ${no} and ${which} and r.state in (${COUNTING}))`;

/** Employment: ADMISSION commitments and dimension D6 (note 10). */
export const inEmploymentMatter: StudentCondition = (no) =>
  `(${promised('AEO')(no)} or exists (select from conduct_record m where m.student_no = ${no}
     and m.indicator_code like 'D6-%' and m.state in (${KNOWN})))`;

/** Research: research cases, and the promises that its projects ask for (note 12). */
export const inResearchMatter: StudentCondition = (no) =>
  `(${promised('RDO')(no)} or ${inResearchCase(no)})`;

/** From its notice on: before that a submission is Student Affairs' alone (3.7(15)). */
const IN_HAND = `m.state <> 'WITHDRAWN' and not ${isBeforeNotice('Submission', 'm.state')}`;

/** Discipline: submissions to the province, and research cases (note 12). */
export const inDisciplineMatter: StudentCondition = (no) =>
  `(${inSubmission(IN_HAND)(no)} or ${inResearchCase(no)})`;

/** The province's connector: the person of an APPROVED submission, of nothing disputed (note 8, 4.2). */
export const inApprovedSubmission: StudentCondition = inSubmission(
  `m.state = 'APPROVED' and not r.disputed`,
);

/** Of the roles whose students are those in a matter: the condition, and its name on `Student`. */
export const MATTERS: Partial<Record<Role, { condition: StudentCondition; property: string }>> = {
  AEO_STAFF: { condition: inEmploymentMatter, property: 'inEmploymentMatter' },
  RDO_STAFF: { condition: inResearchMatter, property: 'inResearchMatter' },
  DIS_OFFICER: { condition: inDisciplineMatter, property: 'inDisciplineMatter' },
  PROV_CONN: { condition: inApprovedSubmission, property: 'inApprovedSubmission' },
};
