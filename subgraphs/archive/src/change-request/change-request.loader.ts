import { studentRows, type RowAccess, type StudentRows } from '@chengxin/kit/read/rows';
import { officeOf } from '../org/own-office.js';
import { groupsOpen } from '../row-groups/row-groups.predicates.js';
import { ChangeRequest } from './change-request.entity.js';

/** `OWN_FACT`: to the caller's office. */
const toOwnOffice = ({ identity: { role } }: RowAccess) => ({ targetOffice: officeOf(role) ?? '' });

/**
 * For those who ask, the office that decides, and an audit. The student objects by an appeal of his
 * own; a college reads what the college wrote.
 */
function ofParties(access: RowAccess): object {
  const { role } = access.identity;
  if (role === 'COLLEGE_ADMIN') return { raisedByOffice: officeOf(role) };
  return role === 'SCHOOL_ADMIN' || role === 'AUDITOR' ? {} : toOwnOffice(access);
}

/** Requests for a change of an office's facts, the latest first; each takes the groups of its fact. */
export const changeRequestRows: StudentRows<ChangeRequest> = {
  entity: ChangeRequest,
  group: 'APPEALS',
  predicates: {
    TARGET_ALLOWED: groupsOpen,
    OWN_FACT: toOwnOffice,
    APPEALED: () => ({ id: null }) as never,
  },
  where: (_ctx, access) => ofParties(access),
  orderBy: { recordedAt: 'desc', id: 'asc' },
};
export const changeRequestsOf = studentRows(changeRequestRows);
