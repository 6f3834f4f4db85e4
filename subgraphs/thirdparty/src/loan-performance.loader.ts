import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { inForce } from './consent.rules.js';
import { LoanPerformance } from './loan-performance.entity.js';
import { ownProvider } from './own-provider.js';

/** How months of repayment are read by everybody: under a consent in force now, and in no other way. */
export const loanPerformanceRows: StudentRows<LoanPerformance> = {
  entity: LoanPerformance,
  group: 'LOAN_PERFORMANCE',
  where: ({ now }) => ({ consent: inForce(now) }),
  predicates: { OWN_PROVIDER: ownProvider },
  orderBy: { month: 'desc', id: 'asc' },
};

/** Months of repayment of a student, the latest first. */
export const loanPerformanceOf = studentRows(loanPerformanceRows);
