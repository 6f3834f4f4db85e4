import { studentRows } from '@chengxin/kit/read/rows';
import { LoanRecord } from './loan-record.entity.js';

/** Loans of a student, the latest first. */
export const loanRecordsOf = studentRows<LoanRecord>({
  entity: LoanRecord,
  group: 'LOANS_AND_AID',
  predicates: {
    OWN_PROVIDER: ({ identity }) => ({ bankUscc: { $in: [...identity.orgs] } }),
  },
  orderBy: { year: 'desc', id: 'asc' },
});
