import { batchPlansOf } from './batch.plan.js';
import { factPlansOf } from './fact.plan.js';
import { deferralPlan } from './deferral.plan.js';
import { proveMutations } from './matrix.js';

proveMutations('finance', [deferralPlan, ...batchPlansOf('finance'), ...factPlansOf('finance')]);
