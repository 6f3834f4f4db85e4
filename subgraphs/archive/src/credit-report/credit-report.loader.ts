import { studentRows, type RowAccess, type StudentRows } from '@chengxin/kit/read/rows';
import { CreditReport } from './credit-report.entity.js';

const NONE = { id: { $in: [] } };

/** That a report exists says that its student applies somewhere: the office that issues it knows. */
const toIssuer = ({ identity }: RowAccess) => (identity.role === 'SCHOOL_ADMIN' ? {} : NONE);

/** Reports of a student, the latest first: to himself, and to Student Affairs, who may revoke one. */
export const creditReportRows: StudentRows<CreditReport> = {
  entity: CreditReport,
  group: 'CREDIT_GRADE',
  predicates: {
    SCHOOL_VIEW: () => ({}),
    NO_CLOSED_LINE: () => ({}),
    LOCKED_RUN: () => NONE,
  },
  where: (_, access) => (access.identity.role === 'STU_SELF' ? {} : toIssuer(access)),
  orderBy: { issuedAt: 'desc', id: 'asc' },
};
export const creditReportsOf = studentRows(creditReportRows);
