import type { Area } from '../area.js';
import {
  CreditResolver,
  CreditSnapshotResolver,
  StudentCreditResolver,
} from './credit.resolver.js';

export const creditArea: Area = {
  resolvers: [StudentCreditResolver, CreditResolver, CreditSnapshotResolver],
};
