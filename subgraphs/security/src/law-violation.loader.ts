import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { LawViolation, LawViolationState } from './law-violation.entity.js';
import { visibleStates } from './law-violation.rules.js';

/**
 * Submissions to the province and sanction appeals are not published to this office yet: no row
 * passes.
 */
const none = () => ({ state: { $in: [] } });

/** How law violations are read by everybody, the office's own lists included. */
export const lawViolationRows: StudentRows<LawViolation> = {
  entity: LawViolation,
  group: 'LAW_VIOLATIONS',
  where: (_, access) => ({ state: { $in: visibleStates(access) } }),
  predicates: {
    NOT_SEALED: () => ({ state: { $ne: LawViolationState.SEALED } }),
    APPEALED: none,
    SUBMITTED: none,
  },
  orderBy: { actOn: 'desc', id: 'asc' },
};

/** Law violations of a student, the latest act first. */
export const lawViolationsOf = studentRows(lawViolationRows);
