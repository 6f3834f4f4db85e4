/** The matters of offices that a student's records make, as SQL over his number (notes 10, 12). */
import { listed } from '../row-groups/row-groups.js';
import { ACTIVE_STATES, ConductState, PENDING_STATES } from '../rules/conduct-state.js';

const KNOWN = listed([...PENDING_STATES, ...ACTIVE_STATES]);
const FROM_FOUND = listed([ConductState.FOUND, ...ACTIVE_STATES]);

/** A research case. */
export const inResearchCase = (studentNo: string): string =>
  `exists (select from conduct_record m where m.student_no = ${studentNo}
     and m.source_typename = 'MisconductCase' and m.state in (${FROM_FOUND}))`;

/** A record of dimension D6. */
export const inEmploymentRecord = (studentNo: string): string =>
  `exists (select from conduct_record m where m.student_no = ${studentNo}
     and m.indicator_code like 'D6-%' and m.state in (${KNOWN}))`;
