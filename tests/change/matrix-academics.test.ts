import { batchPlansOf } from './batch.plan.js';
import { examViolationPlan } from './exam-violation.plan.js';
import { factPlansOf } from './fact.plan.js';
import { proveMutations } from './matrix.js';
import { misconductCasePlan } from './misconduct-case.plan.js';

proveMutations('academics', [
  examViolationPlan,
  misconductCasePlan,
  ...batchPlansOf('academics'),
  ...factPlansOf('academics'),
]);
