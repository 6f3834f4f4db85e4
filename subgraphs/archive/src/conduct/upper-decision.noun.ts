import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { UpperDecision } from './upper-decision.entity.js';

/** A decision of a higher body, or a court, about a record (T-06). */
export const upperDecision = noun<UpperDecision>({
  name: 'UpperDecision',
  entity: UpperDecision,
  machine: 'UpperDecision',
  rows: { group: 'SANCTION_FILES', predicates: {} },
  lockFirst: lockStudent,
  constraints: {
    upper_decision_once: {
      code: ChangeErrorCode.VALIDATION,
      what: '该文号已登记。 This document is recorded already.',
      path: ['docNo'],
    },
  },
});
