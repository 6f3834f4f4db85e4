import { batchPlansOf } from './batch.plan.js';
import { deferralPlan } from './deferral.plan.js';
import { proveMutations } from './matrix.js';

proveMutations('finance', [deferralPlan, ...batchPlansOf('finance')]);
