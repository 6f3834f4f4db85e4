import type { Area } from '../area.js';
import { CreditResolver, StudentCreditResolver } from './credit.resolver.js';

export const creditArea: Area = {
  resolvers: [StudentCreditResolver, CreditResolver],
};
