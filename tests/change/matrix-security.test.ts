import { batchPlansOf } from './batch.plan.js';
import { lawViolationPlan } from './law-violation.plan.js';
import { proveMutations } from './matrix.js';

proveMutations('security', [lawViolationPlan, ...batchPlansOf('security')]);
