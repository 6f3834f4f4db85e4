import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { LawViolation } from './law-violation.entity.js';
import { lawViolationRows } from './law-violation.loader.js';

/** A violation of law or rules that the school lawfully holds (G6.1, T-03). */
export const lawViolation = noun<LawViolation>({
  name: 'LawViolation',
  entity: LawViolation,
  machine: 'ConductRecord',
  actions: ['lawViolation'],
  rows: lawViolationRows,
  constraints: {
    law_violation_number: {
      code: ChangeErrorCode.VALIDATION,
      what: '该案件编号已被使用。 The number is used.',
      path: ['caseNo'],
    },
    law_violation_severity: {
      code: ChangeErrorCode.VALIDATION,
      what: '指标或严重程度不符。 No indicator of this office, or a severity outside its range.',
      path: ['severity'],
    },
    law_violation_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
