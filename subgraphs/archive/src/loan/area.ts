import type { Area } from '../area.js';
import { LoanRecord } from './loan-record.entity.js';
import { StudentLoanResolver } from './loan-record.resolver.js';

export const loanArea: Area = {
  entities: [LoanRecord],
  resolvers: [StudentLoanResolver],
};
