import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { ExamViolation } from './exam-violation.entity.js';
import { examViolationRows } from './exam-violation.loader.js';

/** A breach of exam discipline, or cheating, as academic affairs finds it (G6.2, L-22). */
export const examViolation = noun<ExamViolation>({
  name: 'ExamViolation',
  entity: ExamViolation,
  machine: 'ConductRecord',
  actions: ['examViolation'],
  rows: examViolationRows,
  constraints: {
    exam_violation_number: {
      code: ChangeErrorCode.VALIDATION,
      what: '该违纪编号已被使用。 The number is used.',
      path: ['violationNo'],
    },
    exam_violation_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
