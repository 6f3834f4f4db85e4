import { eraseOldFacts } from '@chengxin/kit/change/old-facts';

/** Exam violations and misconduct cases on which nothing is to be decided any more (INV-11). */
export const eraseOldConduct = eraseOldFacts([
  {
    type: 'ExamViolation',
    table: 'exam_violation',
    action: 'examViolation.erase',
    endedOn: 'occurred_on',
    settled: `state not in ('PROPOSED', 'NOTIFIED')`,
  },
  {
    type: 'MisconductCase',
    table: 'misconduct_case',
    action: 'misconduct.erase',
    endedOn: 'occurred_on',
    settled: `stage in ('NOT_FOUND', 'FINAL')`,
  },
]);
