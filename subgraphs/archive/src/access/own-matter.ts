/**
 * Whether a student stands in a matter of an office (notes 8, 10, 12), as SQL over his number:
 * evaluated for one student by the decision, for all by a list. A record that is over puts nobody
 * in a matter.
 */
import type { Role } from '@chengxin/kit/privacy/roles';
import { inEmploymentRecord, inResearchCase } from '../conduct/conduct.matter.js';
import { promisedTo } from '../life-cycle/commitment.matter.js';
import { inApprovedSubmission, inNotifiedSubmission } from '../procedure/submission.matter.js';

/** A condition on the student whose number stands in a column. */
export type StudentCondition = (studentNo: string) => string;

const either =
  (...conditions: readonly StudentCondition[]): StudentCondition =>
  (no) =>
    `(${conditions.map((condition) => condition(no)).join(' or ')})`;

/** Employment: ADMISSION commitments and dimension D6 (note 10). */
export const inEmploymentMatter = either(promisedTo('AEO'), inEmploymentRecord);
/** Research: research cases, and the promises that its projects require (note 12). */
export const inResearchMatter = either(promisedTo('RDO'), inResearchCase);
/** Discipline: submissions to the province, and research cases (note 12). */
export const inDisciplineMatter = either(inNotifiedSubmission, inResearchCase);
/** The province's connector: the person of an approved submission (note 8). */
export { inApprovedSubmission };

/** Of the roles whose students are those in a matter: the condition, and its name on `Student`. */
export const MATTERS: Partial<Record<Role, { condition: StudentCondition; property: string }>> = {
  AEO_STAFF: { condition: inEmploymentMatter, property: 'inEmploymentMatter' },
  RDO_STAFF: { condition: inResearchMatter, property: 'inResearchMatter' },
  DIS_OFFICER: { condition: inDisciplineMatter, property: 'inDisciplineMatter' },
  PROV_CONN: { condition: inApprovedSubmission, property: 'inApprovedSubmission' },
};
