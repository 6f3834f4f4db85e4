import { batchPlansOf } from './batch.plan.js';
import { examViolationPlan } from './exam-violation.plan.js';
import { factPlansOf } from './fact.plan.js';
import { graduationListPlan } from './graduation-list.plan.js';
import { proveMutations } from './matrix.js';
import { misconductCasePlan } from './misconduct-case.plan.js';

proveMutations('academics', [
  examViolationPlan,
  misconductCasePlan,
  graduationListPlan,
  ...batchPlansOf('academics'),
  ...factPlansOf('academics'),
]);
